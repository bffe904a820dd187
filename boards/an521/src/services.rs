// SPDX-License-Identifier: Apache-2.0
//! The partitions of this firmware and the services they offer, and what the manager needs of
//! this board.
//!
//! The table is made from the profile's `[partitions]` and the manifests that it lists;
//! `partition_types` says what each partition is on this board.

use armv8m::memory::NonSecureMemory;
use armv8m::partition_cell::PartitionCell;
use armv8m::system;
use boot::boot_data;
use psa::{ClientId, Status};
use spm::{
    Call, Connection, Model, Partitions, Platform, SecureClient, Service, Spm, System,
    VersionPolicy,
};

use crate::config::spm::{BACKEND, Backend, CLIENT_ID_WORD, CONNECTIONS, CONNECTIONS_PER_CLIENT};
use crate::memory_map::BOOT_DATA;
use crate::partition_types;

include!(concat!(env!("OUT_DIR"), "/partitions.rs"));

/// This firmware image.
#[derive(Debug)]
pub struct Image;

impl System for Image {
    type Memory = NonSecureMemory;
    type Partitions = Services;
    type Backend = Model<{ matches!(BACKEND, Backend::Sfn) }>;
    type Platform = Board;
    type Connections = [Connection; ROOM_FOR_CONNECTIONS];
    const CONNECTIONS_PER_CLIENT: u32 = CONNECTIONS_PER_CLIENT as u32;
    const CLIENT_ID_WORD: Option<u32> = if CLIENT_ID_WORD == 0 {
        None
    } else {
        Some(CLIENT_ID_WORD)
    };
}

/// Whether the firmware has the partition with this client id.
pub const fn has_partition(id: i32) -> bool {
    let mut rest = <Services as Partitions<Image>>::IDS;
    while let [first, behind @ ..] = rest {
        if first.value() == id {
            return true;
        }
        rest = behind;
    }
    false
}

/// Where no service has connections, there is no room for any.
const ROOM_FOR_CONNECTIONS: usize = if ANY_CONNECTIONS { CONNECTIONS } else { 0 };

/// What the manager asks of the board.
#[derive(Debug)]
pub struct Board;

impl Platform for Board {
    #[inline(never)] // the board's own, whatever partition asks
    fn lifecycle_state(&self) -> u32 {
        boot_data::lifecycle(BOOT_DATA.bytes())
    }

    fn panic(&self) -> ! {
        system::fail()
    }
}

/// The manager that the gateways call.
pub static SPM: Spm<Image> = Spm::new(
    NonSecureMemory,
    Services::new(),
    Board,
    [const { Connection::free() }; ROOM_FOR_CONNECTIONS],
);
