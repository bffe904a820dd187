// SPDX-License-Identifier: Apache-2.0
//! What a device would demand of an image.

use boot::tlv::kind;
use boot::{Placement, Trust};

use crate::{PublicKey, SignatureType};

/// What a device would demand.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// What the device verifies; nothing: what the image has.
    pub signature_type: Option<SignatureType>,
    /// Hash of the key that the device accepts; nothing: any key.
    pub key_hash: Option<[u8; 32]>,
    /// Hash of another key that it accepts.
    pub second_key_hash: Option<[u8; 32]>,
    /// The keys that are built into its boot ROM; none: an image brings its key.
    pub built_in: Vec<PublicKey>,
    /// The security counter of the device.
    pub security_counter: u32,
    /// Where the device runs images; nothing: anywhere.
    pub placement: Option<Placement>,
    /// Whether the image is one of two: what it depends on is not looked at, for that takes both.
    pub of_pair: bool,
}

impl Expected {
    /// The type of the TLV with the key of an image.
    pub(crate) const fn key_kind(&self) -> u16 {
        if self.built_in.is_empty() {
            kind::PUBLIC_KEY
        } else {
            kind::KEY_HASH
        }
    }
}

impl Trust for Expected {
    fn whole_key<'a>(&'a self, entry: &'a [u8]) -> Option<&'a [u8]> {
        if self.built_in.is_empty() {
            return Some(entry);
        }
        let key = self.built_in.iter().find(|key| key.hash() == entry)?;
        Some(&key.encoded)
    }

    fn accepts_key(&self, key_hash: &[u8; 32]) -> bool {
        let is_first = self.key_hash.is_none_or(|expected| expected == *key_hash);
        is_first || self.second_key_hash == Some(*key_hash)
    }

    fn security_counter(&self) -> u32 {
        self.security_counter
    }

    fn placement(&self) -> Option<Placement> {
        self.placement
    }
}
