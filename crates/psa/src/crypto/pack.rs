// SPDX-License-Identifier: Apache-2.0
//! The pack: what a crypto function takes that is no buffer (layout of TF-M v2.3).
//!
//! | offset | field | offset | field |
//! |---|---|---|---|
//! | 0 | key id u32 | 20 | nonce, 16 bytes |
//! | 4 | algorithm u32 | 36 | nonce length u32 |
//! | 8 | operation handle u32 | 40 | function u16 |
//! | 12 | length of additional data u32 | 42 | step u16 |
//! | 16 | length of plaintext u32 | 48 | capacity u32 or value u64 |

use super::{Algorithm, Function, KeyId};

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

/// The parameters of one crypto call that are no buffers, as they stand in the caller's
/// memory. Fields are decoded where they are used, so that nothing is moved about.
#[repr(C, align(4))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    bytes: [u8; PACK_BYTES],
}

impl Pack {
    /// A pack to be received into by [`Pack::bytes_mut`]. It asks for a function that does not
    /// exist; besides, the compiler copies such a value in a few instructions, where it would
    /// call `memset` for zeros.
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

    /// The bytes, to be received from the first input vector.
    pub const fn bytes_mut(&mut self) -> &mut [u8; PACK_BYTES] {
        &mut self.bytes
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
        KeyId(self.word::<KEY_ID_OFFSET>())
    }

    /// `alg`.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        Algorithm(self.word::<ALGORITHM_OFFSET>())
    }

    /// `op_handle`; zero stands for no operation.
    #[must_use]
    pub const fn operation_handle(&self) -> u32 {
        self.word::<OPERATION_HANDLE_OFFSET>()
    }

    /// `ad_length`: bytes of additional data.
    #[must_use]
    pub const fn additional_bytes(&self) -> u32 {
        self.word::<ADDITIONAL_LENGTH_OFFSET>()
    }

    /// `plaintext_length` in bytes.
    #[must_use]
    pub const fn plaintext_bytes(&self) -> u32 {
        self.word::<PLAINTEXT_LENGTH_OFFSET>()
    }

    /// `nonce`, as long as `nonce_length` says; `None` if that is more than there is room for.
    #[must_use]
    pub fn nonce(&self) -> Option<&[u8]> {
        let length_bytes = self.word::<NONCE_LENGTH_OFFSET>() as usize;
        let place = self
            .bytes
            .get(NONCE_OFFSET..NONCE_OFFSET + MAXIMUM_NONCE_BYTES)?;
        place.get(..length_bytes)
    }

    /// `step` of a key derivation.
    #[must_use]
    pub const fn step(&self) -> u16 {
        self.half::<STEP_OFFSET>()
    }

    /// `capacity` of a key derivation.
    #[must_use]
    pub const fn capacity(&self) -> u32 {
        self.word::<VALUE_OFFSET>()
    }

    /// `value`: a cost or another number of a key derivation; it stands where `capacity` does.
    #[must_use]
    pub const fn value(&self) -> u64 {
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
        self.with::<KEY_ID_OFFSET, 4>(id.0.to_le_bytes())
    }

    /// The same pack with an algorithm.
    #[must_use]
    pub const fn with_algorithm(self, algorithm: Algorithm) -> Self {
        self.with::<ALGORITHM_OFFSET, 4>(algorithm.0.to_le_bytes())
    }

    /// The same pack with the handle of an operation.
    #[must_use]
    pub const fn with_operation_handle(self, handle: u32) -> Self {
        self.with::<OPERATION_HANDLE_OFFSET, 4>(handle.to_le_bytes())
    }

    /// The same pack with the lengths of additional data and plaintext.
    #[must_use]
    pub const fn with_lengths(self, additional_bytes: u32, plaintext_bytes: u32) -> Self {
        self.with::<ADDITIONAL_LENGTH_OFFSET, 4>(additional_bytes.to_le_bytes())
            .with::<PLAINTEXT_LENGTH_OFFSET, 4>(plaintext_bytes.to_le_bytes())
    }

    /// The same pack with a nonce; `None` if it is longer than [`MAXIMUM_NONCE_BYTES`].
    #[must_use]
    pub fn with_nonce(mut self, nonce: &[u8]) -> Option<Self> {
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
        self.with::<STEP_OFFSET, 2>(step.to_le_bytes())
    }

    /// The same pack with a capacity or another number of a key derivation.
    #[must_use]
    pub const fn with_value(self, value: u64) -> Self {
        self.with::<VALUE_OFFSET, 8>(value.to_le_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Pack {
        Pack::new(Function(0x2A29))
            .with_key_id(KeyId(0x0403_0201))
            .with_algorithm(Algorithm(0x0807_0605))
            .with_operation_handle(0x0C0B_0A09)
            .with_lengths(0x100F_0E0D, 0x1413_1211)
            .with_nonce(&core::array::from_fn::<_, 16, _>(|index| {
                index as u8 + 0x15
            }))
            .unwrap()
            .with_step(0x2C2B)
            .with_value(0x3837_3635_3433_3231)
    }

    #[test]
    fn fields_stand_where_the_c_layout_has_them() {
        let mut expected: [u8; PACK_BYTES] = core::array::from_fn(|index| index as u8 + 1);
        expected[36..40].copy_from_slice(&[16, 0, 0, 0]);
        expected[44..48].fill(0); // padding before the number of 64 bits
        assert_eq!(full().bytes(), &expected);
    }

    #[test]
    fn what_was_sent_is_received() {
        let mut received = Pack::BLANK;
        assert_eq!(received.function(), Function(u16::MAX));
        *received.bytes_mut() = *full().bytes();
        assert_eq!(received.function(), Function(0x2A29));
        assert_eq!(received.key_id(), KeyId(0x0403_0201));
        assert_eq!(received.algorithm(), Algorithm(0x0807_0605));
        assert_eq!(received.operation_handle(), 0x0C0B_0A09);
        assert_eq!(received.additional_bytes(), 0x100F_0E0D);
        assert_eq!(received.plaintext_bytes(), 0x1413_1211);
        assert_eq!(received.nonce().map(|nonce| nonce[0]), Some(0x15));
        assert_eq!(received.step(), 0x2C2B);
        assert_eq!(received.capacity(), 0x3433_3231);
        assert_eq!(received.value(), 0x3837_3635_3433_3231);
    }

    #[test]
    fn a_nonce_has_the_length_that_is_stated_or_none() {
        for length in 0..=16 {
            let pack = Pack::new(Function::AEAD_ENCRYPT)
                .with_nonce(&[7; 16][..length])
                .unwrap();
            assert_eq!(pack.nonce(), Some(&[7; 16][..length]));
        }
        assert_eq!(Pack::new(Function::AEAD_ENCRYPT).with_nonce(&[7; 17]), None);
        for length in [17, 0x100, u32::MAX] {
            let mut pack = Pack::BLANK;
            pack.bytes_mut()[36..40].copy_from_slice(&length.to_le_bytes());
            assert_eq!(pack.nonce(), None);
        }
    }
}
