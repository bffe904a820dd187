// SPDX-License-Identifier: Apache-2.0
//! The pack: the parameters of a crypto function that are not buffers (layout of TF-M v2.3).
//!
//! | offset | field | offset | field |
//! |---|---|---|---|
//! | 0 | key id u32 | 20 | nonce, 16 bytes |
//! | 4 | algorithm u32 | 36 | nonce length u32 |
//! | 8 | operation handle u32 | 40 | function u16 |
//! | 12 | length of additional data u32 | 42 | step u16 |
//! | 16 | length of plaintext u32 | 48 | capacity u32 or value u64 |
//!
//! Each function has some of the fields, by [`FUNCTIONS`](super::FUNCTIONS). Reading or setting
//! another field is a bug, and panics where debug assertions are on.

use super::{Algorithm, Fields, Function, KeyId};

/// Size of the pack in bytes.
pub const PACK_BYTES: usize = 56;
/// The longest nonce that the pack has room for, in bytes.
pub const MAXIMUM_NONCE_BYTES: usize = 16;

const KEY_ID_OFFSET: usize = 0;
const ALGORITHM_OFFSET: usize = 4;
const OPERATION_HANDLE_OFFSET: usize = 8;
const ADDITIONAL_LENGTH_OFFSET: usize = 12;
const PLAINTEXT_LENGTH_OFFSET: usize = 16;
const NONCE_OFFSET: usize = 20;
const NONCE_LENGTH_OFFSET: usize = 36;
const FUNCTION_OFFSET: usize = 40;
const STEP_OFFSET: usize = 42;
const VALUE_OFFSET: usize = 48;

/// The parameters of one crypto call that are not buffers, in their encoded form. Fields are
/// decoded where they are used, which avoids copies.
#[repr(C, align(4))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    bytes: [u8; PACK_BYTES],
}

impl Pack {
    /// A pack to receive into with [`Pack::bytes_mut`]. Its function does not exist. It is not all
    /// zero, because the compiler would call `memset` for zeros.
    pub const BLANK: Self = Self::new(Function(u16::MAX));

    /// The pack for a call of `function`.
    #[must_use]
    pub const fn new(function: Function) -> Self {
        Self {
            bytes: [0; PACK_BYTES],
        }
        .with::<FUNCTION_OFFSET, 2>(function.0.to_le_bytes())
    }

    /// The bytes for the first input vector.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; PACK_BYTES] {
        &self.bytes
    }

    /// The bytes, to fill from the first input vector.
    pub const fn bytes_mut(&mut self) -> &mut [u8; PACK_BYTES] {
        &mut self.bytes
    }

    /// Whether the function has this field; for debug assertions.
    const fn has(&self, field: Fields) -> bool {
        self.function().fields().include(field)
    }

    const fn word<const OFFSET: usize>(&self) -> u32 {
        let bytes = &self.bytes;
        u32::from_le_bytes([
            bytes[OFFSET],
            bytes[OFFSET + 1],
            bytes[OFFSET + 2],
            bytes[OFFSET + 3],
        ])
    }

    const fn half<const OFFSET: usize>(&self) -> u16 {
        u16::from_le_bytes([self.bytes[OFFSET], self.bytes[OFFSET + 1]])
    }

    const fn with<const OFFSET: usize, const BYTES: usize>(mut self, value: [u8; BYTES]) -> Self {
        let mut index = 0;
        while index < BYTES {
            self.bytes[OFFSET + index] = value[index];
            index += 1;
        }
        self
    }
}

/// What a service reads.
impl Pack {
    /// `function_id`.
    #[must_use]
    pub const fn function(&self) -> Function {
        Function(self.half::<FUNCTION_OFFSET>())
    }

    /// `key_id`.
    #[must_use]
    pub const fn key_id(&self) -> KeyId {
        debug_assert!(self.has(Fields::KEY));
        KeyId(self.word::<KEY_ID_OFFSET>())
    }

    /// `alg`.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        debug_assert!(self.has(Fields::ALGORITHM));
        Algorithm(self.word::<ALGORITHM_OFFSET>())
    }

    /// `op_handle`; zero is no operation.
    #[must_use]
    pub const fn operation_handle(&self) -> u32 {
        debug_assert!(self.has(Fields::OPERATION));
        self.word::<OPERATION_HANDLE_OFFSET>()
    }

    /// `ad_length`: bytes of additional data.
    #[must_use]
    pub const fn additional_bytes(&self) -> u32 {
        debug_assert!(self.has(Fields::LENGTHS));
        self.word::<ADDITIONAL_LENGTH_OFFSET>()
    }

    /// `plaintext_length` in bytes.
    #[must_use]
    pub const fn plaintext_bytes(&self) -> u32 {
        debug_assert!(self.has(Fields::LENGTHS));
        self.word::<PLAINTEXT_LENGTH_OFFSET>()
    }

    /// `nonce`, as long as `nonce_length` says; `None` if that is more than there is room for.
    #[must_use]
    pub fn nonce(&self) -> Option<&[u8]> {
        debug_assert!(self.has(Fields::NONCE));
        let length_bytes = self.word::<NONCE_LENGTH_OFFSET>() as usize;
        let place = self
            .bytes
            .get(NONCE_OFFSET..NONCE_OFFSET + MAXIMUM_NONCE_BYTES)?;
        place.get(..length_bytes)
    }

    /// `step` of a key derivation.
    #[must_use]
    pub const fn step(&self) -> u16 {
        debug_assert!(self.has(Fields::STEP));
        self.half::<STEP_OFFSET>()
    }

    /// `capacity` of a key derivation.
    #[must_use]
    pub const fn capacity(&self) -> u32 {
        debug_assert!(self.has(Fields::CAPACITY));
        self.word::<VALUE_OFFSET>()
    }

    /// `value`: a cost or another number of a key derivation; at the same offset as `capacity`.
    #[must_use]
    pub const fn value(&self) -> u64 {
        debug_assert!(self.has(Fields::VALUE));
        let low = self.word::<VALUE_OFFSET>() as u64;
        let high = self.word::<{ VALUE_OFFSET + 4 }>() as u64;
        high << 32 | low
    }
}

