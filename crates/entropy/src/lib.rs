// SPDX-License-Identifier: Apache-2.0
//! Entropy for a device without a hardware source: a secret seed from the factory, kept in flash,
//! and replaced by each request (NIST SP 800-90A, 8.6.5, allows an external seed; NIST SP 800-90C
//! calls this a chain of generators).
//!
//! * `record`: the format of a seed in flash, with a check that it is complete.
//! * [`SeedStore`]: serves entropy from a [`flash::Flash`] of two slots. It derives two secrets
//!   from the seed: the output and the next seed. The next seed is written and read back, then the
//!   last one is erased. Both happen *before* the output is returned, so that no seed is used
//!   twice, at any power cut.
//! * `derive`: derives the secrets.
//!
//! The first seed is the only entropy of the device. Someone who reads the flash once learns
//! nothing about earlier output, and everything about later output, because each seed follows from
//! the last one. No key of the device is mixed in, because it would be in the same flash. So the
//! slots must be memory that only the firmware can read.
//!
//! The slots are used alternately. A request costs one erasure, of the slot that was in use.
//!
//! Not here: a hardware generator. A board with one does not need this crate.
//!
//! # Examples
//!
//! ```
//! use entropy::{SEED_BYTES, SeedStore, first_record};
//! use flash::{Flash, Geometry, fake::RamFlash};
//! use primitives::hash_drbg::Entropy;
//!
//! let geometry = Geometry { sector_count: 2, sector_bytes: 4096, program_unit_bytes: 4 };
//! let mut area = RamFlash::new(geometry);
//! area.program(0, &first_record([0x5A; SEED_BYTES]))?; // in the factory, from a random number
//!
//! let mut source: SeedStore<_> = SeedStore::new(area);
//! let mut output = [0; 48];
//! source.fill(&mut output).expect("entropy");
//! # Ok::<(), flash::Error>(())
//! ```
#![no_std]

#[cfg(test)]
extern crate std;

mod derive;
mod record;
mod seed_store;

pub use record::{RECORD_BYTES, SEED_BYTES, first_record};
pub use seed_store::SeedStore;
