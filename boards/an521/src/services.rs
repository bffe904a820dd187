// SPDX-License-Identifier: Apache-2.0
//! The partitions of this firmware and the services they offer.

use armv8m::memory::NonSecureMemory;
use armv8m::partition_cell::PartitionCell;
use crypto::Crypto;
use psa::{Message, Partition, Status};
use spm::{Partitions, Service, Spm, VersionPolicy};

use crate::config;

/// The state of all partitions.
pub struct Services {
    crypto: PartitionCell<Crypto<{ config::crypto::CONCURRENT_OPERATIONS }>>,
}

/// Index of the Crypto partition.
const CRYPTO: u8 = 0;

/// The manager that the gateways call.
pub static SPM: Spm<NonSecureMemory, Services> = Spm::new(
    NonSecureMemory,
    Services {
        crypto: PartitionCell::new(Crypto::new()),
    },
);

impl Partitions for Services {
    const SERVICES: &'static [Service] = &[Service {
        sid: psa::service::CRYPTO.sid,
        version: psa::service::CRYPTO.version as u32,
        version_policy: VersionPolicy::Strict,
        non_secure_clients: true,
        connection_based: false,
        stateless_handle: psa::service::CRYPTO.stateless_handle,
        partition: CRYPTO,
    }];

    fn deliver(&self, partition: u8, message: &mut impl Message) -> Status {
        match partition {
            CRYPTO => match self.crypto.borrow() {
                Some(mut crypto) => crypto.call(message),
                None => Status::CONNECTION_BUSY,
            },
            _ => Status::PROGRAMMER_ERROR,
        }
    }
}
