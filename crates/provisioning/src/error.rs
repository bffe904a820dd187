// SPDX-License-Identifier: Apache-2.0
//! Errors of an OTP area.

/// Why an OTP area cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The area is smaller than its layout.
    AreaTooSmall,
    /// The area is erased: the device was never provisioned.
    Blank,
    /// The area begins with something else.
    Foreign,
    /// The record has a version that this firmware does not know.
    UnknownVersion,
    /// The record states an impossible length.
    WrongLength,
    /// The record is damaged.
    WrongChecksum,
    /// The log of the lifecycle has no valid entry.
    LifecycleMissing,
    /// The lifecycle has a value that no state has.
    LifecycleUnknown,
    /// The log of the security counter has no valid entry.
    SecurityCounterMissing,
    /// The device is secured and one of its keys is published.
    SecuredWithDevelopmentKeys,
    /// The device was not given this.
    Absent,
}

impl Error {
    /// A short text for a console.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AreaTooSmall => "OTP area too small",
            Self::Blank => "OTP is blank, device not provisioned",
            Self::Foreign => "OTP holds something else",
            Self::UnknownVersion => "OTP version unknown",
            Self::WrongLength => "OTP record length wrong",
            Self::WrongChecksum => "OTP record damaged",
            Self::LifecycleMissing => "OTP lifecycle missing",
            Self::LifecycleUnknown => "OTP lifecycle unknown",
            Self::SecurityCounterMissing => "OTP security counter missing",
            Self::SecuredWithDevelopmentKeys => "development keys in a secured device",
            Self::Absent => "OTP lacks keys and names",
        }
    }
}

impl core::fmt::Display for Error {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl core::error::Error for Error {}
