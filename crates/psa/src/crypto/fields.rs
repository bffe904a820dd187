// SPDX-License-Identifier: Apache-2.0
//! Which fields of the pack each function has.
//!
//! A field that a function does not have may contain any value, and the service must not read it.
//! [`Pack`](super::Pack) checks this with debug assertions: in every host test, reading or setting
//! such a field panics. Release firmware has no code for the check.

use super::Function;

/// A set of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fields(u8);

impl Fields {
    /// No field except the number of the function, which every call has.
    pub const NONE: Self = Self(0);
    /// `key_id`.
    pub const KEY: Self = Self(1);
    /// `alg`.
    pub const ALGORITHM: Self = Self(1 << 1);
    /// `op_handle`.
    pub const OPERATION: Self = Self(1 << 2);
    /// `ad_length` and `plaintext_length`.
    pub const LENGTHS: Self = Self(1 << 3);
    /// `nonce` and `nonce_length`.
    pub const NONCE: Self = Self(1 << 4);
    /// `step`.
    pub const STEP: Self = Self(1 << 5);
    /// `capacity`.
    pub const CAPACITY: Self = Self(1 << 6);
    /// `value`, at the same offset as `capacity`.
    pub const VALUE: Self = Self(1 << 7);

    /// These and others.
    #[must_use]
    pub const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether all of `others` are among these.
    #[must_use]
    pub const fn include(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }
}

const NONE: Fields = Fields::NONE;
const KEY: Fields = Fields::KEY;
const ALGORITHM: Fields = Fields::ALGORITHM;
const USE_OF_KEY: Fields = KEY.with(ALGORITHM);
const OPERATION: Fields = Fields::OPERATION;
const HASH_SETUP: Fields = ALGORITHM.with(OPERATION);
const SETUP: Fields = USE_OF_KEY.with(OPERATION);
const STEP: Fields = Fields::STEP.with(OPERATION);

/// All functions, in the order of their numbers, with their fields.
#[rustfmt::skip]
pub const FUNCTIONS: &[(Function, Fields)] = &[
    (Function::GENERATE_RANDOM, NONE),
    (Function::GET_KEY_ATTRIBUTES, KEY),
    (Function::IMPORT_KEY, NONE),
    (Function::DESTROY_KEY, KEY),
    (Function::EXPORT_KEY, KEY),
    (Function::EXPORT_PUBLIC_KEY, KEY),
    (Function::PURGE_KEY, KEY),
    (Function::COPY_KEY, KEY),
    (Function::GENERATE_KEY, NONE),
    (Function::HASH_COMPUTE, ALGORITHM),
    (Function::HASH_COMPARE, ALGORITHM),
    (Function::HASH_SETUP, HASH_SETUP),
    (Function::HASH_UPDATE, OPERATION),
    (Function::HASH_CLONE, OPERATION),
    (Function::HASH_FINISH, OPERATION),
    (Function::HASH_VERIFY, OPERATION),
    (Function::HASH_ABORT, OPERATION),
    (Function::CAN_DO_HASH, ALGORITHM),
    (Function::MAC_COMPUTE, USE_OF_KEY),
    (Function::MAC_VERIFY, USE_OF_KEY),
    (Function::MAC_SIGN_SETUP, SETUP),
    (Function::MAC_VERIFY_SETUP, SETUP),
    (Function::MAC_UPDATE, OPERATION),
    (Function::MAC_SIGN_FINISH, OPERATION),
    (Function::MAC_VERIFY_FINISH, OPERATION),
    (Function::MAC_ABORT, OPERATION),
    (Function::CIPHER_ENCRYPT, USE_OF_KEY),
    (Function::CIPHER_DECRYPT, USE_OF_KEY),
    (Function::CIPHER_ENCRYPT_SETUP, SETUP),
    (Function::CIPHER_DECRYPT_SETUP, SETUP),
    (Function::CIPHER_GENERATE_IV, OPERATION),
    (Function::CIPHER_SET_IV, OPERATION),
    (Function::CIPHER_UPDATE, OPERATION),
    (Function::CIPHER_FINISH, OPERATION),
    (Function::CIPHER_ABORT, OPERATION),
    (Function::CAN_DO_CIPHER, ALGORITHM),
    (Function::AEAD_ENCRYPT, USE_OF_KEY.with(Fields::NONCE)),
    (Function::AEAD_DECRYPT, USE_OF_KEY.with(Fields::NONCE)),
    (Function::AEAD_ENCRYPT_SETUP, SETUP),
    (Function::AEAD_DECRYPT_SETUP, SETUP),
    (Function::AEAD_GENERATE_NONCE, OPERATION),
    (Function::AEAD_SET_NONCE, OPERATION),
    (Function::AEAD_SET_LENGTHS, OPERATION.with(Fields::LENGTHS)),
    (Function::AEAD_UPDATE_AD, OPERATION),
    (Function::AEAD_UPDATE, OPERATION),
    (Function::AEAD_FINISH, OPERATION),
    (Function::AEAD_VERIFY, OPERATION),
    (Function::AEAD_ABORT, OPERATION),
    (Function::SIGN_MESSAGE, USE_OF_KEY),
    (Function::VERIFY_MESSAGE, USE_OF_KEY),
    (Function::SIGN_HASH, USE_OF_KEY),
    (Function::VERIFY_HASH, USE_OF_KEY),
    (Function::ASYMMETRIC_ENCRYPT, USE_OF_KEY),
    (Function::ASYMMETRIC_DECRYPT, USE_OF_KEY),
    (Function::RAW_KEY_AGREEMENT, USE_OF_KEY),
    (Function::KEY_DERIVATION_SETUP, HASH_SETUP),
    (Function::KEY_DERIVATION_GET_CAPACITY, OPERATION),
    (Function::KEY_DERIVATION_SET_CAPACITY, OPERATION.with(Fields::CAPACITY)),
    (Function::KEY_DERIVATION_INPUT_BYTES, STEP),
    (Function::KEY_DERIVATION_INPUT_KEY, STEP.with(KEY)),
    (Function::KEY_DERIVATION_INPUT_INTEGER, STEP.with(Fields::VALUE)),
    (Function::KEY_DERIVATION_KEY_AGREEMENT, STEP.with(KEY)),
    (Function::KEY_DERIVATION_OUTPUT_BYTES, OPERATION),
    (Function::KEY_DERIVATION_OUTPUT_KEY, OPERATION),
    (Function::KEY_DERIVATION_ABORT, OPERATION),
];

