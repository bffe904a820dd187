// SPDX-License-Identifier: Apache-2.0
//! Which partitions a call can reach: all from the non-secure world, the dependencies from a
//! partition.
//!
//! A route is a type and not a function, so that delivery is inlined where it is used.

use core::marker::PhantomData;

use psa::Status;

use crate::{
    call::Call,
    partitions::{Partitions, SecureClient},
    system::System,
};

/// The partitions that a client can reach.
pub(crate) trait Route<S: System> {
    /// Passes a call to the partition with this index.
    fn deliver(partitions: &S::Partitions, partition: u8, call: Call<'_, S>) -> Status;
}

/// The non-secure world.
pub(crate) enum Outside {}

/// The partition whose name as a client is `C`.
pub(crate) struct Inside<C>(PhantomData<C>);

impl<S: System<Partitions: Partitions<S>>> Route<S> for Outside {
    #[inline(always)] // a frame and a copy of the call less
    fn deliver(partitions: &S::Partitions, partition: u8, call: Call<'_, S>) -> Status {
        partitions.deliver(partition, call)
    }
}

impl<S: System, C: SecureClient<S>> Route<S> for Inside<C> {
    #[inline(always)] // as above
    fn deliver(partitions: &S::Partitions, partition: u8, call: Call<'_, S>) -> Status {
        C::deliver(partitions, partition, call)
    }
}
