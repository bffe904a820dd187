// SPDX-License-Identifier: Apache-2.0
//! What the Crypto partition stands on here: AES in assembly, and a source of entropy.

use armv8m::aes_kernel::Aes128;
use crypto::{Backend, key_material_bytes};
use primitives::hash_drbg::{Entropy, EntropyFailure};

use crate::config::crypto::{CONCURRENT_OPERATIONS, ENGINE_BUFFER_SIZE, KEY_SLOTS};

/// The board's choices for the Crypto partition.
pub struct CryptoBackend;

impl Backend for CryptoBackend {
    type Cipher = Aes128;
    type Entropy = NoEntropy;
}

/// The emulator has no source of entropy.
pub struct NoEntropy;

impl Entropy for NoEntropy {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), EntropyFailure> {
        Err(EntropyFailure)
    }
}

/// What the contexts of operations leave of the engine buffer.
pub const KEY_MATERIAL_BYTES: usize =
    key_material_bytes::<CryptoBackend>(ENGINE_BUFFER_SIZE, CONCURRENT_OPERATIONS, KEY_SLOTS);
