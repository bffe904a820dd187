// SPDX-License-Identifier: Apache-2.0
//! Regression tests as parts of an image. Where they are false they cost nothing.

use super::Key;
use super::key::switch;

/// The keys.
pub const KEYS: &[Key] = &[
    switch(
        "test.secure",
        "The tests of the services from the secure world, as one more partition.",
    ),
    switch(
        "test.nonsecure",
        "The tests from the non-secure world, as the application in place of the demonstration.",
    ),
];
