// SPDX-License-Identifier: Apache-2.0
//! What an image is verified against.

use primitives::constant_time;
use primitives::sha256::DIGEST_BYTES;

use crate::Placement;

/// What the device knows by itself and no image can change.
pub trait Trust {
    /// The key that an image names by this entry, if the device knows it: it is the entry itself,
    /// unless keys are built in ([`crate::keys`]).
    fn whole_key<'a>(&'a self, entry: &'a [u8]) -> Option<&'a [u8]> {
        Some(entry)
    }

    /// Whether the device accepts firmware signed with the key of this SHA-256 hash.
    fn accepts_key(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool;
    /// The lowest security counter that the device accepts.
    fn security_counter(&self) -> u32;
    /// Where images run. `None` if that is not known: then their place is not checked.
    fn placement(&self) -> Option<Placement>;
}

impl Trust for provisioning::Device<'_> {
    fn accepts_key(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        constant_time::equal(self.public_key_hash, key_hash)
    }

    fn security_counter(&self) -> u32 {
        self.security_counter
    }

    fn placement(&self) -> Option<Placement> {
        None // OTP does not tell
    }
}
