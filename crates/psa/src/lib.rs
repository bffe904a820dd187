// SPDX-License-Identifier: Apache-2.0
//! The contract between clients, the Secure Partition Manager and the partitions.
//!
//! Everything here is a definition that both sides of an interface use: status codes, handles,
//! the control word of `psa_call`, service identities, the layout of the calls of each service,
//! and the traits between the manager and a partition.
//!
//! * `client`, `status`, `service`: what a call consists of.
//! * `crypto`, `storage`, `attestation`, `update`: the calls of each service.
//! * `message`, `framework`: what a partition sees. `quota`: a limit for each client.
//! * `fake`: the surroundings of a partition in a test on the host.
//!
//! Not here: policy, state and code of services. The crate has no dependencies, so the secure
//! firmware, the non-secure client and host tests all use it.
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