impl Function {
    /// The fields of the function; none for a function that does not exist. It searches the table:
    /// for tests and constants.
    #[must_use]
    pub const fn fields(self) -> Fields {
        let mut index = 0;
        while index < FUNCTIONS.len() {
            let (function, fields) = FUNCTIONS[index];
            if function.0 == self.0 {
                return fields;
            }
            index += 1;
        }
        Fields::NONE
    }

    /// The functions of a group that have these fields: a bit for each, by the lower byte of
    /// its number. It searches the table: for constants.
    ///
    /// # Panics
    /// If a number does not fit.
    #[must_use]
    pub const fn with_fields(group: u8, wanted: Fields) -> u32 {
        let mut functions = 0;
        let mut index = 0;
        while index < FUNCTIONS.len() {
            let (function, fields) = FUNCTIONS[index];
            if function.group() == group && fields.include(wanted) {
                assert!(function.number() < u32::BITS as u8);
                functions |= 1 << function.number();
            }
            index += 1;
        }
        functions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_has_no_function_twice() {
        assert!(FUNCTIONS.is_sorted_by(|(left, _), (right, _)| left.0 < right.0));
    }

    #[test]
    fn a_group_is_told_by_bits() {
        let keyed = |group| Function::with_fields(group, Fields::KEY);
        assert_eq!(keyed(Function::GROUP_HASH), 0);
        assert_eq!(keyed(Function::GROUP_AEAD), 0b1111);
        assert_eq!(keyed(Function::GROUP_KEY_DERIVATION), 0b1010_0001);
        assert_eq!(
            Function::with_fields(Function::GROUP_AEAD, Fields::NONE),
            0xFFF
        );
    }

    #[test]
    fn a_function_that_does_not_exist_has_no_field() {
        assert_eq!(Function(0x0201).fields(), Fields::NONE);
        assert_eq!(Function(u16::MAX).fields(), Fields::NONE);
        assert!(!Function(0x0409).fields().include(Fields::KEY));
    }
}
