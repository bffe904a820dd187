// SPDX-License-Identifier: Apache-2.0
//! The Secure Partition Manager: takes the calls of the non-secure world, believes nothing in
//! them, and delivers what is left to a partition (FF-M 1.1 client API).
//!
//! * An address from a caller is an allegation. [`Memory::permits`] turns it into a
//!   [`ClientRange`], the only thing that can be read or written, and no reference to the
//!   caller's memory ever exists.
//! * Descriptors are copied once; buffers are read in order, each byte at most once. What the
//!   caller changes meanwhile can't contradict a check that was made.
//! * The checks stand in the order of FF-M: handle, version, policy, control word, counts,
//!   descriptors, vectors. Nothing of a refused call reaches a partition or the caller's
//!   memory.
//! * Everything is generic over the board's memory and table of partitions, so that the
//!   whole way of a call is known at compile time and the stack has a static bound.
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
