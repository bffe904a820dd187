// SPDX-License-Identifier: Apache-2.0
//! A parsed token.

use crate::claims::Claims;
use crate::cose::Envelope;
use crate::cose::Proof;
use crate::error::Error;
use crate::hex_bytes::HexBytes;
use crate::key::Key;
use serde::Serialize;

/// The content of a token. [`Token::read`] verifies nothing; [`Token::authenticate`] verifies its MAC
/// or signature.
#[derive(Clone, Debug, Serialize)]
pub struct Token {
    /// Its size with the envelope.
    pub token_bytes: usize,
    /// The algorithm that authenticates it.
    pub proof: Proof,
    /// The key id in the envelope, if there is one.
    pub key_id: Option<HexBytes>,
    /// What it claims.
    pub claims: Claims,
}

impl Token {
    /// Parses a token.
    ///
    /// # Errors
    /// The first deviation from COSE or from the profile.
    pub fn read(token: &[u8]) -> Result<Self, Error> {
        let envelope = Envelope::read(token)?;
        Ok(Self {
            token_bytes: token.len(),
            proof: envelope.proof,
            key_id: envelope.key_id.clone(),
            claims: Claims::read(envelope.payload)?,
        })
    }

    /// Parses a token and verifies its MAC or signature.
    ///
    /// # Errors
    /// As [`Token::read`], and why the proof is wrong.
    pub fn authenticate(token: &[u8], key: &Key) -> Result<Self, Error> {
        key.authenticate(&Envelope::read(token)?)?;
        Self::read(token)
    }
}
