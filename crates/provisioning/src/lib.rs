// SPDX-License-Identifier: Apache-2.0
//! What a device is given once, in the factory: the layout of its one-time programmable
//! memory (OTP) and the reading of it.
//!
//! The area has four parts, each with its own way of telling that it is whole, because each
//! is written at another time:
//!
//! | offset | content | written |
//! |---|---|---|
//! | `0x000` | [`record`]: keys, key hashes, names and flags, with a checksum | once |
//! | `0x1E0` | [`signing_keys`]: a mark when the first signing key is revoked | once |
//! | `0x200` | [`log`] of the lifecycle, the greatest valid entry wins | at each change of state |
//! | `0x400` to the end | [`log`] of the security counter, the greatest valid entry wins | at each upgrade that raises it |
//!
//! The record grows only at its end: it states its own length, so firmware finds fields that
//! its device was not given yet to be absent, and skips those that it does not know. A
//! change that older firmware must not overlook takes a new version.
//!
//! All numbers are little endian. Every log entry fills [`log::ENTRY_BYTES`], the largest
//! program unit of flash that is supported, and is therefore programmed at once.
#![cfg_attr(not(test), no_std)]

pub mod identity;
pub mod lifecycle;
pub mod log;
pub mod record;
pub mod secrets;
pub mod signing_keys;

mod checksum;
mod error;

pub use error::Error;
pub use identity::Identity;
pub use lifecycle::{DebugAccess, Lifecycle};
pub use secrets::Secrets;
pub use signing_keys::SigningKeys;

/// Where the parts of the area stand, in bytes from its beginning.
pub mod layout {
    use core::ops::Range;

    /// The record that is written once.
    pub const RECORD: Range<usize> = 0x000..0x1E0;
    /// Erased, or the first signing key is revoked.
    pub const REVOCATION: Range<usize> = 0x1E0..0x200;
    /// The log of the lifecycle.
    pub const LIFECYCLE: Range<usize> = 0x200..0x400;
    /// The log of the security counter reaches from here to the end of the area.
    pub const SECURITY_COUNTER_START: usize = 0x400;
    /// An area must be at least as large.
    pub const MINIMUM_BYTES: usize = 0x800;
}

/// The identity of a device, read from its OTP area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device<'a> {
    /// SHA-256 of the public key that signs its firmware.
    pub public_key_hash: &'a [u8; record::HASH_BYTES],
    /// One of its keys is published: the device protects nothing.
    pub has_development_keys: bool,
    /// Where the device is in its life.
    pub lifecycle: Lifecycle,
    /// Firmware with a lower security counter is not started any more.
    pub security_counter: u32,
    /// Its keys, if it was given some.
    pub secrets: Option<Secrets<'a>>,
    /// Its names, if it was given some.
    pub identity: Option<Identity<'a>>,
}

impl<'a> Device<'a> {
    /// Reads an area and refuses all that is not whole: a device that does not know itself
    /// starts nothing, nor does one that would claim to be secured with published keys.
    ///
    /// # Errors
    ///
    /// Names the first part that is missing, foreign or damaged, or
    /// [`Error::SecuredWithDevelopmentKeys`].
    pub fn read(area: &'a [u8]) -> Result<Self, Error> {
        let parts = Parts::of(area)?;
        let record = record::Record::read(parts.record)?;
        let lifecycle = parts.lifecycle()?;
        let security_counter =
            log::greatest(parts.security_counter).ok_or(Error::SecurityCounterMissing)?;
        let has_development_keys = record.flags
            & (record::FLAG_DEVELOPMENT_SIGNING_KEY | record::FLAG_DEVELOPMENT_SECRETS)
            != 0;
        if has_development_keys && lifecycle.is_secured() {
            return Err(Error::SecuredWithDevelopmentKeys);
        }
        Ok(Self {
            public_key_hash: record.public_key_hash,
            has_development_keys,
            lifecycle,
            security_counter,
            secrets: record.secrets,
            identity: record.identity,
        })
    }
}

/// What the factory decides for a device.
#[derive(Clone, PartialEq, Eq)]
pub struct Parameters {
    /// SHA-256 of the public key that signs the firmware.
    pub public_key_hash: [u8; record::HASH_BYTES],
    /// SHA-256 of a second one.
    pub second_public_key_hash: Option<[u8; record::HASH_BYTES]>,
    /// Marks a device whose signing key is published.
    pub has_development_signing_key: bool,
    /// The initial attestation key.
    pub initial_attestation_key: [u8; secrets::KEY_BYTES],
    /// The hardware unique key.
    pub hardware_unique_key: [u8; secrets::KEY_BYTES],
    /// Marks a device one of whose own keys is published.
    pub has_development_secrets: bool,
    /// The implementation id.
    pub implementation_id: [u8; identity::IMPLEMENTATION_ID_BYTES],
    /// The certification reference, as [`identity::certification_reference`] makes it.
    pub certification_reference: [u8; identity::CERTIFICATION_REFERENCE_BYTES],
    /// The state in which the device leaves the factory.
    pub lifecycle: Lifecycle,
    /// The lowest security counter of firmware that may ever run on it.
    pub security_counter: u32,
}

impl Parameters {
    /// Fills `area` as it is on a device fresh from the factory.
    ///
    /// # Errors
    ///
    /// [`Error::AreaTooSmall`] when the area does not hold all parts; it is unchanged then.
    pub fn encode(&self, area: &mut [u8]) -> Result<(), Error> {
        if area.len() < layout::MINIMUM_BYTES {
            return Err(Error::AreaTooSmall);
        }
        area.fill(record::ERASED);
        place(area, layout::RECORD.start, &record::encode(self));
        place(
            area,
            layout::LIFECYCLE.start,
            &log::encode(self.lifecycle as u32),
        );
        place(
            area,
            layout::SECURITY_COUNTER_START,
            &log::encode(self.security_counter),
        );
        Ok(())
    }
}

fn place(area: &mut [u8], offset_bytes: usize, value: &[u8]) {
    area.iter_mut()
        .skip(offset_bytes)
        .zip(value)
        .for_each(|(to, from)| *to = *from);
}

struct Parts<'a> {
    record: &'a [u8],
    revocation: &'a [u8],
    lifecycle: &'a [u8],
    security_counter: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(area: &'a [u8]) -> Result<Self, Error> {
        if area.len() < layout::MINIMUM_BYTES {
            return Err(Error::AreaTooSmall);
        }
        let part = |range| {
            area.get::<core::ops::Range<usize>>(range)
                .ok_or(Error::AreaTooSmall)
        };
        Ok(Self {
            record: part(layout::RECORD)?,
            revocation: part(layout::REVOCATION)?,
            lifecycle: part(layout::LIFECYCLE)?,
            security_counter: part(layout::SECURITY_COUNTER_START..area.len())?,
        })
    }

    fn lifecycle(&self) -> Result<Lifecycle, Error> {
        Lifecycle::try_from(self.lifecycle_value().ok_or(Error::LifecycleMissing)?)
    }

    /// A life goes forward: whatever is written behind a later state does not lead back to an
    /// earlier one, and does not open the debug port again.
    fn lifecycle_value(&self) -> Option<u32> {
        log::greatest(self.lifecycle)
    }
}

#[cfg(test)]
mod tests;
