// SPDX-License-Identifier: Apache-2.0
//! The partitions of this firmware and the services they offer.
//!
//! The table is made from the profile's `[partitions]` and the manifests that it lists;
//! `partition_types` says what each partition is on this board.

use armv8m::memory::NonSecureMemory;
use armv8m::partition_cell::PartitionCell;
use psa::{ClientId, Message, Partition, Status};
use spm::{Partitions, Service, Spm, VersionPolicy};

use crate::partition_types;

include!(concat!(env!("OUT_DIR"), "/partitions.rs"));

/// The manager that the gateways call.
pub static SPM: Spm<NonSecureMemory, Services> = Spm::new(NonSecureMemory, Services::new());

/// Hands a message to a partition, unless that is in the middle of another.
fn serve(partition: &PartitionCell<impl Partition>, message: &mut impl Message) -> Status {
    match partition.borrow() {
        Some(mut partition) => partition.call(message),
        None => Status::CONNECTION_BUSY,
    }
}
