// SPDX-License-Identifier: Apache-2.0
//! What is wrong with a configuration: all of it at once, one line for each mistake.

use std::fmt;

/// The mistakes that were found, each a line that names file and key.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<String>);

impl Problems {
    /// One mistake.
    pub fn one(text: impl Into<String>) -> Self {
        Self(vec![text.into()])
    }

    /// Adds a mistake.
    pub fn add(&mut self, text: impl Into<String>) {
        self.0.push(text.into());
    }

    /// Adds the mistakes of another.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The value of a step, or `None` and the mistakes that it found.
    pub fn of<T>(&mut self, step: Result<T, Self>) -> Option<T> {
        step.map_err(|found| self.append(found)).ok()
    }

    /// The value, unless something is wrong.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Problems {}
