// SPDX-License-Identifier: Apache-2.0
//! What the boot ROM of a device with signatures of a type says of an image: its own code, for
//! each type.

use boot::settings::Portable;
use boot::signature::{EcdsaP256, Ed25519, Rsa2048, Rsa3072, Scheme};
use boot::verify::verify_signature;
use boot::{Error, Manifest, Trust, VerifiedImage, verify_by};

use crate::SignatureType;

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
    match signature_type {
        SignatureType::Rsa2048 => verify_by::<Portable<Rsa2048>>(slot, trust),
        SignatureType::Rsa3072 => verify_by::<Portable<Rsa3072>>(slot, trust),
        SignatureType::EcdsaP256 => verify_by::<Portable<EcdsaP256>>(slot, trust),
        SignatureType::Ed25519 => verify_by::<Portable<Ed25519>>(slot, trust),
    }
}

/// What is wrong with the key and the signature of an image, each on its own.
pub fn proof(
    manifest: &Manifest<'_>,
    digest: &[u8; 32],
    signature_type: SignatureType,
) -> [Result<(), Error>; 2] {
    match signature_type {
        SignatureType::Rsa2048 => proof_by::<Rsa2048>(manifest, digest),
        SignatureType::Rsa3072 => proof_by::<Rsa3072>(manifest, digest),
        SignatureType::EcdsaP256 => proof_by::<EcdsaP256>(manifest, digest),
        SignatureType::Ed25519 => proof_by::<Ed25519>(manifest, digest),
    }
}

fn proof_by<S: Scheme>(manifest: &Manifest<'_>, digest: &[u8; 32]) -> [Result<(), Error>; 2] {
    let Some(key) = S::key(manifest.public_key) else {
        return [Err(Error::KeyMalformed), Err(Error::WrongSignature)];
    };
    let is_signed = verify_signature::<Portable<S>>(key, digest, manifest.signature);
    [Ok(()), is_signed.then_some(()).ok_or(Error::WrongSignature)]
}
