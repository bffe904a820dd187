// SPDX-License-Identifier: Apache-2.0
//! Verifies an image with the code of the boot ROM, for each signature type.

use boot::keys::{BuiltInKeys, Keys, OtpKeys, PublicKeys};
use boot::settings::Portable;
use boot::signature::{EcdsaP256, Ed25519, Rsa2048, Rsa3072, Scheme};
use boot::verify::verify_signature;
use boot::{Error, ParsedImage, Trust, VerifiedImage, verify_by};

use crate::{Expected, SignatureType};

/// Verifies the image at the beginning of `slot` as a device does that verifies signatures of
/// this type.
///
/// # Errors
///
/// Names the first thing that is wrong.
pub fn verify<'a>(
    slot: &'a [u8],
    trust: &impl Trust,
    signature_type: SignatureType,
) -> Result<VerifiedImage<'a>, Error> {
    verify_with::<OtpKeys<1>, false>(slot, trust, signature_type)
}

/// Verifies like [`verify`], by keys that are built in where that is expected.
///
/// # Errors
///
/// As [`verify`].
pub fn verify_expected<'a>(
    slot: &'a [u8],
    expected: &Expected,
    signature_type: SignatureType,
) -> Result<VerifiedImage<'a>, Error> {
    match (expected.built_in.is_empty(), expected.of_pair) {
        (true, false) => verify(slot, expected, signature_type),
        (true, true) => verify_with::<OtpKeys<1>, true>(slot, expected, signature_type),
        (false, false) => {
            verify_with::<BuiltInKeys<Elsewhere>, false>(slot, expected, signature_type)
        }
        (false, true) => {
            verify_with::<BuiltInKeys<Elsewhere>, true>(slot, expected, signature_type)
        }
    }
}

/// The keys of a boot ROM of which only [`Trust`] knows.
#[derive(Clone, Copy)]
struct Elsewhere;

impl PublicKeys for Elsewhere {
    const ALL: &'static [&'static [u8]] = &[];
    const HASHES: &'static [[u8; 32]] = &[];
}

fn verify_with<'a, K: Keys, const OF_PAIR: bool>(
    slot: &'a [u8],
    trust: &impl Trust,
    signature_type: SignatureType,
) -> Result<VerifiedImage<'a>, Error> {
    match signature_type {
        SignatureType::Rsa2048 => verify_by::<Portable<Rsa2048, K, OF_PAIR>>(slot, trust),
        SignatureType::Rsa3072 => verify_by::<Portable<Rsa3072, K, OF_PAIR>>(slot, trust),
        SignatureType::EcdsaP256 => verify_by::<Portable<EcdsaP256, K, OF_PAIR>>(slot, trust),
        SignatureType::Ed25519 => verify_by::<Portable<Ed25519, K, OF_PAIR>>(slot, trust),
    }
}

/// What is wrong with the key and the signature of an image, each on its own; `key` is the one that
/// the image names.
pub fn proof(
    parsed: &ParsedImage<'_>,
    key: Option<&[u8]>,
    digest: &[u8; 32],
    signature_type: SignatureType,
) -> [Result<(), Error>; 2] {
    match signature_type {
        SignatureType::Rsa2048 => proof_by::<Rsa2048>(parsed, key, digest),
        SignatureType::Rsa3072 => proof_by::<Rsa3072>(parsed, key, digest),
        SignatureType::EcdsaP256 => proof_by::<EcdsaP256>(parsed, key, digest),
        SignatureType::Ed25519 => proof_by::<Ed25519>(parsed, key, digest),
    }
}

fn proof_by<S: Scheme>(
    parsed: &ParsedImage<'_>,
    key: Option<&[u8]>,
    digest: &[u8; 32],
) -> [Result<(), Error>; 2] {
    let Some(key) = key.and_then(S::key) else {
        return [Err(Error::KeyMalformed), Err(Error::WrongSignature)];
    };
    let evidence = verify_signature::<Portable<S>>(key, digest, parsed.signature);
    let is_signed = evidence.is_some_and(|evidence| evidence.holds());
    [Ok(()), is_signed.then_some(()).ok_or(Error::WrongSignature)]
}
