// SPDX-License-Identifier: Apache-2.0
//! The Crypto partition: PSA Crypto API 1.2 behind messages.
//!
//! In layers. Each may use those above it in this list:
//!
//! * `configuration`: decisions of a board and its profile, and how algorithms are left out.
//! * `algorithms`: the table of algorithms, with their keys and sizes.
//! * `random`: the generator. `operations`: the state of multipart operations; clients hold handles
//!   only.
//! * `keys`: keys and their policies.
//! * `services`: the functions of the API, one file for each group.
//! * `dispatch`: from a message to its service.
//!
//! The whole state of the partition is one value of a size fixed by configuration: contexts and key
//! material share the engine buffer ([`key_material_bytes`]).
//!
//! Not here: the algorithms themselves (`primitives`), and where buffers are or which model
//! delivers a message (`spm`).
#![no_std]

#[cfg(test)]
extern crate std;

mod algorithms;
mod configuration;
mod dispatch;
mod error;
#[cfg(test)]
mod fake;
mod keys;
mod operations;
mod partition;
mod random;
mod services;
mod vectors;

pub use configuration::{
    Configuration,
    builtin_key::BuiltinKey,
    capacity::{Capacity, Fixed},
    contexts::{AllContexts, Contexts, SmallContexts},
    presence::{Absent, Blank, Included, Presence, Present, Room},
    wanted::Wanted,
};
pub use keys::object::LEAST_KEY_OBJECT_BYTES;
pub use operations::engine_buffer::key_material_bytes;
pub use partition::Crypto;

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
