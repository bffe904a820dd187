// SPDX-License-Identifier: Apache-2.0
//! The Secure Partition Manager: it checks the calls of the non-secure world and delivers them to
//! partitions (FF-M 1.1 client API).
//!
//! * An address from a caller is untrusted. [`Memory::permits`] checks it, and only the
//!   [`ClientRange`] that results can be read or written. No reference to the caller's memory
//!   exists.
//! * Descriptors are copied once; buffers are read in order, each byte at most once. Later changes
//!   by the caller can't invalidate a check (no time-of-check-to-time-of-use errors).
//! * The checks are in the order of FF-M: handle, version, policy, control word, counts,
//!   descriptors, vectors. A refused call reaches no partition and changes no memory of the
//!   caller.
//! * Everything is generic over the board's memory and the table of partitions, so that the
//!   whole path of a call is known at compile time and the stack has a static bound.
//!
//! Where to start: [`System`] is what an image is made of, [`Spm`] the manager, `client_api` the
//! path of a call from the non-secure world, `secure_call` that from a partition, [`Call`] the
//! message. [`fake::FakeMemory`](fake) has an example of a whole image.
//!
//! Not here: registers (`hardware/armv8m`), the veneers (`hardware/gateway`), and what services do.
#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

mod address;
mod backend;
mod call;
mod client_api;
mod connection;
mod delivery;
mod error;
#[cfg(not(target_os = "none"))]
pub mod fake;
mod framework;
mod manager;
mod mapped;
mod memory;
mod open_call;
mod partitions;
mod route;
mod secure_call;
mod service;
mod slices;
mod system;
mod vectors;

pub use address::AddressRange;
pub use backend::{Backend, library::Library, sfn::Sfn};
pub use call::Call;
pub use client_api::Request;
pub use connection::Connection;
pub use error::Error;
pub use framework::PartitionFramework;
pub use manager::Spm;
pub use mapped::{Input, Output};
pub use memory::{Access, ClientRange, Memory};
pub use partitions::{Partitions, SecureClient};
pub use service::{Service, ServiceTable, VersionPolicy};
pub use system::{DeviceControl, System};
