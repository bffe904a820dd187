// SPDX-License-Identifier: Apache-2.0
//! Initial Attestation: the partition that makes tokens about the device and its software (PSA
//! Attestation API 1.0; tokens by RFC 9783 or the older `PSA_IOT_PROFILE_1`).
//!
//! * `evidence` finds the data of the boot ROM once, when the partition starts, and checks them
//!   against the running image.
//! * `claims` encodes them in the order of deterministic CBOR, and computes the size beforehand.
//! * `token` puts the claims into a COSE_Mac0 in one pass. Each piece goes to the caller and to the
//!   Crypto service, which computes the MAC with a key that this partition never has.
//! * `service` decodes messages. [`Configuration`] is what a profile decides, [`EvidenceSource`]
//!   the data that a board provides.
//!
//! Nothing is read back from the caller's buffer, and a token that can't be finished is erased from
//! it. `docs/attestation.md` lists the claims, their sources and their cost.
#![cfg_attr(not(test), no_std)]

mod claims;
mod configuration;
mod evidence;
mod record;
mod service;
mod token;

pub use configuration::{Configuration, EvidenceSource, TokenProfile};
pub use record::is_record;

use core::marker::PhantomData;
use evidence::Evidence;
use psa::{Framework, Message, Partition, Status};

/// The Initial Attestation partition of a device.
#[derive(Debug)]
pub struct Attestation<P> {
    evidence: Option<Evidence>,
    room: token::Room,
    platform: PhantomData<P>,
}

impl<P: EvidenceSource> Attestation<P> {
    /// The partition before its start, without evidence.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            evidence: None,
            room: token::Room::new(),
            platform: PhantomData,
        }
    }
}

impl<P: EvidenceSource> Default for Attestation<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: EvidenceSource> Partition for Attestation<P> {
    /// Finds the evidence. Without it the partition starts too, and requests for tokens fail.
    fn init(&mut self, _framework: &impl Framework) -> Result<(), Status> {
        self.evidence = Evidence::find::<P>();
        Ok(())
    }

    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
        let Some(evidence) = &self.evidence else {
            return Status::SERVICE_FAILURE;
        };
        match service::call::<P>(evidence, &mut self.room, message, framework) {
            Ok(()) => Status::SUCCESS,
            Err(status) => status,
        }
    }
}

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
