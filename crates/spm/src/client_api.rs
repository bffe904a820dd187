// SPDX-License-Identifier: Apache-2.0
//! The client API of FF-M as the gateway calls it, for the non-secure world.

use psa::{
    ClientId, ControlParameter, Handle, Status,
    message::{CONNECT, DISCONNECT},
};

use crate::{
    call::Call,
    error::Error,
    manager::{Spm, Target},
    partitions::Partitions,
    route::{Outside, Route},
    service::{Service, ServiceTable},
    system::System,
    vectors::{EMPTY_STORAGE, Vectors},
};

/// The arguments of `psa_call` from the gateway. Only the client is certain: the gateway
/// determines it. The rest is unchecked.
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

impl<S: System> Spm<S> {
    /// Answers `psa_version`: zero for a service that does not exist for this client.
    pub fn version(&self, client: ClientId, sid: u32) -> u32 {
        match Service::find(S::Partitions::SERVICES, sid) {
            Some(service) if service.serves(client) => service.version,
            _ => psa::client::VERSION_NONE,
        }
    }
}

impl<S: System<Partitions: Partitions<S>>> Spm<S> {
    /// Answers `psa_connect`: a handle, which is positive, or the status of an error.
    pub fn connect(&self, client: ClientId, sid: u32, version: u32) -> i32 {
        match self.try_connect::<Outside>(client, sid, version) {
            Ok(handle) => handle.bits() as i32,
            Err(error) => Status::from(error).0,
        }
    }

    /// Answers `psa_close`.
    pub fn close(&self, client: ClientId, handle: u32) -> Status {
        let handle = Handle::from_bits(handle);
        match self.try_close::<Outside>(client, handle) {
            Ok(()) => Status::SUCCESS,
            Err(error) => error.into(),
        }
    }

    /// Answers `psa_call`.
    pub fn call(&self, request: Request) -> Status {
        self.try_call(request).unwrap_or_else(Status::from)
    }

    fn try_call(&self, request: Request) -> Result<Status, Error> {
        let handle = Handle::from_bits(request.handle);
        let target = self.target(request.client, handle)?;
        let control = ControlParameter::decode(request.control).ok_or(Error::Programmer)?;
        let mut storage = EMPTY_STORAGE;
        let mut vectors = Vectors::of(&mut storage, control);
        let out_array = vectors.collect(self.memory(), request.in_vectors, request.out_vectors)?;
        let call = Call {
            spm: self,
            client: request.client,
            message_type: control.message_type(),
            service: target.service,
            vectors,
            slices: None,
            connection: target.connection,
        };
        let status = self.deliver::<Outside>(handle, call)?;
        if control.out_count() != 0 {
            Vectors::of(&mut storage, control).return_lengths(self.memory(), &out_array);
        }
        Ok(status)
    }
}

impl<S: System> Spm<S> {
    /// Opens a connection if the service accepts it. Every status of the service except success,
    /// "busy" and "programmer error" is a refusal.
    pub(crate) fn try_connect<R: Route<S>>(
        &self,
        client: ClientId,
        sid: u32,
        version: u32,
    ) -> Result<Handle, Error> {
        let mut services = (0..=u8::MAX).zip(S::Partitions::SERVICES);
        let found = services.find(|(_, service)| service.sid == sid);
        let (index, service) = found.ok_or(Error::Refused)?;
        if !service.serves(client) {
            return Err(Error::Refused);
        }
        if !service.connection_based {
            return Err(Error::Programmer);
        }
        if !service.offers(version) {
            return Err(Error::Refused);
        }
        let (handle, connection) = self.new_connection(client, index)?;
        let target = Target {
            service,
            connection: Some(connection),
        };
        let outcome = match self.notify::<R>(&target, client, handle, CONNECT) {
            Ok(Status::SUCCESS) => return Ok(handle),
            Ok(Status::CONNECTION_BUSY) => Error::Busy,
            Ok(Status::PROGRAMMER_ERROR) => Error::Programmer,
            Ok(_) => Error::Refused,
            Err(error) => error,
        };
        connection.release();
        Err(outcome)
    }

    /// Ends a connection. The service is notified, and its status has no effect.
    pub(crate) fn try_close<R: Route<S>>(
        &self,
        client: ClientId,
        handle: Handle,
    ) -> Result<(), Error> {
        if handle == Handle::NULL {
            return Ok(());
        }
        let connection = self.connection(client, handle)?;
        let target = self.connected(connection)?;
        let outcome = self.notify::<R>(&target, client, handle, DISCONNECT);
        connection.release();
        outcome.map(|_| ())
    }

    /// Delivers a message about a connection, which has no vectors.
    #[inline(never)] // once for connecting and closing
    fn notify<R: Route<S>>(
        &self,
        target: &Target<'_>,
        client: ClientId,
        handle: Handle,
        message_type: i32,
    ) -> Result<Status, Error> {
        let mut storage = EMPTY_STORAGE;
        let call = Call {
            spm: self,
            client,
            message_type,
            service: target.service,
            vectors: Vectors::of(&mut storage, ControlParameter::BARE),
            slices: None,
            connection: target.connection,
        };
        self.deliver::<R>(handle, call)
    }
}
