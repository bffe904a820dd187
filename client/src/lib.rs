// SPDX-License-Identifier: Apache-2.0
//! The non-secure side: the PSA client API for Rust applications.
//!
//! Principles:
//! * Safe types only: a slice in, a slice out; a status is a `Result`.
//! * The way into the secure world is a [`Gateway`]. On the device it is the five veneers
//!   (`veneers::Veneers`); a host test gives another one.
//! * An operation aborts itself when it is dropped, so that no context stays open in the
//!   secure world by mistake.
//!
//! An application calls with `&Veneers`, which only the device has:
//!
//! ```
//! use client::{Algorithm, Gateway, Status, hash, random};
//!
//! /// What an application does at its start; on the device it is `start(&Veneers)`.
//! fn start(secure: &impl Gateway) -> Result<[u8; 32], Status> {
//!     assert_eq!(secure.framework_version(), 0x0101);
//!     let mut seed = [0; 16];
//!     random::generate(secure, &mut seed)?;
//!     let mut digest = [0; 32];
//!     hash::compute(secure, Algorithm::SHA_256, &seed, &mut digest)?;
//!     Ok(digest)
//! }
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
pub mod its;
pub mod key;
pub mod mac;
pub mod random;
pub mod scheduling;
pub mod signature;
pub mod update;
#[cfg(target_arch = "arm")]
pub mod veneers;

pub use connection::Connection;
pub use gateway::{Gateway, InVector, OutVector};
pub use psa::Status;
pub use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Lifetime, Step, Usage};
