// SPDX-License-Identifier: Apache-2.0
//! The layout of one-time programmable memory (OTP): what a device gets once in the factory, its
//! writer and its readers. `docs/provisioning.md` describes it for users.
//!
//! The area has four parts. Each has its own check for completeness, because each is written at
//! another time:
//!
//! | offset | content | written |
//! |---|---|---|
//! | `0x000` | [`record`]: keys, key hashes, names and flags, with a checksum | once |
//! | `0x1E0` | [`SigningKeys`]: a mark when the first signing key is revoked | once |
//! | `0x200` | [`log`] of the lifecycle, the greatest valid entry counts | at each change of state |
//! | `0x400` to the end | [`log`] of the security counter, the greatest valid entry counts | at each upgrade that raises it |
//!
//! * The factory writes an area with [`Parameters::encode`]. [`Device::read`] reads all of it for
//!   the boot ROM. [`Secrets`], [`Identity`], [`SigningKeys`], [`Lifecycle`] and [`DebugAccess`]
//!   read their own part.
//! * New fields are added at the end of the record. It contains its length, so firmware skips
//!   fields that it does not know, and treats missing ones as absent. A change that older firmware
//!   must not ignore needs a new version.
//! * All numbers are little endian. Each log entry fills [`log::ENTRY_BYTES`], the largest program
//!   unit of flash for OTP, so it is programmed in one step.
//!
//! Not here: programming the memory (a board) and generating keys (the tool).
//!
//! # Examples
//!
//! A device fresh from its factory:
//!
//! ```
//! use provisioning::{DebugAccess, Device, Lifecycle, Parameters, layout};
//!
//! let parameters = Parameters {
//!     public_key_hash: [0x11; 32],
//!     second_public_key_hash: None,
//!     has_development_signing_key: false,
//!     initial_attestation_key: [0x22; 32],
//!     hardware_unique_key: [0x33; 32],
//!     has_development_secrets: false,
//!     implementation_id: [0x44; 32],
//!     certification_reference: *b"0604565272829-10010",
//!     lifecycle: Lifecycle::Secured,
//!     security_counter: 1,
//! };
//! let mut otp = [0xFF; layout::MINIMUM_BYTES];
//! parameters.encode(&mut otp)?;
//!
//! let device = Device::read(&otp)?;
//! assert_eq!(device.public_key_hash, &[0x11; 32]);
//! assert_eq!(device.security_counter, 1);
//! assert_eq!(DebugAccess::of(&otp), DebugAccess::Nothing);
//! # Ok::<(), provisioning::Error>(())
//! ```
#![cfg_attr(not(test), no_std)]

pub mod identity;
pub mod layout;
pub mod log;
pub mod record;
pub mod secrets;

mod area;
mod checksum;
mod debug_access;
mod device;
mod error;
mod factory;
mod lifecycle;
mod signing_keys;

pub use debug_access::DebugAccess;
pub use device::Device;
pub use error::Error;
pub use factory::Parameters;
pub use identity::Identity;
pub use lifecycle::Lifecycle;
pub use secrets::Secrets;
pub use signing_keys::SigningKeys;

#[cfg(test)]
mod tests;
