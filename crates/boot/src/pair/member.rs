// SPDX-License-Identifier: Apache-2.0
//! The trusted data for one of two images. Both are signed with the same keys; each has a security
//! counter and a place of its own.

use primitives::sha256::DIGEST_BYTES;
use provisioning::{Device, layout, log};

use super::Both;
use crate::known::Known;
use crate::{Placement, Settings, Trust};

/// The trusted data for one image.
pub(super) struct Member<S: Settings> {
    pub(super) known: Known<S>,
    placement: Option<Placement>,
}

/// The data for both, of this OTP area, which was read as `device`.
///
/// The counter of the second image is in the same log as that of the first. A device that had no
/// second image before has no entry: its counter is 0.
pub(super) fn members<S: Settings>(otp: &[u8], device: &Device<'_>) -> Both<Member<S>> {
    let first = Known::<S>::of(otp, device);
    let log = otp
        .get(layout::SECURITY_COUNTER_START..)
        .unwrap_or_default();
    let second = Known {
        keys: first.keys,
        security_counter: log::greatest_second(log).unwrap_or_default(),
    };
    [
        Member {
            known: first,
            placement: S::PLACEMENT,
        },
        Member {
            known: second,
            placement: S::NONSECURE_PLACEMENT,
        },
    ]
}

impl<S: Settings> Trust for Member<S> {
    fn whole_key<'a>(&'a self, entry: &'a [u8]) -> Option<&'a [u8]> {
        self.known.whole_key(entry)
    }

    fn accepts_key(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        self.known.accepts_key(key_hash)
    }

    fn security_counter(&self) -> u32 {
        self.known.security_counter
    }

    fn placement(&self) -> Option<Placement> {
        self.placement
    }
}
