// SPDX-License-Identifier: Apache-2.0
//! Keys whose hashes are in OTP.

use primitives::constant_time;
use primitives::sha256::{Compression, DIGEST_BYTES};
use provisioning::{Device, SigningKeys};

use super::{Keys, hash, revokes};
use crate::manifest::Manifest;
use crate::tlv::kind;

/// One key.
#[derive(Clone, Copy, Debug)]
pub struct OneKey([u8; DIGEST_BYTES]);

impl Keys for OneKey {
    const ENTRY_KIND: u16 = kind::PUBLIC_KEY;
    const IS_PUBLISHED: bool = false;

    fn of(_: &[u8], device: &Device<'_>) -> Self {
        Self(*device.public_key_hash)
    }

    fn whole<C: Compression>(entry: &[u8]) -> Option<&[u8]> {
        Some(entry)
    }

    fn accept<C: Compression>(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        constant_time::equal(&self.0, key_hash)
    }

    fn are_to_change<C: Compression>(&self, _: &Manifest<'_>) -> bool {
        false
    }
}

/// Two keys, of which the first can be revoked. A device that was given one key only is none the
/// worse: it accepts that one, and can't lose it.
#[derive(Clone, Copy, Debug)]
pub struct TwoKeys {
    first: [u8; DIGEST_BYTES],
    second: [u8; DIGEST_BYTES],
    is_first_revoked: bool,
}

impl Keys for TwoKeys {
    const ENTRY_KIND: u16 = kind::PUBLIC_KEY;
    const IS_PUBLISHED: bool = false;

    fn of(otp: &[u8], device: &Device<'_>) -> Self {
        let first = device.public_key_hash;
        let keys = SigningKeys::read(otp).unwrap_or_default();
        Self {
            first: *first,
            second: *keys.second_hash.unwrap_or(first),
            is_first_revoked: keys.second_hash.is_some() && keys.is_first_revoked,
        }
    }

    fn whole<C: Compression>(entry: &[u8]) -> Option<&[u8]> {
        Some(entry)
    }

    fn accept<C: Compression>(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        let is_first = constant_time::equal(&self.first, key_hash);
        (is_first && !self.is_first_revoked) || constant_time::equal(&self.second, key_hash)
    }

    fn are_to_change<C: Compression>(&self, image: &Manifest<'_>) -> bool {
        !self.is_first_revoked && revokes(image, &hash::<C>(image.public_key), &self.first)
    }
}
