// SPDX-License-Identifier: Apache-2.0
//! The name of the program, for messages that tell the user what to type.

use std::sync::OnceLock;

/// What the user types outside the tree of Casemate.
const INSTALLED: &str = "cargo casemate";

static NAME: OnceLock<&str> = OnceLock::new();

/// Sets the name. Called once, at the start of a program that is not `cargo casemate`.
pub fn set_name(name: &'static str) {
    let _ = NAME.set(name); // a second call changes nothing
}

/// What the user types before a command, for example `cargo xtask`.
pub fn name() -> &'static str {
    NAME.get().copied().unwrap_or(INSTALLED)
}
