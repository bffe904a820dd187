// SPDX-License-Identifier: Apache-2.0
//! Diagnostics: lines on a console, and the record of the last fault.
//!
//! * [`console`] has lines on a console.
//! * [`fault`] has the record of a fault (kind, place, caller) in a fixed format that survives a
//!   reset, and its line of text.
//! * [`service`] is the Diagnostics partition, through which the non-secure world reads the record.
//!
//! A record contains addresses of secure code, but no data of it.
//!
//! Not here: the driver of a console and the memory for the record (a board), the fault handler
//! (`hardware/armv8m`).
#![cfg_attr(not(test), no_std)]

pub mod console;
pub mod fault;
pub mod service;

pub use console::Console;
pub use fault::FaultRecord;

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
