// SPDX-License-Identifier: Apache-2.0
//! Non-secure runtime: what a small application needs around the PSA client API.
//!
//! Console, flash area, exceptions and the way out of the emulator. It names no board: addresses
//! and the console's driver come from `board.toml` (`[nonsecure.console]`, `[flash.areas]`).
//!
//! Not here: an operating system, interrupts, drivers. Products bring their own; this runtime is
//! for demonstrations and tests.
#![no_std]
#![cfg(target_arch = "arm")]

pub mod config;
pub mod console;
mod driver;
mod exceptions;
pub mod memory_map;

pub use armv8m::system::reset;
pub use armv8m::{semihosting, systick};
