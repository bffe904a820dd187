// SPDX-License-Identifier: Apache-2.0
//! The security lifecycle of a device, with the values of its attestation claim (PSA
//! Attestation API, security lifecycle).

use crate::error::Error;

/// The lifecycle state of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Lifecycle {
    /// The state is not known.
    Unknown = 0x0000,
    /// Being assembled and tested.
    AssemblyAndTest = 0x1000,
    /// Being given its secrets.
    Provisioning = 0x2000,
    /// In use.
    Secured = 0x3000,
    /// In use, with debugging of all but the root of trust.
    NonPsaRotDebug = 0x4000,
    /// In use, with debugging that it can recover from.
    RecoverablePsaRotDebug = 0x5000,
    /// Out of use for good.
    Decommissioned = 0x6000,
}

impl Lifecycle {
    /// All states.
    pub const ALL: [Self; 7] = [
        Self::Unknown,
        Self::AssemblyAndTest,
        Self::Provisioning,
        Self::Secured,
        Self::NonPsaRotDebug,
        Self::RecoverablePsaRotDebug,
        Self::Decommissioned,
    ];

    /// What the state is called in files, on command lines and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::AssemblyAndTest => "assembly_and_test",
            Self::Provisioning => "provisioning",
            Self::Secured => "secured",
            Self::NonPsaRotDebug => "non_psa_rot_debug",
            Self::RecoverablePsaRotDebug => "recoverable_psa_rot_debug",
            Self::Decommissioned => "decommissioned",
        }
    }

    /// The state of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether the device is in use and its root of trust is what others rely on. Debugging
    /// that its owner has opened does not change that.
    #[must_use]
    pub const fn is_secured(self) -> bool {
        matches!(
            self,
            Self::Secured | Self::NonPsaRotDebug | Self::RecoverablePsaRotDebug
        )
    }
}

impl TryFrom<u32> for Lifecycle {
    type Error = Error;

    fn try_from(value: u32) -> Result<Self, Error> {
        Ok(match value {
            0x0000 => Self::Unknown,
            0x1000 => Self::AssemblyAndTest,
            0x2000 => Self::Provisioning,
            0x3000 => Self::Secured,
            0x4000 => Self::NonPsaRotDebug,
            0x5000 => Self::RecoverablePsaRotDebug,
            0x6000 => Self::Decommissioned,
            _ => return Err(Error::LifecycleUnknown),
        })
    }
}
