// SPDX-License-Identifier: Apache-2.0
//! Entropy for a device without a source of its own: a secret seed that it is given in its
//! factory, kept in flash, and replaced whenever entropy is taken from it (NIST SP 800-90A,
//! 8.6.5, allows a seed from outside; NIST SP 800-90C calls this a chain of generators).
//!
//! * `record` is how a seed stands in flash and shows that it is whole.
//! * [`SeedStore`] takes entropy from a [`flash::Flash`] of two slots: it derives two secrets from
//!   the seed, one to give out and one to be the next seed. The next seed is in flash and was read
//!   back, and only then the last one is erased. Both happen *before* anything is given out, so
//!   that no seed is used twice, whenever the power is cut.
//! * `derive` makes the secrets.
//!
//! The first seed is all the entropy that there ever is. Who reads the flash once learns nothing of
//! what was given out before, and all that is given out from then on: each seed follows from the
//! last one. No key of the device is mixed in, for it would stand in the same flash. So the slots
//! have to be memory that only the firmware can read.
//!
//! Two slots take turns, each erased as a whole: entropy that is taken costs one erasure, of the
//! slot that was used, and each slot is erased every second time.
//!
//! Not here: a generator in hardware. A board that has one does not need this crate.
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
