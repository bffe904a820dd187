// SPDX-License-Identifier: Apache-2.0
//! The boot ROM: verifies the image in the primary slot and starts it.
#![cfg_attr(target_os = "none", no_std, no_main)]
#![allow(unsafe_code)] // exports the symbols that the assembly in `armv8m` calls

#[cfg(not(target_os = "none"))]
fn main() {}
