// SPDX-License-Identifier: Apache-2.0
//! What the firmware says of itself: lines on a console, and the record of the last fault.
//!
//! * [`console`] is the two verbs that an image prints with.
//! * [`fault`] is the record of a fault: what, where and who, in a fixed format that outlives a
//!   reset, and its line of text.
//! * [`service`] is the Diagnostics partition, by which the non-secure world reads the record.
//!
//! A record tells the addresses of secure code and nothing that the code worked on.
#![cfg_attr(not(test), no_std)]

pub mod console;
pub mod fault;
pub mod service;

pub use console::Console;
pub use fault::FaultRecord;

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
