// SPDX-License-Identifier: Apache-2.0
//! Initial Attestation: tokens that prove what the device is and what runs on it (PSA Attestation
//! API 1.0; tokens by RFC 9783 or the older `PSA_IOT_PROFILE_1`).
//!
//! * `evidence`: what the boot ROM has measured. The partition reads it once at start and compares
//!   it with the running image.
//! * `claims`: the claims in the order of deterministic CBOR, with their size known in advance.
//! * `token`: a COSE_Mac0 in one pass. Each part goes to the caller and to the Crypto service,
//!   which computes the MAC with a key that this partition never sees.
//! * `service`: decodes messages. [`Configuration`] has the decisions of a profile,
//!   [`EvidenceSource`] the data of the board.
//!
//! The buffer of the caller is never read back, and a token that can't be finished is erased.
//! `docs/attestation.md` lists the claims, their sources and their cost.
//!
//! Not here: measuring (the boot ROM, `boot`), the key (`crypto`), verification (`token_verifier`).
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
