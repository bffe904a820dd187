// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage: the partition and its store on flash (PSA Secure Storage API 1.0,
//! Internal Trusted Storage API).
//!
//! * A power cut at any moment leaves the old object or the new one, whole, whatever its size, and
//!   harms no other. The next start repairs nothing, so it can be interrupted any number of times.
//!   `docs/its-format.md` describes the format and why this holds.
//! * Checksums detect damage. A damaged object is answered with `PSA_ERROR_DATA_CORRUPT` until it is
//!   set or removed; the other objects stay readable.
//! * Each program unit is programmed once between two erasures, and sectors are erased in turn
//!   (wear levelling).
//! * All data passes through one transient buffer; a caller's buffer is read in order, once.
//!
//! From the top down: [`Its`] is the partition, `service` reads and answers messages, `store` keeps
//! the objects, `format` is the layout on flash, `memory` the state in RAM. A product states its sizes
//! in a [`Configuration`]; [`check`] proves that they fit its flash. [`host`] is for programs on a
//! host only.
//!
//! Not here: the flash driver (crate `flash` has the trait, `hardware/` the drivers), encryption, and
//! protection against rollback. The flash is inside the device, as Profile Small assumes.
#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

mod configuration;
mod error;
mod fit;
mod format;
#[cfg(not(target_os = "none"))]
pub mod host;
mod memory;
mod partition;
mod service;
mod store;

pub use configuration::{Configuration, Foreign};
pub use error::Error;
pub use fit::{Misfit, capacity, check, is_supported};
pub use format::identity::Identity;
pub use memory::{
    buffer::{Buffer, TransientBuffer},
    index::{AssetTable, Assets},
};
pub use partition::Its;

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
