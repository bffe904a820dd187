// SPDX-License-Identifier: Apache-2.0
//! The manager: its parts, and the lookup of handles.

use psa::{ClientId, Handle, Quota};

use crate::{
    backend::{Backend, MAX_PARTITIONS},
    connection::{self, Connection},
    error::Error,
    memory::{Access, ClientRange, Memory},
    open_call::OpenCall,
    service::{HandleTable, Service, ServiceTable},
    system::System,
};

/// The manager of one firmware image.
#[derive(Debug)]
pub struct Spm<S: System> {
    memory: S::Memory,
    pub(crate) partitions: S::Partitions,
    pub(crate) device: S::Device,
    connections: S::Connections,
    pub(crate) backend: S::Backend,
    pub(crate) open: OpenCall,
}

/// What a handle refers to: a service, and the connection if the service has connections.
pub(crate) struct Target<'a> {
    pub(crate) service: &'static Service,
    pub(crate) connection: Option<&'a Connection>,
}

impl<S: System> Spm<S> {
    /// Whether the image has a service with connections; if not, the image has no code for
    /// connections.
    const HAS_CONNECTIONS: bool = {
        let mut rest = S::Partitions::SERVICES;
        let mut any = false;
        while let Some((service, others)) = rest.split_first() {
            any |= service.connection_based;
            rest = others;
        }
        any
    };

    /// The services of the stateless handles.
    const HANDLES: HandleTable = HandleTable::new(S::Partitions::SERVICES);

    /// A manager. Its partitions refuse all calls until [`Spm::start`] has run. `connections` is
    /// an array of [`Connection::free`].
    pub const fn new(
        memory: S::Memory,
        partitions: S::Partitions,
        device: S::Device,
        connections: S::Connections,
    ) -> Self {
        const { assert!(S::Partitions::IDS.len() <= MAX_PARTITIONS as usize) };
        Self {
            memory,
            partitions,
            device,
            connections,
            backend: S::Backend::NEW,
            open: OpenCall::none(),
        }
    }

    /// The partitions that are managed.
    pub const fn partitions(&self) -> &S::Partitions {
        &self.partitions
    }

    /// The memory of the non-secure world.
    pub const fn memory(&self) -> &S::Memory {
        &self.memory
    }

    /// The device.
    pub const fn device(&self) -> &S::Device {
        &self.device
    }

    /// The client and the handle of the innermost call that is open, for the record of a fault.
    pub fn open_call(&self) -> Option<(ClientId, Handle)> {
        self.open.get()
    }

    /// The id of the partition that serves the innermost open call, for the record of a fault. It
    /// is derived from the handle, so that calls need not store it.
    pub fn serving(&self) -> Option<ClientId> {
        let (_, handle) = self.open.get()?;
        let place = match handle.decode_stateless() {
            Some(handle) => Self::HANDLES.find(handle.index),
            None if !Self::HAS_CONNECTIONS => return None,
            None => {
                let index = handle.decode_connection()?.index;
                let connection = self.connections.as_ref().get(usize::from(index))?;
                usize::from(connection.service())
            }
        };
        let service = S::Partitions::SERVICES.get(place)?;
        let id = S::Partitions::IDS.get(usize::from(service.partition));
        id.copied()
    }

    /// Restores the caller's own call when a nested one has ended.
    pub(crate) fn restore_open_call(&self, outer: Option<(ClientId, Handle)>) {
        if let Some((client, handle)) = outer {
            self.open.set(client, handle);
        }
    }

    /// The client id of a caller in the non-secure world: the one that the non-secure operating
    /// system keeps in [`System::CLIENT_ID_WORD`], or -1 if there is no such word. `None` if the
    /// caller may not read the word, or the word is not negative: the call must be refused,
    /// because any other id could have keys and data.
    pub fn non_secure_client(&self) -> Option<ClientId> {
        let Some(address) = S::CLIENT_ID_WORD else {
            return Some(ClientId::NON_SECURE);
        };
        let word = ClientRange::check(&self.memory, address, 4, Access::Read).ok()?;
        let mut bytes = [0; 4];
        self.memory.read(&word, 0, &mut bytes);
        let client = ClientId::new(i32::from_le_bytes(bytes));
        client.is_non_secure().then_some(client)
    }

    /// The target of a handle, if `client` may call it.
    #[inline(always)] // once for each kind of caller
    pub(crate) fn target(&self, client: ClientId, handle: Handle) -> Result<Target<'_>, Error> {
        if let Some(handle) = handle.decode_stateless() {
            let service = S::Partitions::SERVICES.get(Self::HANDLES.find(handle.index));
            return Ok(Target {
                service: service
                    .ok_or(Error::Programmer)?
                    .admit(client, handle.version)?,
                connection: None,
            });
        }
        let connection = self.connection(client, handle)?;
        if connection.is_terminated() {
            return Err(Error::Programmer);
        }
        self.connected(connection)
    }

    /// The client's own connection of this handle.
    pub(crate) fn connection(
        &self,
        client: ClientId,
        handle: Handle,
    ) -> Result<&Connection, Error> {
        if !Self::HAS_CONNECTIONS {
            return Err(Error::Programmer);
        }
        connection::find(self.connections.as_ref(), client, handle).ok_or(Error::Programmer)
    }

    /// The service of a connection.
    pub(crate) fn connected<'a>(&'a self, connection: &'a Connection) -> Result<Target<'a>, Error> {
        let service = S::Partitions::SERVICES.get(usize::from(connection.service()));
        Ok(Target {
            service: service.ok_or(Error::Programmer)?,
            connection: Some(connection),
        })
    }

    /// Takes an entry of the table of connections for a client.
    pub(crate) fn new_connection(
        &self,
        client: ClientId,
        service: u8,
    ) -> Result<(Handle, &Connection), Error> {
        if !Self::HAS_CONNECTIONS {
            return Err(Error::Refused);
        }
        let quota = Quota::new(S::CONNECTIONS_PER_CLIENT);
        connection::open(self.connections.as_ref(), client, service, quota)
    }
}