/// What a client sets.
impl Pack {
    /// The same pack with a key.
    #[must_use]
    pub const fn with_key_id(self, id: KeyId) -> Self {
        debug_assert!(self.has(Fields::KEY));
        self.with::<KEY_ID_OFFSET, 4>(id.0.to_le_bytes())
    }

    /// The same pack with an algorithm.
    #[must_use]
    pub const fn with_algorithm(self, algorithm: Algorithm) -> Self {
        debug_assert!(self.has(Fields::ALGORITHM));
        self.with::<ALGORITHM_OFFSET, 4>(algorithm.0.to_le_bytes())
    }

    /// The same pack with the handle of an operation.
    #[must_use]
    pub const fn with_operation_handle(self, handle: u32) -> Self {
        debug_assert!(self.has(Fields::OPERATION));
        self.with::<OPERATION_HANDLE_OFFSET, 4>(handle.to_le_bytes())
    }

    /// The same pack with the lengths of additional data and plaintext.
    #[must_use]
    pub const fn with_lengths(self, additional_bytes: u32, plaintext_bytes: u32) -> Self {
        debug_assert!(self.has(Fields::LENGTHS));
        self.with::<ADDITIONAL_LENGTH_OFFSET, 4>(additional_bytes.to_le_bytes())
            .with::<PLAINTEXT_LENGTH_OFFSET, 4>(plaintext_bytes.to_le_bytes())
    }

    /// The same pack with a nonce; `None` if it is longer than [`MAXIMUM_NONCE_BYTES`].
    #[must_use]
    pub fn with_nonce(mut self, nonce: &[u8]) -> Option<Self> {
        debug_assert!(self.has(Fields::NONCE));
        let place = self
            .bytes
            .get_mut(NONCE_OFFSET..NONCE_OFFSET + MAXIMUM_NONCE_BYTES)?;
        place
            .get_mut(..nonce.len())?
            .iter_mut()
            .zip(nonce)
            .for_each(|(to, from)| *to = *from);
        let length_bytes = nonce.len() as u32;
        Some(self.with::<NONCE_LENGTH_OFFSET, 4>(length_bytes.to_le_bytes()))
    }

    /// The same pack with a step of a key derivation.
    #[must_use]
    pub const fn with_step(self, step: u16) -> Self {
        debug_assert!(self.has(Fields::STEP));
        self.with::<STEP_OFFSET, 2>(step.to_le_bytes())
    }

    /// The same pack with the capacity of a key derivation.
    #[must_use]
    pub const fn with_capacity(self, capacity_bytes: u32) -> Self {
        debug_assert!(self.has(Fields::CAPACITY));
        self.with::<VALUE_OFFSET, 4>(capacity_bytes.to_le_bytes())
    }

    /// The same pack with a cost or another number of a key derivation.
    #[must_use]
    pub const fn with_value(self, value: u64) -> Self {
        debug_assert!(self.has(Fields::VALUE));
        self.with::<VALUE_OFFSET, 8>(value.to_le_bytes())
    }
}

/// What a test of a service sets.
impl Pack {
    const PLACES: [(Fields, usize, usize); 8] = [
        (Fields::KEY, KEY_ID_OFFSET, 4),
        (Fields::ALGORITHM, ALGORITHM_OFFSET, 4),
        (Fields::OPERATION, OPERATION_HANDLE_OFFSET, 4),
        (Fields::LENGTHS, ADDITIONAL_LENGTH_OFFSET, 8),
        (Fields::NONCE, NONCE_OFFSET, MAXIMUM_NONCE_BYTES + 4),
        (Fields::STEP, STEP_OFFSET, 2),
        (Fields::CAPACITY, VALUE_OFFSET, 4),
        (Fields::VALUE, VALUE_OFFSET, 8),
    ];

    /// The same call with `litter` in every field that its function does not have, like a caller
    /// that does not clear them.
    #[must_use]
    pub fn with_litter(&self, litter: u32) -> Self {
        let mut littered = Self::new(self.function());
        let places = littered.bytes.iter_mut().zip(&self.bytes).enumerate();
        for (offset, (byte, own)) in places {
            let is_own = (FUNCTION_OFFSET..FUNCTION_OFFSET + 2).contains(&offset)
                || Self::PLACES.iter().any(|(field, start, length_bytes)| {
                    self.has(*field) && (*start..start + length_bytes).contains(&offset)
                });
            *byte = if is_own {
                *own
            } else {
                (litter >> (offset % 4 * 8)) as u8
            };
        }
        littered
    }
}

#[cfg(test)]
mod tests;
