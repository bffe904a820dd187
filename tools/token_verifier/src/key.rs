// SPDX-License-Identifier: Apache-2.0
//! The key that verifies the tokens of a device.

use crate::cose::{Envelope, Proof};
use crate::error::Error;
use crate::hex_bytes::HexBytes;
use hmac::{Hmac, KeyInit as _, Mac as _};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::pkcs8::DecodePublicKey as _;
use sha2::{Digest as _, Sha256};

const MAC_BYTES: usize = 32;
const SIGNATURE_BYTES: usize = 64;
/// A shorter key than the MAC is no key.
const IAK_BYTES_MIN: usize = 32;
/// Type of a UEID that is random or a hash.
const UEID_RANDOM: u8 = 0x01;

/// What a token is verified with.
#[derive(Clone)]
pub enum Key {
    /// The Initial Attestation Key itself, for COSE_Mac0: the verifier holds it in trust.
    Iak(Vec<u8>),
    /// The public half of the Initial Attestation Key, for COSE_Sign1.
    Public(VerifyingKey),
}

impl Key {
    /// A symmetric Initial Attestation Key.
    ///
    /// # Errors
    /// [`Error::KeyMalformed`] below 32 bytes.
    pub fn iak(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() < IAK_BYTES_MIN {
            return Err(Error::KeyMalformed(format!(
                "it has {} bytes, an Initial Attestation Key at least {IAK_BYTES_MIN}",
                bytes.len()
            )));
        }
        Ok(Self::Iak(bytes.to_vec()))
    }

    /// A public key on P-256 in PEM (`BEGIN PUBLIC KEY`).
    ///
    /// # Errors
    /// [`Error::KeyMalformed`].
    pub fn public_pem(text: &str) -> Result<Self, Error> {
        VerifyingKey::from_public_key_pem(text)
            .map(Self::Public)
            .map_err(|error| Error::KeyMalformed(error.to_string()))
    }

    /// The instance id of the device with this key: of a symmetric key, the hash of its hash.
    /// How a public key is hashed is the device's own affair.
    pub(crate) fn instance_id(&self) -> Option<HexBytes> {
        match self {
            Self::Iak(iak) => {
                let hash = Sha256::digest(Sha256::digest(iak));
                Some(HexBytes([&[UEID_RANDOM], hash.as_slice()].concat()))
            }
            Self::Public(_) => None,
        }
    }

    /// Proves that the holder of this key made the envelope.
    pub(crate) fn authenticate(&self, envelope: &Envelope<'_>) -> Result<(), Error> {
        match (self, envelope.proof) {
            (Self::Iak(iak), Proof::Hmac256) => check_mac(iak, envelope),
            (Self::Public(key), Proof::Es256) => check_signature(key, envelope),
            (Self::Iak(_), Proof::Es256) => Err(Error::WrongKind(
                "the token is signed (COSE_Sign1): it is verified with a public key",
            )),
            (Self::Public(_), Proof::Hmac256) => Err(Error::WrongKind(
                "the token has a MAC (COSE_Mac0): it is verified with the Initial Attestation Key",
            )),
        }
    }
}

fn check_mac(iak: &[u8], envelope: &Envelope<'_>) -> Result<(), Error> {
    require_bytes("MAC", envelope.tag, MAC_BYTES)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(iak)
        .map_err(|error| Error::KeyMalformed(error.to_string()))?;
    mac.update(&envelope.authenticated());
    mac.verify_slice(envelope.tag)
        .map_err(|_| Error::ProofWrong("MAC"))
}

fn check_signature(key: &VerifyingKey, envelope: &Envelope<'_>) -> Result<(), Error> {
    require_bytes("signature", envelope.tag, SIGNATURE_BYTES)?;
    Signature::from_slice(envelope.tag)
        .and_then(|signature| key.verify(&envelope.authenticated(), &signature))
        .map_err(|_| Error::ProofWrong("signature"))
}

fn require_bytes(name: &'static str, tag: &[u8], wanted_bytes: usize) -> Result<(), Error> {
    if tag.len() == wanted_bytes {
        return Ok(());
    }
    Err(Error::ProofLength {
        name,
        bytes: tag.len(),
        wanted_bytes,
    })
}
