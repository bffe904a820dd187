// SPDX-License-Identifier: Apache-2.0
//! Partitions as clients: calls from one partition to another.
//!
//! A partition calls in its own name and reaches only the services that its manifest names. Both
//! are part of the type: the dependencies of a partition are known at compile time and have no
//! cycles, so calls have none, and the stack has a static bound.

use core::marker::PhantomData;

use psa::{Framework, Handle, OutVector, Status, client::VERSION_NONE};

use crate::{
    error::Error,
    manager::Spm,
    partitions::SecureClient,
    route::Inside,
    system::{DeviceControl, System},
};

/// The framework in the name of partition `C`.
pub struct PartitionFramework<'a, S: System, C> {
    spm: &'a Spm<S>,
    client: PhantomData<C>,
}

impl<'a, S: System, C> PartitionFramework<'a, S, C> {
    pub(crate) const fn new(spm: &'a Spm<S>) -> Self {
        Self {
            spm,
            client: PhantomData,
        }
    }
}

impl<S: System, C: SecureClient<S>> PartitionFramework<'_, S, C> {
    /// A programming error stops the partition; it gets any other error as a status.
    fn status(&self, error: Error) -> Status {
        match error {
            Error::Programmer => self.panic(),
            _ => error.into(),
        }
    }
}

impl<S: System, C: SecureClient<S>> Framework for PartitionFramework<'_, S, C> {
    fn version(&self, sid: u32) -> u32 {
        if C::DEPENDENCIES.contains(&sid) {
            self.spm.version(C::ID, sid)
        } else {
            VERSION_NONE
        }
    }

    fn connect(&self, sid: u32, version: u32) -> Result<Handle, Status> {
        let outcome = if C::DEPENDENCIES.contains(&sid) {
            self.spm.try_connect::<Inside<C>>(C::ID, sid, version)
        } else {
            Err(Error::Refused)
        };
        outcome.map_err(|error| self.status(error))
    }

    fn call(
        &self,
        handle: Handle,
        message_type: i16,
        inputs: &[&[u8]],
        outputs: &mut [OutVector<'_>],
    ) -> Status {
        let outcome = self
            .spm
            .call_from_secure::<C>(handle, message_type, inputs, outputs);
        outcome.unwrap_or_else(|error| self.status(error))
    }

    fn close(&self, handle: Handle) {
        if let Err(error) = self.spm.try_close::<Inside<C>>(C::ID, handle) {
            self.status(error);
        }
    }

    fn lifecycle_state(&self) -> u32 {
        self.spm.device().lifecycle_state()
    }

    fn panic(&self) -> ! {
        self.spm.device().panic()
    }
}
