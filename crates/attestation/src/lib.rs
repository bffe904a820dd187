// SPDX-License-Identifier: Apache-2.0
//! Initial Attestation: the partition that tells others what the device is and what runs on it
//! (PSA Attestation API 1.0; tokens by RFC 9783 or the older `PSA_IOT_PROFILE_1`).
//!
//! * `evidence` is what there is to tell: found once, when the partition starts, in the words
//!   of the boot ROM, which are checked against the image that runs.
//! * `claims` puts it into words, in the order that deterministic CBOR asks for, and knows
//!   beforehand how many bytes that takes.
//! * `token` puts the claims into a COSE_Mac0, in one pass: what goes to the caller goes to the
//!   Crypto service too, piece by piece, which makes the code with a key that is never seen here.
//! * `service` takes messages apart. [`Configuration`] is what a profile decides,
//!   [`EvidenceSource`] what the board knows.
//!
//! Nothing is read back from the caller's buffer, and a token that can't be finished is erased
//! from it. `docs/attestation.md` lists the claims, where they come from and what they cost.
#![cfg_attr(not(test), no_std)]

mod claims;
mod configuration;
mod evidence;
mod record;
mod service;
mod token;

pub use configuration::{Configuration, EvidenceSource, TokenProfile};

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
    /// The partition that knows nothing yet.
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
    /// Looks for the evidence. A device that lacks some starts nevertheless: whoever asks for a
    /// token is told.
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
