// SPDX-License-Identifier: Apache-2.0
//! A framework whose services are a function of the test.

use core::cell::RefCell;

use crate::{
    client::{Handle, VERSION_NONE},
    framework::{Framework, OutVector},
    status::Status,
};

/// How a test answers a call: handle, message type, inputs, outputs.
type Unanswered = fn(Handle, i16, &[&[u8]], &mut [OutVector<'_>]) -> Status;

/// A framework of a test. It has no service with connections.
///
/// # Examples
/// ```
/// use psa::fake::{FakeFramework, fill};
/// use psa::{Framework, Handle, OutVector, Status};
///
/// let framework = FakeFramework::answering(|handle, message_type, inputs, outputs| {
///     assert_eq!((handle, message_type), (Handle::stateless(1, 1), 7));
///     fill(&mut outputs[0], inputs[0]);
///     Status::SUCCESS
/// });
/// let mut room = [0; 8];
/// let mut outputs = [OutVector::new(&mut room)];
/// let status = framework.call(Handle::stateless(1, 1), 7, &[b"abc"], &mut outputs);
/// assert_eq!((status, outputs[0].written()), (Status::SUCCESS, &b"abc"[..]));
/// ```
#[derive(Debug)]
pub struct FakeFramework<A = Unanswered> {
    answer: RefCell<A>,
    lifecycle_state: u32,
}

impl FakeFramework {
    /// A framework for a partition that calls no service: a call is a panic.
    #[must_use]
    pub fn new() -> Self {
        Self::answering(|handle, _, _, _| panic!("a call of {handle:?}"))
    }
}

impl Default for FakeFramework {
    fn default() -> Self {
        Self::new()
    }
}

impl<A> FakeFramework<A>
where
    A: FnMut(Handle, i16, &[&[u8]], &mut [OutVector<'_>]) -> Status,
{
    /// A framework that answers calls with this function, whose arguments are those of
    /// [`Framework::call`].
    pub const fn answering(answer: A) -> Self {
        Self {
            answer: RefCell::new(answer),
            lifecycle_state: 0,
        }
    }

    /// The same framework of a device in this state of its life cycle.
    #[must_use]
    pub fn in_lifecycle(mut self, state: u32) -> Self {
        self.lifecycle_state = state;
        self
    }
}

impl<A> Framework for FakeFramework<A>
where
    A: FnMut(Handle, i16, &[&[u8]], &mut [OutVector<'_>]) -> Status,
{
    fn version(&self, _: u32) -> u32 {
        VERSION_NONE
    }

    fn connect(&self, _: u32, _: u32) -> Result<Handle, Status> {
        Err(Status::CONNECTION_REFUSED)
    }

    fn call(
        &self,
        handle: Handle,
        message_type: i16,
        inputs: &[&[u8]],
        outputs: &mut [OutVector<'_>],
    ) -> Status {
        self.answer.borrow_mut()(handle, message_type, inputs, outputs)
    }

    fn close(&self, handle: Handle) {
        assert_eq!(handle, Handle::NULL, "there is no connection");
    }

    fn lifecycle_state(&self) -> u32 {
        self.lifecycle_state
    }

    fn panic(&self) -> ! {
        panic!("the partition gives up")
    }
}

/// Writes an output as a service does.
///
/// # Panics
/// There is no room for all of `bytes`.
pub fn fill(output: &mut OutVector<'_>, bytes: &[u8]) {
    output.room()[..bytes.len()].copy_from_slice(bytes);
    output.set_written(bytes.len());
}
