// SPDX-License-Identifier: Apache-2.0
//! Non-secure runtime of AN521: what a small application needs around the PSA client API.
//!
//! Console, flash area, exceptions and the way out of the emulator. Real applications bring
//! their own; this one carries the demonstration and the tests.
#![no_std]
#![cfg(target_arch = "arm")]

pub mod config;
pub mod console;
mod exceptions;
pub mod memory_map;

pub use armv8m::system::reset;
pub use armv8m::{semihosting, systick};
