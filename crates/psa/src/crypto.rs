// SPDX-License-Identifier: Apache-2.0
//! Encoding of the calls to the Crypto service: one `psa_call` of type zero for each function
//! of PSA Crypto API 1.2, with a pack of 56 bytes as the first input vector (layout and
//! function numbers of TF-M v2.3).

/// Message type of all crypto calls (`PSA_IPC_CALL`).
pub const MESSAGE_TYPE: i16 = 0;
/// Size of the pack in bytes.
pub const PACK_BYTES: usize = 56;
/// Size in bytes of an operation handle in a vector.
pub const OPERATION_HANDLE_BYTES: usize = 4;

/// `psa_algorithm_t`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Algorithm(pub u32);

impl Algorithm {
    /// `PSA_ALG_SHA_256`.
    pub const SHA_256: Self = Self(0x0200_0009);
    const CATEGORY_MASK: u32 = 0x7F00_0000;
    const CATEGORY_HASH: u32 = 0x0200_0000;

    /// `PSA_ALG_IS_HASH`.
    #[must_use]
    pub const fn is_hash(self) -> bool {
        self.0 & Self::CATEGORY_MASK == Self::CATEGORY_HASH
    }
}

/// Number of a crypto function: group in the upper byte, function in the lower.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function(pub u16);

impl Function {
    /// `psa_hash_compute`.
    pub const HASH_COMPUTE: Self = Self(0x0300);
    /// `psa_hash_compare`.
    pub const HASH_COMPARE: Self = Self(0x0301);
    /// `psa_hash_setup`.
    pub const HASH_SETUP: Self = Self(0x0302);
    /// `psa_hash_update`.
    pub const HASH_UPDATE: Self = Self(0x0303);
    /// `psa_hash_clone`.
    pub const HASH_CLONE: Self = Self(0x0304);
    /// `psa_hash_finish`.
    pub const HASH_FINISH: Self = Self(0x0305);
    /// `psa_hash_verify`.
    pub const HASH_VERIFY: Self = Self(0x0306);
    /// `psa_hash_abort`.
    pub const HASH_ABORT: Self = Self(0x0307);
    /// `psa_can_do_hash`.
    pub const CAN_DO_HASH: Self = Self(0x0308);

    /// Group of the hash functions.
    pub const GROUP_HASH: u8 = 0x03;

    /// The group that the function belongs to.
    #[must_use]
    pub const fn group(self) -> u8 {
        (self.0 >> 8) as u8
    }
}

const ALGORITHM_OFFSET: usize = 4;
const OPERATION_HANDLE_OFFSET: usize = 8;
const FUNCTION_OFFSET: usize = 40;

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
        let mut bytes = [0; PACK_BYTES];
        let number = function.0.to_le_bytes();
        bytes[FUNCTION_OFFSET] = number[0];
        bytes[FUNCTION_OFFSET + 1] = number[1];
        Self { bytes }
    }

    /// The same pack with an algorithm.
    #[must_use]
    pub const fn with_algorithm(self, algorithm: Algorithm) -> Self {
        self.with_word::<ALGORITHM_OFFSET>(algorithm.0)
    }

    /// The same pack with the handle of an operation.
    #[must_use]
    pub const fn with_operation_handle(self, handle: u32) -> Self {
        self.with_word::<OPERATION_HANDLE_OFFSET>(handle)
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

    /// `function_id`.
    #[must_use]
    pub const fn function(&self) -> Function {
        let bytes = [self.bytes[FUNCTION_OFFSET], self.bytes[FUNCTION_OFFSET + 1]];
        Function(u16::from_le_bytes(bytes))
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

    const fn with_word<const OFFSET: usize>(mut self, word: u32) -> Self {
        let word = word.to_le_bytes();
        self.bytes[OFFSET] = word[0];
        self.bytes[OFFSET + 1] = word[1];
        self.bytes[OFFSET + 2] = word[2];
        self.bytes[OFFSET + 3] = word[3];
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_where_the_c_layout_has_them() {
        let pack = Pack::new(Function(0x0BAD))
            .with_algorithm(Algorithm(0x1122_3344))
            .with_operation_handle(0x5566_7788);
        let mut expected = [0u8; PACK_BYTES];
        expected[4..8].copy_from_slice(&[0x44, 0x33, 0x22, 0x11]);
        expected[8..12].copy_from_slice(&[0x88, 0x77, 0x66, 0x55]);
        expected[40..42].copy_from_slice(&[0xAD, 0x0B]);
        assert_eq!(pack.bytes(), &expected);

        let mut received = Pack::BLANK;
        *received.bytes_mut() = expected;
        assert_eq!(received.function(), Function(0x0BAD));
        assert_eq!(received.algorithm(), Algorithm(0x1122_3344));
        assert_eq!(received.operation_handle(), 0x5566_7788);
    }

    #[test]
    fn only_the_hash_category_is_a_hash() {
        assert!(Algorithm::SHA_256.is_hash());
        assert!(Algorithm(0x0200_00FF).is_hash());
        assert!(!Algorithm(0).is_hash());
        assert!(!Algorithm(0x0380_0009).is_hash()); // HMAC with SHA-256
        assert!(!Algorithm(0x0550_0100).is_hash()); // CCM
    }
}
