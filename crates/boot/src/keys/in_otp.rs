// SPDX-License-Identifier: Apache-2.0
//! Keys whose hashes are in OTP.

use primitives::constant_time;
use primitives::sha256::{Compression, DIGEST_BYTES};
use provisioning::{Device, SigningKeys};

use super::{Keys, hash, revokes};
use crate::ParsedImage;
use crate::tlv::kind;

/// One key or two, by their SHA-256 hashes in OTP.
///
/// Of two keys the first can be revoked. A device that was given one key only works as with one: it
/// accepts that key, and can't lose it.
#[derive(Clone, Copy, Debug)]
pub struct OtpKeys<const COUNT: usize> {
    hashes: [[u8; DIGEST_BYTES]; COUNT],
    is_first_revoked: bool,
}

impl Keys for OtpKeys<1> {
    const ENTRY_KIND: u16 = kind::PUBLIC_KEY;
    const IS_PUBLISHED: bool = false;

    fn of(_: &[u8], device: &Device<'_>) -> Self {
        Self {
            hashes: [*device.public_key_hash],
            is_first_revoked: false,
        }
    }

    fn whole<C: Compression>(entry: &[u8]) -> Option<&[u8]> {
        Some(entry)
    }

    fn accept<C: Compression>(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        let [only] = &self.hashes;
        constant_time::equal(only, key_hash)
    }

    fn are_to_change<C: Compression>(&self, _: &ParsedImage<'_>) -> bool {
        false
    }
}

impl Keys for OtpKeys<2> {
    const ENTRY_KIND: u16 = kind::PUBLIC_KEY;
    const IS_PUBLISHED: bool = false;

    fn of(otp: &[u8], device: &Device<'_>) -> Self {
        let first = device.public_key_hash;
        let keys = SigningKeys::read(otp).unwrap_or_default();
        Self {
            hashes: [*first, *keys.second_hash.unwrap_or(first)],
            is_first_revoked: keys.second_hash.is_some() && keys.is_first_revoked,
        }
    }

    fn whole<C: Compression>(entry: &[u8]) -> Option<&[u8]> {
        Some(entry)
    }

    fn accept<C: Compression>(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        let [first, second] = &self.hashes;
        let is_first = constant_time::equal(first, key_hash);
        (is_first && !self.is_first_revoked) || constant_time::equal(second, key_hash)
    }

    fn are_to_change<C: Compression>(&self, image: &ParsedImage<'_>) -> bool {
        let [first, _] = &self.hashes;
        !self.is_first_revoked && revokes(image, &hash::<C>(image.public_key), first)
    }
}
