// SPDX-License-Identifier: Apache-2.0
//! The Crypto partition: PSA Crypto API 1.2 behind messages.
//!
//! In layers, each of which knows those above it in this list and none below:
//!
//! * `configuration`: what a board and its profile decide, and how algorithms are left out.
//! * `algorithms`: the table of algorithms, with the keys and sizes that go with them.
//! * `random`: the generator. `operations`: the state of operations of several calls; clients hold
//!   handles only.
//! * `keys`: keys, and who may use them for what.
//! * `services`: what a message asks for, a file for each group of functions.
//! * `dispatch`: from a message to the service.
//!
//! The algorithms themselves are in `primitives`. The partition knows neither who delivers its
//! messages nor where buffers lie. Its whole state is one value of a size fixed by configuration:
//! contexts and key material together fill the engine buffer ([`key_material_bytes`]).
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
