// SPDX-License-Identifier: Apache-2.0
//! Valid images whose proof, hash, key and signature, is missing or wrong.

use anyhow::Result;
use boot::Error;
use boot::tlv::kind;
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs8::EncodePublicKey;
use rsa::rand_core::OsRng;
use rsa::sha2::{Digest, Sha256};
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};

use super::{Bench, BrokenImage};
use crate::draft::{self, Entry};

/// Places of the entries.
const HASH: usize = 0;
const KEY: usize = 1;
const SIGNATURE: usize = 2;

pub fn images(bench: &Bench<'_>) -> Result<Vec<BrokenImage>> {
    let signed_part = bench.valid.signed_part()?;
    let digest: [u8; 32] = Sha256::digest(&signed_part).into();
    let foreign_proof = draft::proof(&signed_part, &bench.foreign_key)?;
    let private = &bench.key.private;
    let public = private.to_public_key();
    let modulus = public.n().to_bytes_be();
    let with_exponent_3 = RsaPublicKey::new(public.n().clone(), BigUint::from(3u8))?;
    let pkcs1v15 = private.sign(Pkcs1v15Sign::new::<Sha256>(), &digest)?;
    let other_salt =
        private.sign_with_rng(&mut OsRng, Pss::new_with_salt::<Sha256>(20), &digest)?;
    let other_digest = bench.key.sign(&[0x55; 32])?;

    let remove = |index: usize| {
        move |entries: &mut Vec<Entry>| {
            entries.remove(index);
        }
    };
    let twice = |index: usize| move |entries: &mut Vec<Entry>| entries.push(entries[index].clone());
    let add = |kind: u16, value: &'static [u8]| {
        move |entries: &mut Vec<Entry>| entries.push((kind, value.to_vec()))
    };
    let set =
        |index: usize, value: Vec<u8>| move |entries: &mut Vec<Entry>| entries[index].1 = value;
    let shorten = |index: usize| {
        move |entries: &mut Vec<Entry>| {
            entries[index].1.pop();
        }
    };
    let lengthen = |index: usize| move |entries: &mut Vec<Entry>| entries[index].1.push(0);
    let flip =
        |index: usize, byte: usize| move |entries: &mut Vec<Entry>| entries[index].1[byte] ^= 1;

    [
        bench.prove("hash: missing", Error::HashMissing, remove(HASH)),
        bench.prove("hash: twice", Error::EntryDuplicate, twice(HASH)),
        bench.prove("hash: one byte short", Error::EntrySize, shorten(HASH)),
        bench.prove("hash: one byte long", Error::EntrySize, lengthen(HASH)),
        bench.prove("hash: zeros", Error::WrongHash, set(HASH, vec![0; 32])),
        bench.prove("key: missing", Error::KeyMissing, remove(KEY)),
        bench.prove("key: twice", Error::EntryDuplicate, twice(KEY)),
        bench.prove("key: only its hash", Error::KeyHashOnly, |entries| {
            entries[KEY] = (kind::KEY_HASH, vec![0; 32]);
        }),
        bench.prove("key: empty", Error::KeyMalformed, set(KEY, Vec::new())),
        bench.prove("key: one byte short", Error::KeyMalformed, shorten(KEY)),
        bench.prove("key: one byte long", Error::KeyMalformed, lengthen(KEY)),
        bench.prove(
            "key: as SubjectPublicKeyInfo",
            Error::KeyMalformed,
            set(KEY, public.to_public_key_der()?.into_vec()),
        ),
        bench.prove(
            "key: exponent 3",
            Error::KeyMalformed,
            set(KEY, with_exponent_3.to_pkcs1_der()?.into_vec()),
        ),
        bench.prove(
            "key: modulus one bit too short",
            Error::KeyMalformed,
            |entries| {
                entries[KEY].1[9] &= 0x7F;
            },
        ),
        bench.prove(
            "key: modulus made even",
            Error::WrongKey,
            flip(KEY, 9 + 383),
        ),
        bench.prove(
            "key: another, with its signature",
            Error::WrongKey,
            |entries| {
                *entries = foreign_proof.clone();
            },
        ),
        bench.prove(
            "signature: missing",
            Error::SignatureMissing,
            remove(SIGNATURE),
        ),
        bench.prove("signature: twice", Error::EntryDuplicate, twice(SIGNATURE)),
        bench.prove(
            "signature: first bit changed",
            Error::WrongSignature,
            flip(SIGNATURE, 0),
        ),
        bench.prove(
            "signature: last bit changed",
            Error::WrongSignature,
            flip(SIGNATURE, 383),
        ),
        bench.prove(
            "signature: one byte short",
            Error::WrongSignature,
            shorten(SIGNATURE),
        ),
        bench.prove(
            "signature: one byte long",
            Error::WrongSignature,
            lengthen(SIGNATURE),
        ),
        bench.prove(
            "signature: empty",
            Error::WrongSignature,
            set(SIGNATURE, Vec::new()),
        ),
        bench.prove(
            "signature: zeros",
            Error::WrongSignature,
            set(SIGNATURE, vec![0; 384]),
        ),
        bench.prove(
            "signature: ones",
            Error::WrongSignature,
            set(SIGNATURE, vec![0xFF; 384]),
        ),
        bench.prove(
            "signature: the modulus",
            Error::WrongSignature,
            set(SIGNATURE, modulus),
        ),
        bench.prove(
            "signature: of another key",
            Error::WrongSignature,
            |entries| {
                entries[SIGNATURE] = foreign_proof[SIGNATURE].clone();
            },
        ),
        bench.prove(
            "signature: of another hash",
            Error::WrongSignature,
            set(SIGNATURE, other_digest),
        ),
        bench.prove(
            "signature: salt of 20 bytes",
            Error::WrongSignature,
            set(SIGNATURE, other_salt),
        ),
        bench.prove(
            "signature: PKCS #1 v1.5",
            Error::WrongSignature,
            set(SIGNATURE, pkcs1v15),
        ),
        bench.prove(
            "signature: called RSA-2048",
            Error::EntryNotAllowed,
            |entries| entries[SIGNATURE].0 = kind::RSA2048,
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
        swapped_areas(bench),
        protected_area_twice(bench),
    ]
    .into_iter()
    .collect()
}

fn swapped_areas(bench: &Bench<'_>) -> Result<BrokenImage> {
    bench.patch("areas: swapped", Error::ProtectedAreaMissing, |image| {
        let areas = &mut image[bench.protected_start()..];
        areas.rotate_left(bench.valid.header.protected_area_bytes.into());
    })
}

fn protected_area_twice(bench: &Bench<'_>) -> Result<BrokenImage> {
    let range = bench.protected_start()..bench.unprotected_start();
    bench.patch("areas: protected one twice", Error::AreaMissing, |image| {
        let copy = image[range.clone()].to_vec();
        image.splice(range.end..range.end, copy);
    })
}
