// SPDX-License-Identifier: Apache-2.0
//! A device as its OTP area describes it: all of it for the boot ROM, single parts for the secure
//! firmware.

use crate::{
    area::Parts,
    error::Error,
    identity::Identity,
    lifecycle::Lifecycle,
    log,
    record::{self, Record},
    secrets::Secrets,
};

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
        let record = Record::read(parts.record)?;
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

impl<'a> Identity<'a> {
    /// The names in an OTP area that the boot ROM has checked: no second checksum is made.
    ///
    /// # Errors
    ///
    /// [`Error::Absent`] when the device was given no names; else what is wrong with the area.
    #[inline(never)]
    pub fn read(area: &'a [u8]) -> Result<Self, Error> {
        let record = Record::read_again(Parts::of(area)?.record)?;
        record.identity.ok_or(Error::Absent)
    }
}

impl<'a> Secrets<'a> {
    /// The keys in an OTP area that the boot ROM has checked: no second checksum is made.
    ///
    /// # Errors
    ///
    /// [`Error::Absent`] when the device was given no keys; else what is wrong with the area.
    pub fn read(area: &'a [u8]) -> Result<Self, Error> {
        let record = Record::read_again(Parts::of(area)?.record)?;
        record.secrets.ok_or(Error::Absent)
    }
}
