// SPDX-License-Identifier: Apache-2.0
//! The two profiles of a token: the same claims under different labels.

use crate::error::Error;
use serde::{Serialize, Serializer};
use std::fmt;

/// A profile of PSA attestation tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// `tag:psacertified.org,2023:psa#tfm` (RFC 9783).
    Rfc9783,
    /// `PSA_IOT_PROFILE_1`, before the claims were registered.
    PsaIot1,
}

/// Labels of the claims in one profile.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Labels {
    pub(crate) profile: i64,
    pub(crate) client_id: i64,
    pub(crate) lifecycle: i64,
    pub(crate) implementation_id: i64,
    pub(crate) boot_seed: i64,
    pub(crate) hardware: i64,
    pub(crate) software_components: i64,
    /// Only one of the profiles can say that nothing was measured.
    pub(crate) no_software_measurements: Option<i64>,
    pub(crate) challenge: i64,
    pub(crate) instance_id: i64,
    pub(crate) verification_service: i64,
}

const RFC_9783: Labels = Labels {
    profile: 265,
    client_id: 2394,
    lifecycle: 2395,
    implementation_id: 2396,
    boot_seed: 268,
    hardware: 2398,
    software_components: 2399,
    no_software_measurements: None,
    challenge: 10,
    instance_id: 256,
    verification_service: 2400,
};

const PSA_IOT_1: Labels = Labels {
    profile: -75000,
    client_id: -75001,
    lifecycle: -75002,
    implementation_id: -75003,
    boot_seed: -75004,
    hardware: -75005,
    software_components: -75006,
    no_software_measurements: Some(-75007),
    challenge: -75008,
    instance_id: -75009,
    verification_service: -75010,
};

impl Labels {
    /// Every label of the profile.
    pub(crate) fn all(&self) -> Vec<i64> {
        let mut all = vec![
            self.profile,
            self.client_id,
            self.lifecycle,
            self.implementation_id,
            self.boot_seed,
            self.hardware,
            self.software_components,
            self.challenge,
            self.instance_id,
            self.verification_service,
        ];
        all.extend(self.no_software_measurements);
        all
    }
}

impl Profile {
    /// Both, the one that devices should use first.
    pub const ALL: [Self; 2] = [Self::Rfc9783, Self::PsaIot1];

    /// What the token calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rfc9783 => "tag:psacertified.org,2023:psa#tfm",
            Self::PsaIot1 => "PSA_IOT_PROFILE_1",
        }
    }

    pub(crate) const fn labels(self) -> &'static Labels {
        match self {
            Self::Rfc9783 => &RFC_9783,
            Self::PsaIot1 => &PSA_IOT_1,
        }
    }

    /// How many bytes the boot seed may have.
    pub(crate) const fn boot_seed_bytes(self) -> std::ops::RangeInclusive<usize> {
        match self {
            Self::Rfc9783 => 8..=32,
            Self::PsaIot1 => 32..=32,
        }
    }

    /// Whether the boot seed has to be there.
    pub(crate) const fn requires_boot_seed(self) -> bool {
        matches!(self, Self::PsaIot1)
    }

    /// The profile of this name.
    ///
    /// # Errors
    /// [`Error::ProfileUnknown`].
    pub fn of_name(name: &str) -> Result<Self, Error> {
        let mut all = Self::ALL.into_iter();
        all.find(|profile| profile.name() == name)
            .ok_or_else(|| Error::ProfileUnknown(name.to_owned()))
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for Profile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
