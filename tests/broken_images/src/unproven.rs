// SPDX-License-Identifier: Apache-2.0
//! Valid images whose proof, hash, key and signature, is missing or wrong: what is so for every
//! type of signature, and a table of its own for each.

mod ecdsa;
mod ed25519;
mod rsa;

use anyhow::Result;
use boot::Error;
use boot::tlv::kind;
use primitives::sha256::Sha256;

use crate::{Bench, BrokenImage};
use signer::SignatureType;
use signer::draft::{self, Entry};
use signer::key::PrivateKey;

/// Places of the entries.
const HASH: usize = 0;
const KEY: usize = 1;
const SIGNATURE: usize = 2;

pub fn images(bench: &Bench<'_>) -> Result<Vec<BrokenImage>> {
    let mut images = of_every_type(bench)?;
    images.extend(match bench.key.private() {
        PrivateKey::Rsa(key) => rsa::images(bench, key)?,
        PrivateKey::EcdsaP256(key) => ecdsa::images(bench, key)?,
        PrivateKey::Ed25519(key) => ed25519::images(bench, key)?,
    });
    Ok(images)
}

fn of_every_type(bench: &Bench<'_>) -> Result<Vec<BrokenImage>> {
    let format = bench.valid.public_key_format;
    let foreign_proof = draft::proof(&bench.signed_part, &bench.foreign_key, format)?;
    let signature_bytes = bench.proof[SIGNATURE].1.len();
    let other_digest = bench.key.sign(&[0x55; 32])?;
    let key_hash = bench.key.public_key_hash()?;

    let remove = |index: usize| {
        move |entries: &mut Vec<Entry>| {
            entries.remove(index);
        }
    };
    let twice = |index: usize| move |entries: &mut Vec<Entry>| entries.push(entries[index].clone());
    let add = |kind: u16, value: &'static [u8]| {
        move |entries: &mut Vec<Entry>| entries.push((kind, value.to_vec()))
    };

    let mut all = vec![
        bench.prove("hash: missing", Error::HashMissing, remove(HASH)),
        bench.prove("hash: twice", Error::EntryDuplicate, twice(HASH)),
        bench.prove("hash: twice, zeros second", Error::EntryDuplicate, |all| {
            all.push((kind::SHA256, vec![0; 32]));
        }),
        bench.prove("hash: one byte short", Error::EntrySize, shorten(HASH)),
        bench.prove("hash: one byte long", Error::EntrySize, lengthen(HASH)),
        bench.prove("hash: zeros", Error::WrongHash, set(HASH, vec![0; 32])),
        bench.prove("key: missing", Error::KeyMissing, remove(KEY)),
        bench.prove("key: twice", Error::EntryDuplicate, twice(KEY)),
        bench.prove("key: twice, another second", Error::EntryDuplicate, |all| {
            all.push(foreign_proof[KEY].clone());
        }),
        bench.prove("key: only its hash", Error::KeyHashOnly, |entries| {
            entries[KEY] = (kind::KEY_HASH, key_hash.to_vec());
        }),
        bench.prove("key: empty", Error::KeyMalformed, set(KEY, Vec::new())),
        bench.prove("key: one byte short", Error::KeyMalformed, shorten(KEY)),
        bench.prove("key: one byte long", Error::KeyMalformed, lengthen(KEY)),
        bench.prove("key: zeros", Error::KeyMalformed, |entries| {
            entries[KEY].1.fill(0);
        }),
        bench.prove("key: first bit changed", Error::KeyMalformed, flip(KEY, 0)),
        bench.prove("key: another, with its signature", Error::WrongKey, |all| {
            *all = foreign_proof.clone();
        }),
        bench.prove("key: another, with ours", Error::WrongKey, |entries| {
            entries[KEY] = foreign_proof[KEY].clone();
        }),
        bench.prove(
            "signature: missing",
            Error::SignatureMissing,
            remove(SIGNATURE),
        ),
        bench.prove("signature: twice", Error::EntryDuplicate, twice(SIGNATURE)),
        bench.prove(
            "signature: twice, that of another key second",
            Error::EntryDuplicate,
            |entries| entries.push(foreign_proof[SIGNATURE].clone()),
        ),
        wrong_signature(bench, "signature: first bit changed", flip(SIGNATURE, 0)),
        wrong_signature(
            bench,
            "signature: last bit changed",
            flip(SIGNATURE, signature_bytes - 1),
        ),
        wrong_signature(bench, "signature: one byte short", shorten(SIGNATURE)),
        wrong_signature(bench, "signature: one byte long", lengthen(SIGNATURE)),
        wrong_signature(bench, "signature: empty", set(SIGNATURE, Vec::new())),
        wrong_signature(bench, "signature: zeros", |entries| {
            entries[SIGNATURE].1.fill(0)
        }),
        wrong_signature(bench, "signature: ones", |entries| {
            entries[SIGNATURE].1.fill(0xFF)
        }),
        wrong_signature(bench, "signature: of another key", |entries| {
            entries[SIGNATURE] = foreign_proof[SIGNATURE].clone();
        }),
        wrong_signature(
            bench,
            "signature: of another hash",
            set(SIGNATURE, other_digest),
        ),
        bench.prove(
            "unprotected area: security counter in it",
            Error::EntryNotAllowed,
            add(kind::SECURITY_COUNTER, &[0xFF; 4]),
        ),
        bench.prove(
            "unprotected area: boot record in it",
            Error::EntryNotAllowed,
            add(kind::BOOT_RECORD, &[0; 4]),
        ),
        bench.prove(
            "unprotected area: dependency in it",
            Error::EntryNotAllowed,
            add(kind::DEPENDENCY, &[0; 12]),
        ),
        bench.prove(
            "unprotected area: vendor type in it",
            Error::EntryNotAllowed,
            add(kind::VENDOR_FIRST, &[0]),
        ),
        bench.prove(
            "unprotected area: type 0 in it",
            Error::EntryNotAllowed,
            add(0, &[]),
        ),
    ];
    for (called, with, other) in OTHER_TYPES {
        if other == bench.key.signature_type() {
            continue;
        }
        all.push(bench.prove(called, Error::EntryNotAllowed, |entries| {
            entries[SIGNATURE].0 = other.tlv_kind();
        }));
        all.push(bench.prove(with, Error::EntryNotAllowed, |entries| {
            entries.push((other.tlv_kind(), vec![0; 64]));
        }));
    }
    all.into_iter().collect()
}

