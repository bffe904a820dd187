// SPDX-License-Identifier: Apache-2.0
//! The claims of a token (RFC 9783, section 4; the same under older labels in
//! `PSA_IOT_PROFILE_1`).

use crate::claim_map::ClaimMap;
use crate::{
    component::Component, error::Error, hex_bytes::HexBytes, lifecycle::SecurityLifecycle,
    profile::Profile, strict,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Everything that a token claims, not verified.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claims {
    /// Which claims there are and how they are written.
    pub profile: Profile,
    /// The challenge of the verifier.
    pub challenge: HexBytes,
    /// The client that requested the token; negative: the non-secure world.
    pub client_id: i32,
    /// Which device it is: 0x01 and a hash of its key.
    pub instance_id: HexBytes,
    /// Which root of trust it has.
    pub implementation_id: HexBytes,
    /// Its security lifecycle.
    pub lifecycle: SecurityLifecycle,
    /// Random, and the same for one boot.
    pub boot_seed: Option<HexBytes>,
    /// Certification reference, or hardware version in the older profile.
    pub hardware: Option<String>,
    /// Where tokens of this device are verified.
    pub verification_service: Option<String>,
    /// The software that runs on it; empty only if the token says that nothing was measured.
    pub software_components: Vec<Component>,
    /// Claims that no profile defines, in CBOR.
    pub others: BTreeMap<i64, HexBytes>,
}

impl Claims {
    /// Reads the payload of a token.
    pub(crate) fn read(payload: &[u8]) -> Result<Self, Error> {
        let mut all = ClaimMap::read(payload)?;
        let profile = all.profile()?;
        all.require_own_labels(profile)?;
        let labels = profile.labels();
        let boot_seed = all.bytes(labels.boot_seed, "boot seed", profile.boot_seed_bytes())?;
        if boot_seed.is_none() && profile.requires_boot_seed() {
            return Err(Error::ClaimMissing("boot seed"));
        }
        let claims = Self {
            profile,
            challenge: all.challenge(labels.challenge)?,
            client_id: all.client_id(labels.client_id)?,
            instance_id: all.instance_id(labels.instance_id)?,
            implementation_id: all
                .bytes(labels.implementation_id, "implementation id", 32..=32)?
                .ok_or(Error::ClaimMissing("implementation id"))?,
            lifecycle: all.lifecycle(labels.lifecycle)?,
            boot_seed,
            hardware: all.hardware(profile)?,
            verification_service: all.text(labels.verification_service, "verification service")?,
            software_components: all.components(profile)?,
            others: BTreeMap::new(),
        };
        strict::require(payload, "the payload")?;
        let others = all.rest();
        Ok(Self {
            others: others
                .map(|(label, item)| (label, HexBytes(item.to_vec())))
                .collect(),
            ..claims
        })
    }
}
