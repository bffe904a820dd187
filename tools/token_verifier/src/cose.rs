// SPDX-License-Identifier: Apache-2.0
//! The envelope of a token: COSE_Mac0 or COSE_Sign1 (RFC 9052, sections 4.2 and 6.2).

use crate::cbor::Reader;
use crate::error::Error;
use crate::hex_bytes::HexBytes;
use crate::strict;
use minicbor::data::Type;
use minicbor::{Encoder, encode};
use serde::Serialize;

const TAG_MAC0: u64 = 17;
const TAG_SIGN1: u64 = 18;
const PARTS: u64 = 4;

const HEADER_ALGORITHM: i64 = 1;
const HEADER_CRITICAL: i64 = 2;
const HEADER_KEY_ID: i64 = 4;

/// The algorithm that authenticates the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Proof {
    /// HMAC with SHA-256, in COSE_Mac0.
    #[serde(rename = "COSE_Mac0, HMAC 256/256")]
    Hmac256,
    /// ECDSA with SHA-256, in COSE_Sign1.
    #[serde(rename = "COSE_Sign1, ES256")]
    Es256,
}

impl Proof {
    /// Tag of the envelope.
    pub(crate) const fn tag(self) -> u64 {
        match self {
            Self::Hmac256 => TAG_MAC0,
            Self::Es256 => TAG_SIGN1,
        }
    }

    /// Number of the algorithm (RFC 9053).
    const fn algorithm(self) -> i64 {
        match self {
            Self::Hmac256 => 5,
            Self::Es256 => -7,
        }
    }

    /// What the bytes that are authenticated begin with.
    const fn context(self) -> &'static str {
        match self {
            Self::Hmac256 => "MAC0",
            Self::Es256 => "Signature1",
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hmac256 => "COSE_Mac0, HMAC 256/256",
            Self::Es256 => "COSE_Sign1, ES256",
        }
    }
}

/// The parts of the envelope.
#[derive(Clone, Debug)]
pub(crate) struct Envelope<'b> {
    pub(crate) proof: Proof,
    pub(crate) protected: &'b [u8],
    pub(crate) unprotected: &'b [u8],
    pub(crate) key_id: Option<HexBytes>,
    pub(crate) payload: &'b [u8],
    /// The tag of the MAC, or the signature.
    pub(crate) tag: &'b [u8],
}

impl<'b> Envelope<'b> {
    pub(crate) fn read(token: &'b [u8]) -> Result<Self, Error> {
        let mut reader = Reader::new(token, "the token");
        if reader.next_type()? != Type::Tag {
            return Err(Error::NotTagged);
        }
        let tag = reader.tag()?;
        let mut proofs = [Proof::Hmac256, Proof::Es256].into_iter();
        let proof = proofs.find(|proof| proof.tag() == tag);
        let proof = proof.ok_or(Error::WrongTag(tag))?;
        match reader.array()? {
            PARTS => {}
            parts => return Err(Error::WrongParts(parts)),
        }
        let protected = reader.bytes()?;
        let header = Header::read(protected, "the protected header")?;
        let unprotected = reader.item()?;
        let open = Header::read(unprotected, "the unprotected header")?;
        // The unprotected header is not authenticated: it must not contradict the protected one.
        if let Some(label) = open
            .labels
            .iter()
            .find(|label| header.labels.contains(label))
        {
            return Err(Error::HeaderContradicted(*label));
        }
        if reader.next_type()? == Type::Null {
            return Err(Error::PayloadDetached);
        }
        let payload = reader.bytes()?;
        let tag = reader.bytes()?;
        reader.end()?;
        // What is critical has to be protected, and the algorithm too.
        match header.algorithm {
            None => return Err(Error::AlgorithmMissing),
            Some(algorithm) if algorithm != proof.algorithm() => {
                return Err(Error::AlgorithmUnsupported(algorithm));
            }
            Some(_) => {}
        }
        strict::require(token, "the token")?;
        Ok(Self {
            proof,
            protected,
            unprotected,
            key_id: header.key_id.or(open.key_id),
            payload,
            tag,
        })
    }

    /// MAC_structure or Sig_structure: what the proof is made over.
    pub(crate) fn authenticated(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes);
        let encoded = (|| -> Result<(), encode::Error<core::convert::Infallible>> {
            encoder
                .array(4)?
                .str(self.proof.context())?
                .bytes(self.protected)?
                .bytes(&[])?
                .bytes(self.payload)?;
            Ok(())
        })();
        debug_assert!(encoded.is_ok(), "nothing fails that is written to a vector");
        bytes
    }
}

/// The parameters of a header that are used.
#[derive(Default)]
struct Header {
    labels: Vec<i64>,
    algorithm: Option<i64>,
    key_id: Option<HexBytes>,
}

impl Header {
    fn read(bytes: &[u8], place: &'static str) -> Result<Self, Error> {
        let mut reader = Reader::new(bytes, place);
        let mut header = Self::default();
        for _ in 0..reader.map()? {
            // A label may be a text. No such parameter is used.
            if reader.next_type()? == Type::String {
                reader.item()?;
                reader.item()?;
                continue;
            }
            let label = reader.integer()?;
            if header.labels.contains(&label) {
                return Err(Error::DuplicateHeader(label));
            }
            header.labels.push(label);
            match label {
                HEADER_ALGORITHM => header.algorithm = Some(reader.integer()?),
                HEADER_CRITICAL => return Err(Error::CriticalHeader),
                HEADER_KEY_ID => header.key_id = Some(HexBytes(reader.bytes()?.to_vec())),
                _ => {
                    reader.item()?;
                }
            }
        }
        reader.end()?;
        strict::require(bytes, place)?;
        Ok(header)
    }
}
