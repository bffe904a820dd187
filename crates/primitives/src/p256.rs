// SPDX-License-Identifier: Apache-2.0
//! The elliptic curve P-256 (FIPS 186-5 and SP 800-186, 3.2.1.3; secp256r1 in SEC 2): key pairs,
//! ECDSA (FIPS 186-5, 6.4) and Diffie-Hellman (SP 800-56A Rev. 3, 5.7.1.2).
//!
//! * `moduli` has the field's prime and the order of the curve; `crate::modular` multiplies modulo
//!   either.
//! * `point` adds points by formulas that have no exceptions, and multiplies by scalars.
//! * `ecdsa` signs and verifies; `nonce` finds the secret number of a signature (RFC 6979).
//!
//! Instructions and addresses do not depend on secret scalars: each look-up reads the whole table,
//! and comparisons make masks. Operations on public values (verification, a point of the peer) are
//! not constant time.
//!
//! All encoded numbers are big endian. Private keys are numbers from one to the order
//! less one; public keys are uncompressed points (SEC 1, 2.3.3): 0x04, x, y.

mod ecdsa;
mod moduli;
mod nonce;
mod point;

pub use ecdsa::{open, sign, verify};
pub use nonce::Nonces;

use self::moduli::{FIELD, ORDER};
use self::point::Point;
use crate::clear;
use crate::modular::{self, Words};

/// Size of a private key, of a coordinate and of a shared secret in bytes.
pub const SCALAR_BYTES: usize = modular::NUMBER_BYTES;
/// Size of an uncompressed point in bytes.
pub const PUBLIC_KEY_BYTES: usize = 1 + 2 * SCALAR_BYTES;
/// Size of a signature in bytes: the numbers r and s.
pub const SIGNATURE_BYTES: usize = 2 * SCALAR_BYTES;

/// What an uncompressed point begins with.
const UNCOMPRESSED: u8 = 4;

/// Whether this is a private key: neither zero nor too large.
#[inline]
#[must_use]
pub fn is_private_key(key: &[u8; SCALAR_BYTES]) -> bool {
    let mut scalar = modular::from_bytes(key);
    let valid = ORDER.is_reduced(&scalar) & !modular::is_zero(&scalar);
    clear::replace(&mut scalar, [0; 8]);
    valid
}

/// Whether this is a public key: an uncompressed point that is on the curve.
#[inline]
#[must_use]
pub fn is_public_key(key: &[u8; PUBLIC_KEY_BYTES]) -> bool {
    Point::decode(key).is_some()
}

/// The public key that belongs to a private one; `None` if that is none.
#[inline]
#[must_use]
pub fn public_key(private: &[u8; SCALAR_BYTES]) -> Option<[u8; PUBLIC_KEY_BYTES]> {
    if !is_private_key(private) {
        return None;
    }
    let mut scalar = modular::from_bytes(private);
    let mut point = Point::GENERATOR.times(&scalar);
    clear::replace(&mut scalar, [0; 8]);
    let key = point.encode();
    // These coordinates depend on the way in which they were computed.
    clear::replace(&mut point, Point::NEUTRAL);
    key
}

/// The secret that two key pairs have in common: the first coordinate of the peer's public key
/// times the own private key. `None` if either is no key.
#[inline]
#[must_use]
pub fn shared_secret(
    private: &[u8; SCALAR_BYTES],
    peer: &[u8; PUBLIC_KEY_BYTES],
) -> Option<[u8; SCALAR_BYTES]> {
    if !is_private_key(private) {
        return None;
    }
    let peer = Point::decode(peer)?;
    let mut scalar = modular::from_bytes(private);
    let mut product = peer.times(&scalar);
    clear::replace(&mut scalar, [0; 8]);
    let affine = product.affine();
    clear::replace(&mut product, Point::NEUTRAL);
    affine.map(|(mut x, mut y)| {
        let secret = modular::to_bytes(&x);
        clear::replace(&mut x, [0; 8]);
        clear::replace(&mut y, [0; 8]);
        secret
    })
}

/// Increments a number that was drawn at random below the order less one, as FIPS 186-5, A.2.2
/// and `psa_key_derivation_output_key` make a private key of it; `None` if it is too large and
/// another one has to be drawn.
#[inline]
#[must_use]
pub fn private_key_from_candidate(candidate: &[u8; SCALAR_BYTES]) -> Option<[u8; SCALAR_BYTES]> {
    let mut next = modular::from_bytes(candidate);
    let overflow = modular::increment(&mut next);
    let key = modular::to_bytes(&next);
    let valid = ORDER.is_reduced(&next) & !overflow;
    clear::replace(&mut next, [0; 8]);
    valid.then_some(key)
}

/// The first coordinate of a point, modulo the order of the curve.
fn reduce_coordinate(coordinate: &Words) -> Words {
    // The prime is less than twice the order.
    ORDER.reduce_once(coordinate)
}

const _: () = assert!(FIELD.value[7] == u32::MAX && ORDER.value[7] == u32::MAX);

#[cfg(test)]
mod tests;
