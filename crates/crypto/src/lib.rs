// SPDX-License-Identifier: Apache-2.0
//! The Crypto partition: PSA Crypto API 1.2 behind messages.
//!
//! * `dispatch` receives the pack of a call and picks the function.
//! * `alloc` keeps the contexts of multipart operations; clients hold handles only.
//! * `keys` keeps keys and says who may use them for what.
//! * One module for each service works on messages, never on memory: `hash`, `mac`,
//!   `cipher`, `aead`, `signature`, `agreement`, `derivation`, `random`, and `keys` itself.
//! * [`Backend`] is what a board may replace: the cipher and the source of entropy. `choice` is
//!   how a profile leaves algorithms out, and tells how to add one.
//!
//! The partition knows neither who delivers its messages nor where buffers lie. Its whole
//! state is one value of a size fixed by configuration: contexts and key material together
//! fill the engine buffer ([`key_material_bytes`]).
#![no_std]

#[cfg(test)]
extern crate std;

mod aead;
mod agreement;
mod alloc;
mod backend;
mod block_cipher;
mod choice;
mod cipher;
mod code;
mod derivation;
mod dispatch;
mod engine_buffer;
mod error;
#[cfg(test)]
mod fake;
mod hash;
mod keys;
mod mac;
mod random;
mod signature;
mod vectors;

/// What [`select!`] chooses from.
#[doc(hidden)]
pub mod hashes {
    pub use primitives::hash::Sha2;
    pub use primitives::sha256::Sha256;
    pub use primitives::sha512::{NoWide, Sha512};
}

pub use backend::{Backend, Wanted};
pub use choice::{Absent, Blank, Choice, Chosen, Present, Room, Selection};
pub use engine_buffer::key_material_bytes;
pub use keys::{BuiltinKey, LEAST_KEY_OBJECT_BYTES};
use psa::{Framework, Message, Partition, Status};

/// The Crypto partition with room for `OPERATIONS` multipart operations and `KEYS` keys at a
/// time, of all clients together; the material of all keys has `KEY_MATERIAL_BYTES`.
pub struct Crypto<
    B: Backend,
    const OPERATIONS: usize,
    const KEYS: usize,
    const KEY_MATERIAL_BYTES: usize,
> {
    operations: alloc::Operations<B, OPERATIONS>,
    keys: keys::Store<B, KEYS, KEY_MATERIAL_BYTES>,
    random: random::Random<B>,
}

impl<B: Backend, const OPERATIONS: usize, const KEYS: usize, const KEY_MATERIAL_BYTES: usize>
    Crypto<B, OPERATIONS, KEYS, KEY_MATERIAL_BYTES>
{
    /// The partition with no key and no operation. The source of entropy is asked when the
    /// first random byte is.
    #[must_use]
    pub const fn new(entropy: B::Entropy) -> Self {
        Self {
            operations: alloc::Operations::new(),
            keys: keys::Store::new(),
            random: random::Random::new(entropy),
        }
    }
}

impl<B: Backend, const OPERATIONS: usize, const KEYS: usize, const KEY_MATERIAL_BYTES: usize>
    Partition for Crypto<B, OPERATIONS, KEYS, KEY_MATERIAL_BYTES>
{
    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
        match self.dispatch(message, framework) {
            Ok(()) => Status::SUCCESS,
            Err(error) => error.into(),
        }
    }
}

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
