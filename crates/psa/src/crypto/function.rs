// SPDX-License-Identifier: Apache-2.0
//! Numbers of the crypto functions, with the vectors that each has after the pack.
//!
//! An optional vector is absent when the caller passes no pointer.

/// Number of a crypto function: group in the upper byte, function in the lower.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function(pub u16);

/// Random numbers and keys.
impl Function {
    /// `psa_generate_random`: out output.
    pub const GENERATE_RANDOM: Self = Self(0x0100);
    /// `psa_get_key_attributes`: out attributes.
    pub const GET_KEY_ATTRIBUTES: Self = Self(0x0200);
    /// `psa_import_key`: in attributes, data; out key.
    pub const IMPORT_KEY: Self = Self(0x0203);
    /// `psa_destroy_key`.
    pub const DESTROY_KEY: Self = Self(0x0204);
    /// `psa_export_key`: out data.
    pub const EXPORT_KEY: Self = Self(0x0205);
    /// `psa_export_public_key`: out data.
    pub const EXPORT_PUBLIC_KEY: Self = Self(0x0206);
    /// `psa_purge_key`.
    pub const PURGE_KEY: Self = Self(0x0207);
    /// `psa_copy_key`: in attributes; out key.
    pub const COPY_KEY: Self = Self(0x0208);
    /// `psa_generate_key`: in attributes; out key.
    pub const GENERATE_KEY: Self = Self(0x0209);
}

/// Hashes.
impl Function {
    /// `psa_hash_compute`: in input; out hash.
    pub const HASH_COMPUTE: Self = Self(0x0300);
    /// `psa_hash_compare`: in input, hash.
    pub const HASH_COMPARE: Self = Self(0x0301);
    /// `psa_hash_setup`: out handle.
    pub const HASH_SETUP: Self = Self(0x0302);
    /// `psa_hash_update`: in input.
    pub const HASH_UPDATE: Self = Self(0x0303);
    /// `psa_hash_clone`: in handle of the target; out the same.
    pub const HASH_CLONE: Self = Self(0x0304);
    /// `psa_hash_finish`: out handle, hash.
    pub const HASH_FINISH: Self = Self(0x0305);
    /// `psa_hash_verify`: in hash; out handle.
    pub const HASH_VERIFY: Self = Self(0x0306);
    /// `psa_hash_abort`: out handle.
    pub const HASH_ABORT: Self = Self(0x0307);
    /// `psa_can_do_hash`: out answer.
    pub const CAN_DO_HASH: Self = Self(0x0308);
}

/// Message authentication codes.
impl Function {
    /// `psa_mac_compute`: in input; out MAC.
    pub const MAC_COMPUTE: Self = Self(0x0400);
    /// `psa_mac_verify`: in input, MAC.
    pub const MAC_VERIFY: Self = Self(0x0401);
    /// `psa_mac_sign_setup`: out handle.
    pub const MAC_SIGN_SETUP: Self = Self(0x0402);
    /// `psa_mac_verify_setup`: out handle.
    pub const MAC_VERIFY_SETUP: Self = Self(0x0403);
    /// `psa_mac_update`: in input.
    pub const MAC_UPDATE: Self = Self(0x0404);
    /// `psa_mac_sign_finish`: out handle, MAC.
    pub const MAC_SIGN_FINISH: Self = Self(0x0405);
    /// `psa_mac_verify_finish`: in MAC; out handle.
    pub const MAC_VERIFY_FINISH: Self = Self(0x0406);
    /// `psa_mac_abort`: out handle.
    pub const MAC_ABORT: Self = Self(0x0407);
}

/// Encryption without authentication.
impl Function {
    /// `psa_cipher_encrypt`: in input; out output.
    pub const CIPHER_ENCRYPT: Self = Self(0x0500);
    /// `psa_cipher_decrypt`: in input; out output.
    pub const CIPHER_DECRYPT: Self = Self(0x0501);
    /// `psa_cipher_encrypt_setup`: out handle.
    pub const CIPHER_ENCRYPT_SETUP: Self = Self(0x0502);
    /// `psa_cipher_decrypt_setup`: out handle.
    pub const CIPHER_DECRYPT_SETUP: Self = Self(0x0503);
    /// `psa_cipher_generate_iv`: out initialisation vector.
    pub const CIPHER_GENERATE_IV: Self = Self(0x0504);
    /// `psa_cipher_set_iv`: in initialisation vector.
    pub const CIPHER_SET_IV: Self = Self(0x0505);
    /// `psa_cipher_update`: in input; out output.
    pub const CIPHER_UPDATE: Self = Self(0x0506);
    /// `psa_cipher_finish`: out handle, output.
    pub const CIPHER_FINISH: Self = Self(0x0507);
    /// `psa_cipher_abort`: out handle.
    pub const CIPHER_ABORT: Self = Self(0x0508);
    /// `psa_can_do_cipher`: in key type; out answer.
    pub const CAN_DO_CIPHER: Self = Self(0x0509);
}

