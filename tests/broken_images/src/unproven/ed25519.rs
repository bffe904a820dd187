// SPDX-License-Identifier: Apache-2.0
//! Keys and signatures of Ed25519 that are almost right.

use anyhow::Result;
use boot::Error;
use ed25519_dalek::{Signer as _, SigningKey};

use super::{BrokenImage, KEY, SIGNATURE, digest, set, wrong_signature};
use crate::Bench;

/// The order of the base point (RFC 8032, 5.1), little endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];
/// Where the last byte of the algorithm's name stands in an encoded key, and the key itself.
const ALGORITHM: usize = 8;
const POINT: usize = 12;
/// X25519 (RFC 8410).
const X25519: u8 = 0x6E;

pub fn images(bench: &Bench<'_>, private: &SigningKey) -> Result<Vec<BrokenImage>> {
    let digest = digest(bench);
    let good = private.sign(&digest).to_bytes();
    let (point, scalar) = good.split_at(32);
    let larger = add(scalar, &ORDER);
    let of_image = private.sign(&bench.signed_part);
    let context = private.sign(&[&digest[..], b"casemate"].concat());
    let raw_key = private.verifying_key().to_bytes().to_vec();
    let changed = |place: usize, value: [u8; 32]| {
        let mut signature = good.to_vec();
        signature[place..place + 32].copy_from_slice(&value);
        set(SIGNATURE, signature)
    };
    let mut one = [0; 32];
    one[0] = 1;
    [
        bench.prove("key: not in DER", Error::KeyMalformed, set(KEY, raw_key)),
        bench.prove("key: of X25519", Error::KeyMalformed, |entries| {
            entries[KEY].1[ALGORITHM] = X25519;
        }),
        bench.prove("key: the neutral point", Error::WrongKey, |entries| {
            entries[KEY].1[POINT..].copy_from_slice(&one);
        }),
        bench.prove("key: last bit changed", Error::WrongKey, |entries| {
            *entries[KEY].1.last_mut().unwrap() ^= 1;
        }),
        wrong_signature(
            bench,
            "signature: its number larger by the order",
            changed(32, larger),
        ),
        wrong_signature(bench, "signature: its number 0", changed(32, [0; 32])),
        wrong_signature(bench, "signature: its number the order", changed(32, ORDER)),
        wrong_signature(
            bench,
            "signature: its number the greatest",
            changed(32, [0xFF; 32]),
        ),
        wrong_signature(bench, "signature: its point neutral", changed(0, one)),
        wrong_signature(
            bench,
            "signature: its point not on the curve",
            changed(0, [2; 32]),
        ),
        wrong_signature(
            bench,
            "signature: halves swapped",
            set(SIGNATURE, [scalar, point].concat()),
        ),
        wrong_signature(
            bench,
            "signature: over the image instead of its hash",
            set(SIGNATURE, of_image.to_vec()),
        ),
        wrong_signature(
            bench,
            "signature: over more than the hash",
            set(SIGNATURE, context.to_vec()),
        ),
    ]
    .into_iter()
    .collect()
}

/// The sum of two little endian numbers, which fits.
fn add(left: &[u8], right: &[u8; 32]) -> [u8; 32] {
    let mut sum = [0; 32];
    let mut carry = 0;
    for ((sum, left), right) in sum.iter_mut().zip(left).zip(right) {
        let whole = u16::from(*left) + u16::from(*right) + carry;
        *sum = whole as u8;
        carry = whole >> 8;
    }
    sum
}
