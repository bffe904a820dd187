// SPDX-License-Identifier: Apache-2.0
//! Delivery of a message to a partition, and the start of partitions.

use core::ops::DerefMut;

use psa::{Handle, Partition, Status};

use crate::{
    backend::{Backend, MAX_PARTITIONS},
    call::Call,
    error::Error,
    framework::PartitionFramework,
    manager::Spm,
    partitions::{Partitions, SecureClient},
    route::Route,
    service::ServiceTable,
    system::System,
};

impl<S: System> Spm<S> {
    /// Initialises the partitions, each after those that it depends on. A partition that fails
    /// to start refuses all calls until the next boot. A partition that needs it decides in its
    /// own init function whether it fails too.
    pub fn start(&self)
    where
        S::Partitions: Partitions<S>,
    {
        let count = const { S::Partitions::IDS.len() as u8 };
        for partition in 0..count {
            if self.partitions.init(partition, self).is_success() {
                self.backend.set_ready(partition);
            }
        }
        // Indices without a partition are never called: they count as ready.
        (count..MAX_PARTITIONS).for_each(|index| self.backend.set_ready(index));
    }

    /// Runs the init function of a partition, whose identity as a client is `C`; for
    /// [`Partitions::init`].
    #[inline(always)] // as `Call::serve`
    pub fn init_partition<C: SecureClient<S>, P: Partition>(
        &self,
        partition: Option<impl DerefMut<Target = P>>,
    ) -> Status {
        let framework = PartitionFramework::<S, C>::new(self);
        match partition.map(|mut partition| partition.init(&framework)) {
            Some(Ok(())) => Status::SUCCESS,
            Some(Err(status)) => status,
            None => Status::CONNECTION_BUSY,
        }
    }

    /// Delivers a message by the route of its client.
    #[inline(always)] // once for each kind of caller; nothing is moved
    pub(crate) fn deliver<'a, R: Route<S>>(
        &'a self,
        handle: Handle,
        call: Call<'a, S>,
    ) -> Result<Status, Error> {
        let partition = call.service.partition;
        let connection = call.connection;
        self.backend.enter(partition)?;
        self.open.set(call.client, handle);
        let status = R::deliver(&self.partitions, partition, call);
        self.open.clear();
        self.backend.leave(partition);
        if let Some(connection) = connection
            && status == Status::PROGRAMMER_ERROR
        {
            connection.terminate();
        }
        Ok(status)
    }
}

impl<S: System> Call<'_, S> {
    /// Passes the call to a partition, whose identity as a client is `C`; `None` is a partition
    /// that is in use.
    #[inline(always)] // the call is built where the partition takes it, and never moved
    pub fn serve<C: SecureClient<S>, P: Partition>(
        self,
        partition: Option<impl DerefMut<Target = P>>,
    ) -> Status {
        let framework = PartitionFramework::<S, C>::new(self.spm);
        let mut message = self;
        match partition {
            Some(mut partition) => partition.call(&mut message, &framework),
            None => Status::CONNECTION_BUSY,
        }
    }
}
