// SPDX-License-Identifier: Apache-2.0
//! The public key in an image: an `RSAPublicKey` (RFC 8017, A.1.1) in DER.
//!
//! DER has one encoding for each value. With the size of the modulus and the exponent fixed,
//! all but the bytes of the modulus are fixed too, so comparing them is the strictest parser.

/// Size of the modulus in bytes.
pub const MODULUS_BYTES: usize = 3072 / 8;
/// The public exponent.
pub const EXPONENT: u32 = 65537;

/// A sequence of 394 bytes; an integer of 385 bytes, whose first is the sign.
const BEFORE_MODULUS: [u8; 9] = [0x30, 0x82, 0x01, 0x8A, 0x02, 0x82, 0x01, 0x81, 0x00];
/// The integer 65537.
const AFTER_MODULUS: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

/// The modulus of an encoded key; nothing if it is not exactly such a key.
#[must_use]
pub fn modulus(encoded: &[u8]) -> Option<&[u8; MODULUS_BYTES]> {
    let modulus = encoded
        .strip_prefix(&BEFORE_MODULUS)?
        .strip_suffix(&AFTER_MODULUS)?;
    // An integer whose highest bit is clear would not have a byte for the sign.
    let is_minimal = modulus.first().is_some_and(|byte| byte & 0x80 != 0);
    modulus.try_into().ok().filter(|_| is_minimal)
}
