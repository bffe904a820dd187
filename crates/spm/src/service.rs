// SPDX-License-Identifier: Apache-2.0
//! The table of services and who may use them (FF-M 1.1, chapters on services and versions).
//!
//! The board's configuration emits the table; nothing else in the firmware knows which
//! services exist.

use psa::{ClientId, Status, client::StatelessHandle};

use crate::{call::Call, error::Error, manager::Spm, platform::System};

/// Which versions a client may ask for (`version_policy` of the manifest).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionPolicy {
    /// Exactly the version of the service.
    Strict,
    /// The version of the service or an older one.
    Relaxed,
}

/// One service, in the words of its manifest.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// Service id.
    pub sid: u32,
    /// Version.
    pub version: u32,
    /// Which versions clients may ask for.
    pub version_policy: VersionPolicy,
    /// Whether the non-secure world may use it.
    pub non_secure_clients: bool,
    /// Whether a client has to connect; if not, it is called by its stateless handle.
    pub connection_based: bool,
    /// The stateless handle, counted from one; zero for a connection-based service.
    pub stateless_handle: u8,
    /// Index of the partition, as [`Partitions::deliver`] takes it.
    pub partition: u8,
}

/// The partitions of a firmware image.
pub trait Partitions<S: System<Partitions = Self>> {
    /// All services, in any order.
    const SERVICES: &'static [Service];

    /// How many partitions there are. Their indices begin at zero, and each is higher than
    /// those of the partitions that it depends on.
    const COUNT: u8;

    /// Hands a call to the partition with this index, by [`Call::serve`].
    fn deliver(&self, partition: u8, call: Call<'_, S>) -> Status;

    /// Initialises the partition with this index, by [`Spm::init_partition`].
    fn init(&self, partition: u8, spm: &Spm<S>) -> Status;
}

impl Service {
    /// The service that a stateless handle names, whose version the caller may ask for and
    /// that serves the caller.
    pub(crate) fn admit(
        services: &'static [Self],
        client: ClientId,
        handle: StatelessHandle,
    ) -> Result<&'static Self, Error> {
        let service = services
            .iter()
            .find(|service| service.stateless_handle == handle.stateless_handle)
            .ok_or(Error::Programmer)?;
        if !service.offers(u32::from(handle.version)) {
            return Err(Error::Programmer);
        }
        if !service.serves(client) {
            return Err(Error::Refused);
        }
        Ok(service)
    }

    /// The service with this id, and its place in the table.
    pub(crate) fn find(services: &'static [Self], sid: u32) -> Option<(u8, &'static Self)> {
        (0..=u8::MAX)
            .zip(services)
            .find(|(_, service)| service.sid == sid)
    }

    /// Whether this client may use the service.
    pub(crate) const fn serves(&self, client: ClientId) -> bool {
        self.non_secure_clients || !client.is_non_secure()
    }

    /// Whether a client may ask for this version.
    pub(crate) const fn offers(&self, version: u32) -> bool {
        match self.version_policy {
            VersionPolicy::Strict => version == self.version,
            VersionPolicy::Relaxed => version <= self.version,
        }
    }
}
