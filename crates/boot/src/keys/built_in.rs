// SPDX-License-Identifier: Apache-2.0
//! Keys that are part of the boot ROM.

use core::marker::PhantomData;

use primitives::sha256::{Compression, DIGEST_BYTES};
use provisioning::{Device, SigningKeys};

use super::{Keys, hash, is_any_published, revokes};
use crate::ParsedImage;
use crate::tlv::kind;

/// The keys of a boot ROM.
pub trait PublicKeys: Copy {
    /// One, or two of which the first can be revoked; encoded as they would be in an image.
    const ALL: &'static [&'static [u8]];
    /// Their hashes, for the build to know published keys by ([`super::PUBLISHED`]).
    const HASHES: &'static [[u8; DIGEST_BYTES]];
}

/// The keys `K`.
#[derive(Clone, Copy, Debug)]
pub struct BuiltInKeys<K> {
    is_first_revoked: bool,
    keys: PhantomData<K>,
}

impl<K: PublicKeys> BuiltInKeys<K> {
    /// The hash of the key that can be revoked, if there is one.
    fn revocable<C: Compression>() -> Option<[u8; DIGEST_BYTES]> {
        match K::ALL {
            [first, _, ..] => Some(hash::<C>(first)),
            _ => None,
        }
    }
}

impl<K: PublicKeys> Keys for BuiltInKeys<K> {
    const ENTRY_KIND: u16 = kind::KEY_HASH;
    const IS_PUBLISHED: bool = {
        assert!(K::HASHES.len() == K::ALL.len(), "a hash for each key");
        is_any_published(K::HASHES)
    };

    fn of(otp: &[u8], _: &Device<'_>) -> Self {
        let can_be_revoked = K::ALL.len() > 1;
        Self {
            is_first_revoked: can_be_revoked
                && SigningKeys::read(otp).is_ok_and(|keys| keys.is_first_revoked),
            keys: PhantomData,
        }
    }

    fn whole<C: Compression>(entry: &[u8]) -> Option<&[u8]> {
        let mut keys = K::ALL.iter().copied();
        keys.find(|key| hash::<C>(key) == entry)
    }

    fn accept<C: Compression>(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        !self.is_first_revoked || Self::revocable::<C>().as_ref() != Some(key_hash)
    }

    fn are_to_change<C: Compression>(&self, image: &ParsedImage<'_>) -> bool {
        let own = image.public_key.try_into();
        match (Self::revocable::<C>(), own) {
            (Some(first), Ok(own)) => !self.is_first_revoked && revokes(image, own, &first),
            _ => false,
        }
    }
}
