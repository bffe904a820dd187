// SPDX-License-Identifier: Apache-2.0
//! The Crypto partition: PSA Crypto API 1.2 behind messages.
//!
//! The layers, each of which uses only those above it in this list:
//!
//! * `configuration`: what a board and its profile decide, and how algorithms are left out.
//! * `algorithms`: the table of algorithms, with their types of keys and sizes.
//! * `random`: the generator. `operations`: the state of multipart operations; clients have handles
//!   only.
//! * `keys`: keys and their policies.
//! * `services`: one file or folder for each group of functions.
//! * `dispatch`: from a message to its service.
//! * `sizes`: for tools on the host, the memory that a choice of algorithms needs.
//!
//! Not here: the algorithms themselves (`primitives`), delivery of messages and access to buffers
//! (`spm`), storage (`its`, reached by calls). The state of the partition is one value whose size
//! the configuration fixes: contexts and key material share the engine buffer
//! ([`key_material_bytes`]).
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
#[cfg(not(target_os = "none"))]
pub mod sizes;
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
pub use operations::engine_buffer::{context_bytes, key_material_bytes};
pub use partition::Crypto;

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
