// SPDX-License-Identifier: Apache-2.0
//! The one place where a message is delivered to a partition, and where partitions start.

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
    /// to start refuses all calls until the next boot, and so do those that can't do without
    /// it, by their own decision.
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
        // Partitions that do not exist are never called: the set of those that refuse is empty.
        (count..MAX_PARTITIONS).for_each(|index| self.backend.set_ready(index));
    }

    /// Runs the init function of a partition, which is client `C`; for [`Partitions::init`].
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

    /// Delivers a message on the way that its client has.
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
    /// Hands the call to a partition, which is client `C` for the services that it calls
    /// itself; `None` is a partition that is in use.
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
