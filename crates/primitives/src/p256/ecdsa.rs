// SPDX-License-Identifier: Apache-2.0
//! ECDSA over a digest (FIPS 186-5, 6.4). A signature is r and s, big endian, one behind the
//! other (IEEE P1363); so that both have a place, 64 bytes.

use super::moduli::ORDER;
use super::point::Point;
use super::{PUBLIC_KEY_BYTES, SCALAR_BYTES, SIGNATURE_BYTES, is_private_key, reduce_coordinate};
use crate::comparison::Comparison;
use crate::modular::{self, Words};
use crate::{clear, group};

/// Signs a digest with a private key and a secret number that was never used before
/// (`Nonces` gives such).
///
/// `None`: the key is none, or the number does not serve and the next one has to.
#[inline]
#[must_use]
pub fn sign(
    private: &[u8; SCALAR_BYTES],
    digest: &[u8],
    nonce: &[u8; SCALAR_BYTES],
) -> Option<[u8; SIGNATURE_BYTES]> {
    // That a number was out of range tells nothing about the next one.
    if !(is_private_key(private) && is_private_key(nonce)) {
        return None;
    }
    let mut nonce = modular::from_bytes(nonce);
    let mut private = modular::from_bytes(private);
    let mut point = Point::GENERATOR.times(&nonce);
    let r = point.affine().map(|(x, _)| reduce_coordinate(&x));
    let r = r.unwrap_or(modular::ZERO);
    // Of all the coordinates that it could have, these tell of the way to it.
    clear::replace(&mut point, Point::NEUTRAL);

    // What stands in Montgomery form makes a product with what does not stand in it plain.
    let mut product = ORDER.product(&ORDER.enter(&r), &private);
    let mut sum = ORDER.sum(&product, &scalar_of(digest));
    let mut inverse = ORDER.inverse(&ORDER.enter(&nonce));
    let s = ORDER.product(&inverse, &sum);
    for secret in [
        &mut nonce,
        &mut private,
        &mut product,
        &mut sum,
        &mut inverse,
    ] {
        clear::replace(secret, modular::ZERO);
    }
    if modular::is_zero(&r) || modular::is_zero(&s) {
        return None;
    }
    let mut signature = [0; SIGNATURE_BYTES];
    *signature.first_chunk_mut()? = modular::to_bytes(&r);
    *signature.last_chunk_mut()? = modular::to_bytes(&s);
    Some(signature)
}

/// Whether this is a signature of the digest under the public key.
#[inline]
#[must_use]
pub fn verify(
    public: &[u8; PUBLIC_KEY_BYTES],
    digest: &[u8],
    signature: &[u8; SIGNATURE_BYTES],
) -> bool {
    open(public, digest, signature).is_some_and(|comparison| comparison.holds())
}

/// Goes through a signature as [`verify`] does, up to the last comparison: of the first number
/// of the signature. `None` when it is none anyway.
#[inline]
#[must_use]
pub fn open(
    public: &[u8; PUBLIC_KEY_BYTES],
    digest: &[u8],
    signature: &[u8; SIGNATURE_BYTES],
) -> Option<Comparison> {
    let ([claimed, s], _) = signature.as_chunks() else {
        return None;
    };
    let point = Point::decode(public)?;
    if !(is_private_key(claimed) && is_private_key(s)) {
        return None;
    }
    let r = modular::from_bytes(claimed);
    let inverse = ORDER.inverse(&ORDER.enter(&modular::from_bytes(s)));
    let of_base = ORDER.product(&inverse, &scalar_of(digest));
    let of_key = ORDER.product(&inverse, &r);
    let sum = group::combine([&Point::GENERATOR, &point], [&of_base, &of_key]).affine();
    sum.map(|(x, _)| Comparison {
        computed: modular::to_bytes(&reduce_coordinate(&x)),
        claimed: *claimed,
    })
}

/// The number of a digest: its first 256 bits, modulo the order.
#[inline]
pub(super) fn scalar_of(digest: &[u8]) -> Words {
    let digest = digest.get(..SCALAR_BYTES).unwrap_or(digest);
    let mut bytes = [0; SCALAR_BYTES];
    let places = bytes.iter_mut().rev().zip(digest.iter().rev());
    places.for_each(|(place, byte)| *place = *byte);
    // The order is more than half of 2^256.
    ORDER.reduce_once(&modular::from_bytes(&bytes))
}
