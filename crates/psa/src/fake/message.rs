// SPDX-License-Identifier: Apache-2.0
//! A message whose vectors are its own.

use std::vec::Vec;

use super::mapped::{FakeInput, FakeOutput};
use crate::{client::ClientId, message::Message, status::Status};

/// What stands where a byte of an input was read.
const READ: u8 = 0xA5;

#[derive(Clone, Debug, Default)]
struct Input {
    bytes: Vec<u8>,
    taken_bytes: usize,
    /// The size that the message claims, if it is not the real one.
    claimed_bytes: Option<usize>,
}

#[derive(Clone, Debug, Default)]
struct Output {
    written: Vec<u8>,
    size_bytes: usize,
    erased_bytes: usize,
    /// Whether it begins where the input of the same index does.
    is_in_place: bool,
}

/// A message of a test. Each builder function adds one thing and returns the message.
///
/// A new message comes from the non-secure world and has no vectors and no connection.
#[derive(Clone, Debug)]
pub struct FakeMessage {
    client: ClientId,
    service: u32,
    message_type: i32,
    reverse_handle: Option<usize>,
    inputs: Vec<Input>,
    outputs: Vec<Output>,
}

impl FakeMessage {
    /// A message of this type to the service with this id.
    #[must_use]
    pub fn new(service: u32, message_type: impl Into<i32>) -> Self {
        Self {
            client: ClientId::NON_SECURE,
            service,
            message_type: message_type.into(),
            reverse_handle: None,
            inputs: Vec::new(),
            outputs: Vec::new(),
        }
    }

    /// The message from this client.
    #[must_use]
    pub fn by(mut self, client: ClientId) -> Self {
        self.client = client;
        self
    }

    /// The message over a connection that has this reverse handle.
    #[must_use]
    pub fn over(mut self, reverse_handle: usize) -> Self {
        self.reverse_handle = Some(reverse_handle);
        self
    }

    /// The message with one more input.
    #[must_use]
    pub fn input(mut self, bytes: &[u8]) -> Self {
        self.inputs.push(Input {
            bytes: bytes.into(),
            ..Input::default()
        });
        self
    }

    /// The message whose last input claims this size, whatever it holds.
    ///
    /// # Panics
    /// There is no input.
    #[must_use]
    pub fn claiming(mut self, size_bytes: usize) -> Self {
        let last = self.inputs.last_mut().expect("an input");
        last.claimed_bytes = Some(size_bytes);
        self
    }

    /// The message with one more output, of this size.
    #[must_use]
    pub fn output(mut self, size_bytes: usize) -> Self {
        self.outputs.push(Output {
            size_bytes,
            ..Output::default()
        });
        self
    }

    /// The message with one more output that begins where the input of the same index does: what
    /// is written there is what is read from then on.
    #[must_use]
    pub fn output_in_place(self, size_bytes: usize) -> Self {
        let mut message = self.output(size_bytes);
        if let Some(output) = message.outputs.last_mut() {
            output.is_in_place = true;
        }
        message
    }

    /// What the client gets in output `index`.
    ///
    /// # Panics
    /// There is no such output.
    #[must_use]
    pub fn written(&self, index: usize) -> &[u8] {
        &self.outputs[index].written
    }

    /// How many bytes of output `index` were written and taken back.
    ///
    /// # Panics
    /// There is no such output.
    #[must_use]
    pub fn erased_bytes(&self, index: usize) -> usize {
        self.outputs[index].erased_bytes
    }
}

impl Message for FakeMessage {
    type Input = FakeInput;
    type Output = FakeOutput;

    fn client_id(&self) -> ClientId {
        self.client
    }

    fn service(&self) -> u32 {
        self.service
    }

    fn message_type(&self) -> i32 {
        self.message_type
    }

    fn in_size(&self, index: usize) -> usize {
        let input = self.inputs.get(index);
        input.map_or(0, |input| input.claimed_bytes.unwrap_or(input.bytes.len()))
    }

    fn out_size(&self, index: usize) -> usize {
        self.outputs
            .get(index)
            .map_or(0, |output| output.size_bytes)
    }

    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        let Some(input) = self.inputs.get_mut(index) else {
            return 0;
        };
        let rest = &mut input.bytes[input.taken_bytes..];
        let bytes = rest.len().min(destination.len());
        destination[..bytes].copy_from_slice(&rest[..bytes]);
        rest[..bytes].fill(READ);
        input.taken_bytes += bytes;
        bytes
    }

    fn skip(&mut self, index: usize, bytes: usize) -> usize {
        let Some(input) = self.inputs.get_mut(index) else {
            return 0;
        };
        let bytes = bytes.min(input.bytes.len() - input.taken_bytes);
        input.taken_bytes += bytes;
        bytes
    }

    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status> {
        let Some(output) = self.outputs.get_mut(index) else {
            return Err(Status::BUFFER_TOO_SMALL);
        };
        let start = output.written.len();
        if source.len() > output.size_bytes - start {
            return Err(Status::BUFFER_TOO_SMALL);
        }
        output.written.extend_from_slice(source);
        if output.is_in_place
            && let Some(input) = self.inputs.get_mut(index)
        {
            let hit = input.bytes.iter_mut().skip(start);
            hit.zip(source).for_each(|(to, from)| *to = *from);
        }
        Ok(())
    }

    fn erase(&mut self, index: usize) {
        if let Some(output) = self.outputs.get_mut(index) {
            output.erased_bytes += output.written.len();
            output.written.clear();
        }
    }

    fn reverse_handle(&self) -> usize {
        self.reverse_handle.unwrap_or(0)
    }

    fn set_reverse_handle(&mut self, reverse_handle: usize) {
        assert!(self.reverse_handle.is_some(), "there is no connection");
        self.reverse_handle = Some(reverse_handle);
    }

    fn map_input(&mut self, index: usize) -> FakeInput {
        let input = core::mem::take(&mut self.inputs[index]);
        assert!(!input.bytes.is_empty(), "an empty vector can't be mapped");
        assert_eq!(input.taken_bytes, 0, "a vector is read or mapped");
        FakeInput { rest: input.bytes }
    }

    fn map_output(&mut self, index: usize) -> FakeOutput {
        let output = core::mem::take(&mut self.outputs[index]);
        assert_ne!(output.size_bytes, 0, "an empty vector can't be mapped");
        assert_eq!(output.written, [], "a vector is written or mapped");
        FakeOutput {
            index,
            size_bytes: output.size_bytes,
            written: Vec::new(),
        }
    }

    fn unmap_output(&mut self, output: FakeOutput) {
        self.outputs[output.index].written = output.written;
    }
}
