// SPDX-License-Identifier: Apache-2.0
//! Verification of Ed25519 signatures (RFC 8032, 5.1.7; FIPS 186-5, 7.7).
//!
//! All values are public, so time may depend on them, and all may come from an attacker. Only one
//! encoding of each value is accepted: coordinates are below the prime, s is below the order, and
//! the first half of a signature is compared byte by byte. Neither it nor the key may be a point of
//! small order, because with such a key one signature fits many messages. The equation is the one
//! without the cofactor, which accepts fewer signatures.
//!
//! * `point` adds points of the curve, by formulas that have no exceptions.
//! * `crate::modular` multiplies modulo either prime.

mod point;

use self::point::Point;
use crate::comparison::Comparison;
use crate::group;
use crate::modular::{self, Modulus, Words};
use crate::sha512::{self, Sha512};

/// Size of a public key in bytes: a point, its second coordinate and the sign of the first.
pub const PUBLIC_KEY_BYTES: usize = modular::NUMBER_BYTES;
/// Size of a signature in bytes: a point and a number.
pub const SIGNATURE_BYTES: usize = 2 * modular::NUMBER_BYTES;

/// The order of the base point, a prime: 2^252 + 27742317777372353535851937790883648493.
static ORDER: Modulus = Modulus {
    value: [
        0x5cf5_d3ed,
        0x5812_631a,
        0xa2f7_9cd6,
        0x14de_f9de,
        0,
        0,
        0,
        0x1000_0000,
    ],
    negated_inverse: 0x1254_7e1b,
    radix_squared: [
        0x449c_0f01,
        0xa406_11e3,
        0x6885_9347,
        0xd00e_1ba7,
        0x17f5_be65,
        0xceec_73d2,
        0x7c30_9a3d,
        0x0399_411b,
    ],
};

/// Whether this is a signature of the message under the public key.
#[inline]
#[must_use]
pub fn verify(
    public: &[u8; PUBLIC_KEY_BYTES],
    message: &[u8],
    signature: &[u8; SIGNATURE_BYTES],
) -> bool {
    open(public, message, signature).is_some_and(|comparison| comparison.holds())
}

/// Verifies a signature like [`verify`], except for the last comparison, of the point in the
/// signature. `None` when an earlier check fails.
#[inline]
#[must_use]
pub fn open(
    public: &[u8; PUBLIC_KEY_BYTES],
    message: &[u8],
    signature: &[u8; SIGNATURE_BYTES],
) -> Option<Comparison> {
    let ([r, s], _) = signature.as_chunks() else {
        return None;
    };
    let s = modular::from_little_endian(s);
    let key = Point::decode(public).filter(|key| !key.has_small_order())?;
    if !ORDER.is_reduced(&s) {
        return None;
    }
    let challenge = reduce(&Sha512::digest(&[r, public, message]));
    let point = group::combine([&Point::base(), &key.negated()], [&s, &challenge]);
    (!point.has_small_order()).then(|| Comparison {
        computed: point.encode(),
        claimed: *r,
    })
}

/// A digest as a number, modulo the order.
#[inline]
fn reduce(digest: &[u8; sha512::DIGEST_BYTES]) -> Words {
    let ([low, high], _) = digest.as_chunks() else {
        return modular::ZERO;
    };
    // To enter the Montgomery form is to multiply by 2^256, which is what the upper half needs.
    let enter = |half| ORDER.enter(&modular::from_little_endian(half));
    ORDER.sum(&ORDER.leave(&enter(low)), &enter(high))
}

#[cfg(test)]
mod tests;
