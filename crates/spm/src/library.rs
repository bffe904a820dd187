// SPDX-License-Identifier: Apache-2.0
//! The Library model: a service is a plain function called in the caller's context, on the
//! one secure stack, and its message reads and writes the caller's buffers where they are.
//!
//! Nothing is copied as a whole. A position for each vector makes reading and writing go
//! forward only, so that no byte of an input is fetched twice.

use psa::{ClientId, Message, Status};

use crate::{memory::Memory, vectors::Vectors};

/// An open call in the Library model.
#[derive(Debug)]
pub struct LibraryMessage<'a, M> {
    memory: &'a M,
    client: ClientId,
    message_type: i32,
    vectors: Vectors<'a>,
}

impl<'a, M: Memory> LibraryMessage<'a, M> {
    pub(crate) const fn new(
        memory: &'a M,
        client: ClientId,
        message_type: i32,
        vectors: Vectors<'a>,
    ) -> Self {
        Self {
            memory,
            client,
            message_type,
            vectors,
        }
    }

    /// Ends the call: the caller learns how much was written, whatever the outcome.
    pub(crate) fn close(&self) {
        self.vectors.return_lengths(self.memory);
    }
}

impl<M: Memory> Message for LibraryMessage<'_, M> {
    fn client_id(&self) -> ClientId {
        self.client
    }

    fn message_type(&self) -> i32 {
        self.message_type
    }

    fn in_size(&self, index: usize) -> usize {
        let input = self.vectors.inputs.get(index);
        input.map_or(0, |input| input.range.length() as usize)
    }

    fn out_size(&self, index: usize) -> usize {
        let output = self.vectors.outputs.get(index);
        output.map_or(0, |output| output.range.length() as usize)
    }

    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        let Some(input) = self.vectors.inputs.get_mut(index) else {
            return 0;
        };
        let bytes = destination.len().min(input.rest_bytes());
        let offset = input.advance(bytes);
        if let Some(destination) = destination.get_mut(..bytes) {
            self.memory.read(&input.range, offset, destination);
        }
        bytes
    }

    fn skip(&mut self, index: usize, bytes: usize) -> usize {
        let Some(input) = self.vectors.inputs.get_mut(index) else {
            return 0;
        };
        let bytes = bytes.min(input.rest_bytes());
        input.advance(bytes);
        bytes
    }

    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status> {
        match self.vectors.outputs.get_mut(index) {
            Some(output) if source.len() <= output.rest_bytes() => {
                let offset = output.advance(source.len());
                self.memory.write(&output.range, offset, source);
                Ok(())
            }
            _ => Err(Status::BUFFER_TOO_SMALL),
        }
    }

    fn erase(&mut self, index: usize) {
        const ZEROS: [u8; 16] = [0; 16];
        let Some(output) = self.vectors.outputs.get_mut(index) else {
            return;
        };
        let mut left_bytes = output.take_back();
        let mut offset = 0u32;
        while left_bytes != 0 {
            let zeros = ZEROS.get(..left_bytes as usize).unwrap_or(&ZEROS);
            self.memory.write(&output.range, offset, zeros);
            offset = offset.wrapping_add(zeros.len() as u32);
            left_bytes = left_bytes.saturating_sub(zeros.len() as u32);
        }
    }
}
