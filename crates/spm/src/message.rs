// SPDX-License-Identifier: Apache-2.0
//! The message as one partition gets it: an open call, and who the partition is itself.
//!
//! The second part is a type and takes no room. It makes the way of every nested call known at
//! compile time: the messages of a partition can call only what the partition depends on.

use core::marker::PhantomData;

use psa::{ClientId, Message, Status};

use crate::{
    call::Call,
    framework::{PartitionFramework, SecureClient},
    mapped::{Input, Output},
    platform::System,
};

/// A message to the partition whose name as a client is `C`.
pub struct PartitionMessage<'a, S: System, C> {
    call: Call<'a, S>,
    partition: PhantomData<C>,
}

impl<'a, S: System, C> PartitionMessage<'a, S, C> {
    #[inline(always)] // nothing is moved when it is built in place
    pub(crate) const fn new(call: Call<'a, S>) -> Self {
        Self {
            call,
            partition: PhantomData,
        }
    }
}

impl<'a, S: System, C: SecureClient<S>> Message for PartitionMessage<'a, S, C> {
    type Framework = PartitionFramework<'a, S, C>;
    type Input = Input<'a, S::Memory>;
    type Output = Output<'a, S::Memory>;

    fn client_id(&self) -> ClientId {
        self.call.client
    }

    fn service(&self) -> u32 {
        self.call.service.sid
    }

    fn message_type(&self) -> i32 {
        self.call.message_type
    }

    fn in_size(&self, index: usize) -> usize {
        self.call.in_size(index)
    }

    fn out_size(&self, index: usize) -> usize {
        self.call.out_size(index)
    }

    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        self.call.read(index, destination)
    }

    fn skip(&mut self, index: usize, bytes: usize) -> usize {
        self.call.skip(index, bytes)
    }

    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status> {
        self.call.write(index, source)
    }

    fn make_way(&mut self, input: usize, output: usize, room: &mut [u8]) -> Result<(), Status> {
        self.call.make_way(input, output, room)
    }

    fn erase(&mut self, index: usize) {
        self.call.erase(index);
    }

    fn reverse_handle(&self) -> usize {
        self.call.reverse_handle()
    }

    fn set_reverse_handle(&mut self, reverse_handle: usize) {
        self.call.set_reverse_handle(reverse_handle);
    }

    fn map_input(&mut self, index: usize) -> Self::Input {
        self.call.map_input(index)
    }

    fn map_output(&mut self, index: usize) -> Self::Output {
        self.call.map_output(index)
    }

    fn unmap_output(&mut self, output: Self::Output) {
        self.call.unmap_output(&output);
    }

    fn framework(&self) -> Self::Framework {
        PartitionFramework::new(self.call.spm)
    }
}
