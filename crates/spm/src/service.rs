// SPDX-License-Identifier: Apache-2.0
//! The table of services and who may use them (FF-M 1.1, chapters on services and versions).
//!
//! The build generates the table from manifests. Nothing else in the firmware knows which services
//! exist.

use psa::ClientId;

use crate::error::Error;

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
    /// Whether the service may map vectors (`mm_iovec`).
    pub mapped_vectors: bool,
    /// The stateless handle, counted from one; zero for a connection-based service.
    pub stateless_handle: u8,
    /// Index of the partition, as [`Partitions::deliver`](crate::Partitions::deliver) takes it.
    pub partition: u8,
}

/// The services and partitions of a firmware image, by their numbers.
pub trait ServiceTable {
    /// All services, in any order.
    const SERVICES: &'static [Service];

    /// The ids of the partitions, at most 32, by index. The index of a partition is higher than
    /// those of the partitions that it depends on.
    const IDS: &'static [ClientId];
}

/// Stateless handles end here (FF-M 1.1: from 1 to 32).
const MAX_STATELESS_HANDLE: usize = 32;

/// The index in the table of services for each stateless handle. There is no search, so a call
/// takes the same time with any number of services.
#[derive(Debug)]
pub(crate) struct HandleTable([u8; MAX_STATELESS_HANDLE]);

impl HandleTable {
    const NOWHERE: u8 = u8::MAX;

    /// The table for `services`, made at compile time, where a service that breaks the rules of
    /// the manifest is an error.
    pub(crate) const fn new(services: &[Service]) -> Self {
        let mut table = [Self::NOWHERE; MAX_STATELESS_HANDLE];
        assert!(services.len() < Self::NOWHERE as usize);
        let mut index = 0;
        while index < services.len() {
            let handle = services[index].stateless_handle as usize;
            assert!(services[index].connection_based == (handle == 0));
            if handle != 0 {
                assert!(table[handle - 1] == Self::NOWHERE);
                table[handle - 1] = index as u8;
            }
            index += 1;
        }
        Self(table)
    }

    /// The index of the service with this handle, which counts from zero.
    pub(crate) fn find(&self, index: u8) -> usize {
        match self.0.get(usize::from(index)) {
            Some(place) => usize::from(*place),
            None => usize::from(Self::NOWHERE),
        }
    }
}

impl Service {
    /// The same service, if a client may ask for this version of it and it serves the client.
    pub(crate) fn admit(
        &'static self,
        client: ClientId,
        version: u8,
    ) -> Result<&'static Self, Error> {
        if !self.offers(u32::from(version)) {
            return Err(Error::Programmer);
        }
        if !self.serves(client) {
            return Err(Error::Refused);
        }
        Ok(self)
    }

    /// The service with this id.
    pub(crate) fn find(services: &'static [Self], sid: u32) -> Option<&'static Self> {
        services.iter().find(|service| service.sid == sid)
    }

    /// Whether this client may use the service.
    pub(crate) const fn serves(&self, client: ClientId) -> bool {
        self.non_secure_clients || !client.is_non_secure()
    }

    /// Whether a client may ask for this version.
    pub(crate) const fn offers(&self, version: u32) -> bool {
        let most_behind = match self.version_policy {
            VersionPolicy::Strict => 0,
            VersionPolicy::Relaxed => self.version,
        };
        // A version above the service's own wraps around, to more than any distance allowed.
        self.version.wrapping_sub(version) <= most_behind
    }
}
