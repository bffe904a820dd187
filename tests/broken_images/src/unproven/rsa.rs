// SPDX-License-Identifier: Apache-2.0
//! Keys and signatures of RSA that are almost right.

use ::rsa::pkcs1::EncodeRsaPublicKey as _;
use ::rsa::pkcs8::EncodePublicKey as _;
use ::rsa::rand_core::OsRng;
use ::rsa::sha2::Sha256;
use ::rsa::traits::PublicKeyParts as _;
use ::rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPrivateKey, RsaPublicKey};
use anyhow::Result;
use boot::Error;

use super::{BrokenImage, KEY, SIGNATURE, digest, flip, set, wrong_signature};
use crate::Bench;

/// Where the modulus begins in an encoded key, and how many bytes follow it.
const MODULUS: usize = 9;
const BEHIND_MODULUS: usize = 5;

/// The size of the salt that boot ROMs accept.
const SALT_BYTES: usize = 32;

pub fn images(bench: &Bench<'_>, private: &RsaPrivateKey) -> Result<Vec<BrokenImage>> {
    let digest = digest(bench);
    let public = private.to_public_key();
    let modulus = public.n().to_bytes_be();
    let with_exponent_3 = RsaPublicKey::new(public.n().clone(), BigUint::from(3u8))?;
    let pkcs1v15 = private.sign(Pkcs1v15Sign::new::<Sha256>(), &digest)?;
    let other_salt = sign_with_salt(private, 20, &digest)?;
    let key_bytes = bench.key.public_key()?.len();
    let odd_byte = key_bytes - BEHIND_MODULUS - 1;
    let other_bits = if modulus.len() == 256 { 3072 } else { 2048 };
    let other_size = RsaPrivateKey::new(&mut OsRng, other_bits)?;
    let other_key = other_size.to_public_key().to_pkcs1_der()?.into_vec();
    let other_signature = sign_with_salt(&other_size, SALT_BYTES, &digest)?;
    [
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
                entries[KEY].1[MODULUS] &= 0x7F;
            },
        ),
        bench.prove(
            "key: modulus made even",
            Error::WrongKey,
            flip(KEY, odd_byte),
        ),
        bench.prove(
            "key: RSA of the other size, with its signature",
            Error::KeyMalformed,
            |entries| {
                entries[KEY].1 = other_key;
                entries[SIGNATURE].1 = other_signature;
            },
        ),
        wrong_signature(bench, "signature: the modulus", set(SIGNATURE, modulus)),
        wrong_signature(
            bench,
            "signature: salt of 20 bytes",
            set(SIGNATURE, other_salt),
        ),
        wrong_signature(bench, "signature: PKCS #1 v1.5", set(SIGNATURE, pkcs1v15)),
    ]
    .into_iter()
    .collect()
}

/// A signature by RSASSA-PSS with a salt of this size.
fn sign_with_salt(key: &RsaPrivateKey, salt_bytes: usize, digest: &[u8; 32]) -> Result<Vec<u8>> {
    let scheme = Pss::new_with_salt::<Sha256>(salt_bytes);
    Ok(key.sign_with_rng(&mut OsRng, scheme, digest)?)
}
