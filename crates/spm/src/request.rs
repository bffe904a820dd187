// SPDX-License-Identifier: Apache-2.0
//! The client API of FF-M as the gateway calls it.

use psa::{ClientId, ControlParameter, Handle, Status};

use crate::{
    error::Error,
    library::LibraryMessage,
    memory::Memory,
    open_call::OpenCall,
    service::{Partitions, Service},
    vectors::{EMPTY_STORAGE, Vectors},
};

/// The arguments of `psa_call` as they came through the gateway, nothing of them checked but
/// the client, whom the gateway names.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The caller.
    pub client: ClientId,
    /// `handle`.
    pub handle: u32,
    /// `ctrl_param`.
    pub control: u32,
    /// Address of the array of `psa_invec`.
    pub in_vectors: u32,
    /// Address of the array of `psa_outvec`.
    pub out_vectors: u32,
}

/// The manager of one firmware image.
#[derive(Debug)]
pub struct Spm<M, P> {
    memory: M,
    partitions: P,
    open: OpenCall,
}

impl<M: Memory, P: Partitions> Spm<M, P> {
    /// A manager of `partitions` for callers in `memory`.
    pub const fn new(memory: M, partitions: P) -> Self {
        Self {
            memory,
            partitions,
            open: OpenCall::none(),
        }
    }

    /// The partitions that are managed.
    pub const fn partitions(&self) -> &P {
        &self.partitions
    }

    /// The memory of the callers.
    pub const fn memory(&self) -> &M {
        &self.memory
    }

    /// The client and the handle of the call that is open, for the record of a fault.
    pub fn open_call(&self) -> Option<(ClientId, Handle)> {
        self.open.get()
    }

    /// Answers `psa_version`: zero for a service that does not exist for this client.
    pub fn version(&self, client: ClientId, sid: u32) -> u32 {
        match Service::find(P::SERVICES, sid) {
            Some(service) if service.serves(client) => service.version,
            _ => psa::client::VERSION_NONE,
        }
    }

    /// Answers `psa_connect`. Connecting to a stateless service is an error of the
    /// programmer; the Library model has no other services, so all else is refused.
    pub fn connect(&self, client: ClientId, sid: u32) -> Status {
        let error = match Service::find(P::SERVICES, sid) {
            Some(service) if service.serves(client) && !service.connection_based => {
                Error::Programmer
            }
            _ => Error::Refused,
        };
        error.into()
    }

    /// Answers `psa_close`. There are no connections, so only the null handle can be closed,
    /// which does nothing.
    pub fn close(&self, handle: u32) -> Status {
        if Handle::from_bits(handle) == Handle::NULL {
            Status::SUCCESS
        } else {
            Error::Programmer.into()
        }
    }

    /// Answers `psa_call`.
    pub fn call(&self, request: Request) -> Status {
        self.try_call(request).unwrap_or_else(Status::from)
    }

    fn try_call(&self, request: Request) -> Result<Status, Error> {
        let handle = Handle::from_bits(request.handle);
        let service = Service::admit(P::SERVICES, request.client, handle)?;
        let control = ControlParameter::decode(request.control).ok_or(Error::Programmer)?;
        let mut storage = EMPTY_STORAGE;
        let vectors = Vectors::collect(
            &mut storage,
            &self.memory,
            control,
            request.in_vectors,
            request.out_vectors,
        )?;
        let message_type = control.message_type();
        let mut message = LibraryMessage::new(&self.memory, request.client, message_type, vectors);
        self.open.set(request.client, handle);
        let status = self.partitions.deliver(service.partition, &mut message);
        self.open.clear();
        message.close();
        Ok(status)
    }
}
