// SPDX-License-Identifier: Apache-2.0
//! The second key that signs firmware, and whether the first one is revoked. Only boot ROMs for
//! two keys ask.
//!
//! A revocation is a mark without a checksum: any bit that was programmed makes one, so that a torn
//! write leaves the key revoked or not, and nothing in between.

use crate::{
    area::Parts,
    error::Error,
    record::{self, HASH_BYTES},
};

/// The second signing key of a device, and whether the first one is revoked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SigningKeys<'a> {
    /// SHA-256 of the second public key, if the device was given one.
    pub second_hash: Option<&'a [u8; HASH_BYTES]>,
    /// Firmware that the first key signs is not started any more, where there is a second.
    pub is_first_revoked: bool,
}

impl<'a> SigningKeys<'a> {
    /// The keys in an OTP area that was checked since the last reset: no second checksum is made.
    ///
    /// # Errors
    ///
    /// What is wrong with the area.
    pub fn read(area: &'a [u8]) -> Result<Self, Error> {
        let parts = Parts::of(area)?;
        Ok(Self {
            second_hash: record::second_key_hash(parts.record)?,
            is_first_revoked: parts.revocation.iter().any(|byte| *byte != record::ERASED),
        })
    }
}
