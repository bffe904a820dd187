// SPDX-License-Identifier: Apache-2.0
//! Keys and signatures of ECDSA on P-256 that are almost right.
//!
//! DER has one encoding for each number, and boot ROMs accept no other. A signature whose second
//! number is negated is as good as the first: `imgtool` makes both, and both are accepted.

use anyhow::Result;
use boot::Error;
use p256::SecretKey;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::elliptic_curve::sec1::ToSec1Point as _;

use super::{BrokenImage, KEY, SIGNATURE, digest, flip, set, wrong_signature};
use crate::Bench;

/// The order of the curve (FIPS 186-5).
const ORDER: [u8; 32] = [
    0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6,
    0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
];
/// Where things stand in an encoded key: the last byte of the curve's name, how the point is
/// encoded, its second coordinate.
const CURVE: usize = 22;
const FORM: usize = 26;
const SECOND_COORDINATE: usize = 27 + 32;

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;

pub fn images(bench: &Bench<'_>, private: &SecretKey) -> Result<Vec<BrokenImage>> {
    let digest = digest(bench);
    let good: Signature = SigningKey::from(private).sign_prehash(&digest)?;
    let (r, s) = good.split_bytes();
    let (r, s) = (integer(&r), integer(&s));
    let zero = vec![INTEGER, 1, 0];
    let order = integer(&ORDER);
    let point = private.public_key();
    let bare = point.to_sec1_point(false).as_bytes().to_vec();
    let compressed = point.to_sec1_point(true).as_bytes().to_vec();
    let content = [&r[..], &s].concat();
    let of = |r: &[u8], s: &[u8]| set(SIGNATURE, sequence(&[r, s].concat()));
    let mut images: Vec<BrokenImage> = [
        bench.prove("key: not in DER", Error::KeyMalformed, set(KEY, bare)),
        bench.prove("key: compressed", Error::KeyMalformed, |entries| {
            let key = &mut entries[KEY].1;
            key.truncate(FORM);
            key.extend(compressed);
            (key[1], key[24]) = (0x39, 0x22);
        }),
        bench.prove(
            "key: of another curve",
            Error::KeyMalformed,
            flip(KEY, CURVE),
        ),
        bench.prove("key: of another form", Error::WrongKey, |entries| {
            entries[KEY].1[FORM] = 6;
        }),
        bench.prove(
            "key: not on the curve",
            Error::WrongKey,
            flip(KEY, SECOND_COORDINATE),
        ),
        wrong_signature(
            bench,
            "signature: not in DER",
            set(SIGNATURE, good.to_bytes().to_vec()),
        ),
        wrong_signature(bench, "signature: numbers swapped", of(&s, &r)),
        wrong_signature(bench, "signature: first number 0", of(&zero, &s)),
        wrong_signature(bench, "signature: second number 0", of(&r, &zero)),
        wrong_signature(bench, "signature: both numbers 0", of(&zero, &zero)),
        wrong_signature(bench, "signature: first number the order", of(&order, &s)),
        wrong_signature(bench, "signature: second number the order", of(&r, &order)),
        wrong_signature(
            bench,
            "signature: first number with a zero before it",
            of(&padded(&r), &s),
        ),
        wrong_signature(
            bench,
            "signature: second number with a zero before it",
            of(&r, &padded(&s)),
        ),
        wrong_signature(
            bench,
            "signature: first number negative",
            of(&[&[INTEGER, 32][..], &[0x80; 32]].concat(), &s),
        ),
        wrong_signature(
            bench,
            "signature: first number of 0 bytes",
            of(&[INTEGER, 0], &s),
        ),
        wrong_signature(bench, "signature: one number", set(SIGNATURE, sequence(&r))),
        wrong_signature(
            bench,
            "signature: three numbers",
            set(SIGNATURE, sequence(&[&content[..], &zero].concat())),
        ),
        wrong_signature(
            bench,
            "signature: length in the long form",
            set(
                SIGNATURE,
                [&[SEQUENCE, 0x81, content.len() as u8][..], &content].concat(),
            ),
        ),
        wrong_signature(
            bench,
            "signature: of indefinite length",
            set(
                SIGNATURE,
                [&[SEQUENCE, 0x80][..], &content, &[0, 0]].concat(),
            ),
        ),
        wrong_signature(bench, "signature: sequence too long", |entries| {
            entries[SIGNATURE].1[1] += 1;
        }),
        wrong_signature(bench, "signature: sequence too short", |entries| {
            entries[SIGNATURE].1[1] -= 1;
        }),
        wrong_signature(bench, "signature: first number too long", |entries| {
            entries[SIGNATURE].1[3] = 0x7F;
        }),
        wrong_signature(
            bench,
            "signature: first number an octet string",
            |entries| entries[SIGNATURE].1[2] = 0x04,
        ),
    ]
    .into_iter()
    .collect::<Result<_>>()?;
    // As older signers fill it up to its greatest size.
    images.push(wrong_signature(
        bench,
        "signature: padded with zeros",
        |entries| entries[SIGNATURE].1.resize(74, 0),
    )?);
    Ok(images)
}

/// A positive number in DER.
fn integer(number: &[u8]) -> Vec<u8> {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let digits = &number[zeros.min(number.len() - 1)..];
    let sign: &[u8] = if digits[0] & 0x80 != 0 { &[0] } else { &[] };
    let content = [sign, digits].concat();
    [&[INTEGER, content.len() as u8][..], &content].concat()
}

/// The same number, one byte longer than DER allows.
fn padded(integer: &[u8]) -> Vec<u8> {
    [&[INTEGER, integer[1] + 1, 0][..], &integer[2..]].concat()
}

fn sequence(content: &[u8]) -> Vec<u8> {
    [&[SEQUENCE, content.len() as u8][..], content].concat()
}