/// What an image is called whose signature is called one of another type, and one that has a
/// signature of another type beside its own.
const OTHER_TYPES: [(&str, &str, SignatureType); 4] = [
    (
        "signature: called RSA-2048",
        "signature: RSA-2048 beside it",
        SignatureType::Rsa2048,
    ),
    (
        "signature: called RSA-3072",
        "signature: RSA-3072 beside it",
        SignatureType::Rsa3072,
    ),
    (
        "signature: called ECDSA",
        "signature: ECDSA beside it",
        SignatureType::EcdsaP256,
    ),
    (
        "signature: called Ed25519",
        "signature: Ed25519 beside it",
        SignatureType::Ed25519,
    ),
];

fn wrong_signature(
    bench: &Bench<'_>,
    name: &'static str,
    change: impl FnOnce(&mut Vec<Entry>),
) -> Result<BrokenImage> {
    bench.prove(name, Error::WrongSignature, change)
}

fn set(index: usize, value: Vec<u8>) -> impl FnOnce(&mut Vec<Entry>) {
    move |entries| entries[index].1 = value
}

fn shorten(index: usize) -> impl FnOnce(&mut Vec<Entry>) {
    move |entries| {
        entries[index].1.pop();
    }
}

fn lengthen(index: usize) -> impl FnOnce(&mut Vec<Entry>) {
    move |entries| entries[index].1.push(0)
}

fn flip(index: usize, byte: usize) -> impl FnOnce(&mut Vec<Entry>) {
    move |entries| entries[index].1[byte] ^= 1
}

/// The hash that is signed.
fn digest(bench: &Bench<'_>) -> [u8; 32] {
    Sha256::digest(&bench.signed_part)
}
