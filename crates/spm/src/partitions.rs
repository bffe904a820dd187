// SPDX-License-Identifier: Apache-2.0
//! The partitions of an image: as targets of calls, and as clients of other partitions.

use psa::{ClientId, Status};

use crate::{call::Call, error::Error, manager::Spm, service::ServiceTable, system::System};

/// The partitions of a firmware image. The build generates the implementation from manifests.
pub trait Partitions<S: System<Partitions = Self>>: ServiceTable {
    /// Passes a call to the partition with this index, by [`Call::serve`].
    fn deliver(&self, partition: u8, call: Call<'_, S>) -> Status;

    /// Initialises the partition with this index, by [`Spm::init_partition`].
    fn init(&self, partition: u8, spm: &Spm<S>) -> Status;
}

/// A partition as a client of others: a type without values for each partition.
pub trait SecureClient<S: System> {
    /// The id of the partition; positive.
    const ID: ClientId;

    /// The ids of the services that its manifest names as dependencies.
    const DEPENDENCIES: &'static [u32];

    /// Passes a call to the partition with this index, which serves one of the dependencies. The
    /// default is for a partition without dependencies.
    fn deliver(_partitions: &S::Partitions, _partition: u8, _call: Call<'_, S>) -> Status {
        Error::Refused.into()
    }
}
