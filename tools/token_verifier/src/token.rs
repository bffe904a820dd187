// SPDX-License-Identifier: Apache-2.0
//! A token taken apart.

use crate::claims::Claims;
use crate::cose::Envelope;
use crate::cose::Proof;
use crate::error::Error;
use crate::hex_bytes::HexBytes;
use crate::key::Key;
use serde::Serialize;

/// What a token says. [`Token::read`] proves nothing; [`Token::authenticate`] proves who says it.
#[derive(Clone, Debug, Serialize)]
pub struct Token {
    /// Its size with the envelope.
    pub token_bytes: usize,
    /// How it can be proven.
    pub proof: Proof,
    /// The name of the key in the envelope, if there is one.
    pub key_id: Option<HexBytes>,
    /// What it claims.
    pub claims: Claims,
}

impl Token {
    /// Takes a token apart.
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

    /// Takes a token apart whose maker is known: the MAC or the signature is right.
    ///
    /// # Errors
    /// As [`Token::read`], and why the proof is wrong.
    pub fn authenticate(token: &[u8], key: &Key) -> Result<Self, Error> {
        key.authenticate(&Envelope::read(token)?)?;
        Self::read(token)
    }
}