/// Authenticated encryption with associated data.
impl Function {
    /// `psa_aead_encrypt`: in plaintext, additional data (optional); out ciphertext.
    pub const AEAD_ENCRYPT: Self = Self(0x0600);
    /// `psa_aead_decrypt`: in ciphertext, additional data (optional); out plaintext.
    pub const AEAD_DECRYPT: Self = Self(0x0601);
    /// `psa_aead_encrypt_setup`: out handle.
    pub const AEAD_ENCRYPT_SETUP: Self = Self(0x0602);
    /// `psa_aead_decrypt_setup`: out handle.
    pub const AEAD_DECRYPT_SETUP: Self = Self(0x0603);
    /// `psa_aead_generate_nonce`: out nonce.
    pub const AEAD_GENERATE_NONCE: Self = Self(0x0604);
    /// `psa_aead_set_nonce`: in nonce.
    pub const AEAD_SET_NONCE: Self = Self(0x0605);
    /// `psa_aead_set_lengths`.
    pub const AEAD_SET_LENGTHS: Self = Self(0x0606);
    /// `psa_aead_update_ad`: in additional data (optional).
    pub const AEAD_UPDATE_AD: Self = Self(0x0607);
    /// `psa_aead_update`: in input (optional); out output.
    pub const AEAD_UPDATE: Self = Self(0x0608);
    /// `psa_aead_finish`: out handle, tag, ciphertext (optional).
    pub const AEAD_FINISH: Self = Self(0x0609);
    /// `psa_aead_verify`: in tag; out handle, plaintext (optional).
    pub const AEAD_VERIFY: Self = Self(0x060A);
    /// `psa_aead_abort`: out handle.
    pub const AEAD_ABORT: Self = Self(0x060B);
}

/// Signatures.
impl Function {
    /// `psa_sign_message`: in input; out signature.
    pub const SIGN_MESSAGE: Self = Self(0x0700);
    /// `psa_verify_message`: in input, signature.
    pub const VERIFY_MESSAGE: Self = Self(0x0701);
    /// `psa_sign_hash`: in hash; out signature.
    pub const SIGN_HASH: Self = Self(0x0702);
    /// `psa_verify_hash`: in hash, signature.
    pub const VERIFY_HASH: Self = Self(0x0703);
}

/// Encryption with public keys, which the service does not support.
impl Function {
    /// `psa_asymmetric_encrypt`: in input, salt (optional); out output.
    pub const ASYMMETRIC_ENCRYPT: Self = Self(0x0800);
    /// `psa_asymmetric_decrypt`: in input, salt (optional); out output.
    pub const ASYMMETRIC_DECRYPT: Self = Self(0x0801);
}

/// Key agreement and key derivation.
impl Function {
    /// `psa_raw_key_agreement`: in peer's key; out shared secret.
    pub const RAW_KEY_AGREEMENT: Self = Self(0x0900);
    /// `psa_key_derivation_setup`: out handle.
    pub const KEY_DERIVATION_SETUP: Self = Self(0x0901);
    /// `psa_key_derivation_get_capacity`: out capacity.
    pub const KEY_DERIVATION_GET_CAPACITY: Self = Self(0x0902);
    /// `psa_key_derivation_set_capacity`.
    pub const KEY_DERIVATION_SET_CAPACITY: Self = Self(0x0903);
    /// `psa_key_derivation_input_bytes`: in data.
    pub const KEY_DERIVATION_INPUT_BYTES: Self = Self(0x0904);
    /// `psa_key_derivation_input_key`.
    pub const KEY_DERIVATION_INPUT_KEY: Self = Self(0x0905);
    /// `psa_key_derivation_input_integer`.
    pub const KEY_DERIVATION_INPUT_INTEGER: Self = Self(0x0906);
    /// `psa_key_derivation_key_agreement`: in peer's key.
    pub const KEY_DERIVATION_KEY_AGREEMENT: Self = Self(0x0907);
    /// `psa_key_derivation_output_bytes`: out output.
    pub const KEY_DERIVATION_OUTPUT_BYTES: Self = Self(0x0908);
    /// `psa_key_derivation_output_key`: in attributes; out key.
    pub const KEY_DERIVATION_OUTPUT_KEY: Self = Self(0x0909);
    /// `psa_key_derivation_abort`: out handle.
    pub const KEY_DERIVATION_ABORT: Self = Self(0x090A);
}

/// Groups.
impl Function {
    /// Group of `psa_generate_random`.
    pub const GROUP_RANDOM: u8 = 0x01;
    /// Group of the functions on keys.
    pub const GROUP_KEYS: u8 = 0x02;
    /// Group of the hash functions.
    pub const GROUP_HASH: u8 = 0x03;
    /// Group of the functions for message authentication codes.
    pub const GROUP_MAC: u8 = 0x04;
    /// Group of the functions for encryption without authentication.
    pub const GROUP_CIPHER: u8 = 0x05;
    /// Group of the functions for authenticated encryption.
    pub const GROUP_AEAD: u8 = 0x06;
    /// Group of the functions for signatures.
    pub const GROUP_SIGNATURE: u8 = 0x07;
    /// Group of key agreement and key derivation.
    pub const GROUP_KEY_DERIVATION: u8 = 0x09;

    /// The group that the function belongs to.
    #[must_use]
    pub const fn group(self) -> u8 {
        (self.0 >> 8) as u8
    }

    /// The number of the function in its group.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0 as u8
    }
}
