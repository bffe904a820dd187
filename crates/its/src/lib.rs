// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage: the partition and its store on flash (PSA Secure Storage API 1.0,
//! Internal Trusted Storage API).
//!
//! * A power cut at any moment leaves the old object or the new one, whole, whatever its size, and
//!   harms no other. The start after it repairs nothing and so can be interrupted as often as one
//!   likes; `docs/its-format.md` has the format and the argument.
//! * Damage is found by checksums and costs the objects that it hits: they are answered with
//!   `PSA_ERROR_DATA_CORRUPT` until they are set or removed.
//! * Each program unit is programmed once between two erasures, and sectors are erased in turn.
//! * All data passes through one transient buffer; a caller's buffer is read in order, once.
//! * No encryption and no protection against rollback: the flash is inside the device, as Profile
//!   Small says.
//!
//! From the top down: [`Its`] is the partition, `service` takes messages apart, `store` keeps
//! objects in the `format`, `memory` is what of it is in RAM. A product states its sizes in a
//! [`Configuration`], and [`check`] proves that they fit its flash. [`host`] is what only
//! programs on a host use.
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
