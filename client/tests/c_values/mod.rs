// SPDX-License-Identifier: Apache-2.0
//! C expressions with the values of the Rust side, or of the specification for names that only C
//! has.

mod algorithms;
mod contract;
mod specification;

/// An expression of C and its value.
pub type Value = (String, i64);

/// All of them.
pub fn all() -> Vec<Value> {
    let mut values = contract::values();
    values.extend(algorithms::values());
    values.extend(specification::values());
    values
}

/// Pairs of a name and a number.
fn named(pairs: &[(&str, i64)]) -> Vec<Value> {
    pairs
        .iter()
        .map(|(name, value)| (name.to_string(), *value))
        .collect()
}
