// SPDX-License-Identifier: Apache-2.0
//! The contract between clients, the Secure Partition Manager and the partitions.
//!
//! Everything here is shared by several sides bit by bit: status codes, handles, the control word
//! of `psa_call`, service identities, and the layout of the crypto, storage and attestation calls.
//! It contains no policy and has no dependencies, so that secure firmware, non-secure client and
//! host tests share it.
//!
//! Specifications: PSA Firmware Framework for M (FF-M) 1.0 with the 1.1 extensions, and PSA
//! Crypto API 1.2; the encoding of handles, control word and crypto calls is that of TF-M
//! v2.3, whose unmodified client library links with our veneers.
#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

pub mod attestation;
pub mod client;
pub mod crypto;
#[cfg(not(target_os = "none"))]
pub mod fake;
pub mod framework;
pub mod message;
pub mod quota;
pub mod service;
pub mod status;
pub mod storage;
pub mod update;

pub use client::{ClientId, ControlParameter, Handle};
pub use framework::{Framework, OutVector};
pub use message::{MappedInput, MappedOutput, Message, Partition};
pub use quota::Quota;
pub use status::Status;
