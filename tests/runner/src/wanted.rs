// SPDX-License-Identifier: Apache-2.0
//! Selection of tests by a word in their names.

use crate::scenario::Scenario;

/// Which tests are wanted.
#[derive(Clone, Debug)]
pub struct Wanted(Option<String>);

impl Wanted {
    /// Those whose name contains the word; without one, all.
    pub fn new(word: Option<&str>) -> Self {
        Self(word.map(String::from))
    }

    /// Whether all tests are wanted.
    pub fn is_all(&self) -> bool {
        self.0.is_none()
    }

    /// The word, if there is one.
    pub fn word(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Whether the word begins with this one: nothing else can be wanted.
    pub fn is_within(&self, name: &str) -> bool {
        self.0.as_ref().is_some_and(|word| word.starts_with(name))
    }

    /// Whether the word is this very name.
    pub fn is_only(&self, name: &str) -> bool {
        self.0.as_deref() == Some(name)
    }

    /// Whether the test of this name is wanted.
    pub fn has(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|word| name.contains(word))
    }

    /// Those of these scenarios that are wanted.
    pub fn of(&self, mut scenarios: Vec<Scenario>) -> Vec<Scenario> {
        scenarios.retain(|scenario| self.has(&scenario.name));
        scenarios
    }
}
