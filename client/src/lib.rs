// SPDX-License-Identifier: Apache-2.0
//! The PSA client API for non-secure Rust applications.
//!
//! Principles:
//! * Safe types only: a slice in, a slice out; a status is a `Result`.
//! * The way into the secure world is a [`Gateway`]. On the device it is the five secure entry
//!   functions (`veneers::Veneers`); on the host it is a fake.
//! * Dropping an operation aborts it, so that no context stays open in the secure world.
//!
//! Here is one module for each service, named like the group of PSA functions that it has, and
//! [`scheduling`] for operating systems. Not here: the services themselves (`crates/`), start-up
//! code and the console of a board (`firmware/nonsecure`), and the C library (`client/c`).
//!
//! # Examples
//! On the device an application passes `&Veneers`. The examples of this crate run on the host,
//! with the real services in place of the secure world:
//! ```
//! use client::{Algorithm, Gateway, Status, hash, random};
//!
//! fn start(secure: &impl Gateway) -> Result<[u8; 32], Status> {
//!     assert_eq!(secure.framework_version(), 0x0101);
//!     let mut seed = [0; 16];
//!     random::generate(secure, &mut seed)?;
//!     let mut digest = [0; 32];
//!     hash::compute(secure, Algorithm::SHA_256, &seed, &mut digest)?;
//!     Ok(digest)
//! }
//!
//! let secure = fake_device::FakeDevice::new();
//! assert!(start(&secure).is_ok());
//! ```
//!
//! Specifications: FF-M 1.1 client API; PSA Crypto API 1.2; PSA Secure Storage API 1.0;
//! PSA Attestation API 1.0; PSA Firmware Update API 1.0.
#![cfg_attr(not(test), no_std)]

pub mod aead;
pub mod agreement;
pub mod attestation;
pub mod cipher;
pub mod connection;
mod crypto;
pub mod derivation;
pub mod diagnostics;
pub mod gateway;
pub mod hash;
#[cfg(not(target_arch = "arm"))]
mod host;
pub mod its;
pub mod key;
pub mod mac;
mod operation;
pub mod random;
pub mod scheduling;
pub mod signature;
pub mod update;
#[cfg(target_arch = "arm")]
mod vectors;
#[cfg(target_arch = "arm")]
pub mod veneers;

pub use connection::Connection;
pub use gateway::{Gateway, InVector, OutVector};
pub use psa::Status;
pub use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Lifetime, Step, Usage};
