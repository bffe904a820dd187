// SPDX-License-Identifier: Apache-2.0
//! An open call: the message that a partition gets, from either world.
//!
//! Buffers are not copied as a whole. Each vector has a position that only moves forward, so that
//! no byte of an input is read twice. The buffers of a non-secure caller are checked ranges, those
//! of a secure caller are slices; only the code that moves bytes distinguishes them.

use psa::{ClientId, Message, Status};

use crate::{
    connection::Connection,
    manager::Spm,
    mapped::{Input, Output},
    memory::Memory,
    service::Service,
    slices::{Slices, copy},
    system::{DeviceControl, System},
    vectors::{Vector, Vectors},
};

/// An open call on its way to a partition.
pub struct Call<'a, S: System> {
    pub(crate) spm: &'a Spm<S>,
    pub(crate) client: ClientId,
    pub(crate) message_type: i32,
    pub(crate) service: &'static Service,
    pub(crate) vectors: Vectors<'a>,
    /// The buffers, unless they lie in non-secure memory.
    pub(crate) slices: Option<&'a mut Slices<'a>>,
    pub(crate) connection: Option<&'a Connection>,
}

impl<'a, S: System> Call<'a, S> {
    /// Takes an unused vector out of the call. Any other vector is a programming error of the
    /// partition, and so is any vector of a service without mapped vectors.
    fn take_unused(&mut self, index: usize, direction: Direction) -> Vector {
        let vector = match direction {
            Direction::Input => self.vectors.input_mut(index),
            Direction::Output => self.vectors.output_mut(index),
        };
        match vector {
            Some(vector)
                if self.service.mapped_vectors
                    && vector.done_bytes == 0
                    && vector.range.length() != 0 =>
            {
                core::mem::replace(vector, Vector::EMPTY)
            }
            _ => self.spm.device().panic(),
        }
    }
}

impl<'a, S: System> Message for Call<'a, S> {
    type Input = Input<'a, S::Memory>;
    type Output = Output<'a, S::Memory>;

    fn client_id(&self) -> ClientId {
        self.client
    }

    fn service(&self) -> u32 {
        self.service.sid
    }

    fn message_type(&self) -> i32 {
        self.message_type
    }

    fn in_size(&self, index: usize) -> usize {
        let input = self.vectors.input(index);
        input.map_or(0, |input| input.range.length() as usize)
    }

    fn out_size(&self, index: usize) -> usize {
        let output = self.vectors.output(index);
        output.map_or(0, |output| output.range.length() as usize)
    }

    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        let Some(input) = self.vectors.input_mut(index) else {
            return 0;
        };
        let bytes = destination.len().min(input.rest_bytes());
        let offset = input.advance(bytes);
        if let Some(destination) = destination.get_mut(..bytes) {
            match &self.slices {
                None => self.spm.memory().read(&input.range, offset, destination),
                Some(slices) => {
                    let source = slices.inputs.get(index).copied().unwrap_or_default();
                    copy(
                        destination,
                        source.get(offset as usize..).unwrap_or_default(),
                    );
                }
            }
        }
        bytes
    }

    fn skip(&mut self, index: usize, bytes: usize) -> usize {
        let Some(input) = self.vectors.input_mut(index) else {
            return 0;
        };
        let bytes = bytes.min(input.rest_bytes());
        input.advance(bytes);
        bytes
    }

    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status> {
        match self.vectors.output_mut(index) {
            Some(output) if source.len() <= output.rest_bytes() => {
                let offset = output.advance(source.len());
                match &mut self.slices {
                    None => self.spm.memory().write(&output.range, offset, source),
                    Some(slices) => {
                        let room = slices.outputs.get_mut(index);
                        let room = room.and_then(|room| room.get_mut(offset as usize..));
                        copy(room.unwrap_or_default(), source);
                    }
                }
                Ok(())
            }
            _ => Err(Status::BUFFER_TOO_SMALL),
        }
    }

    fn make_way(&mut self, input: usize, output: usize, room: &mut [u8]) -> Result<(), Status> {
        let (Some(source), Some(target)) = (
            self.vectors.input(input),
            self.vectors.output(output).copied(),
        ) else {
            return Ok(());
        };
        let source = *source;
        if !source.is_in_the_way_of(&target, room.len()) {
            return Ok(());
        }
        let rest_bytes = source.rest_bytes() as u32;
        let moved = target.range.first(rest_bytes);
        let moved = moved.ok_or(Status::INVALID_ARGUMENT)?;
        let mut left_bytes = rest_bytes;
        // From the end, because the target is behind the source.
        while left_bytes != 0 {
            let bytes = left_bytes.min(room.len() as u32);
            left_bytes -= bytes;
            let part = room.get_mut(..bytes as usize).unwrap_or_default();
            let offset = source.done_bytes.wrapping_add(left_bytes);
            self.spm.memory().read(&source.range, offset, part);
            self.spm.memory().write(&moved, left_bytes, part);
        }
        if let Some(source) = self.vectors.input_mut(input) {
            *source = Vector::of(moved);
        }
        Ok(())
    }

    fn erase(&mut self, index: usize) {
        const ZEROS: [u8; 16] = [0; 16];
        let Some(output) = self.vectors.output_mut(index) else {
            return;
        };
        let mut left_bytes = output.take_back();
        while left_bytes != 0 {
            let zeros = ZEROS.get(..left_bytes as usize).unwrap_or(&ZEROS);
            if self.write(index, zeros).is_err() {
                break; // what was written once can be written again
            }
            left_bytes = left_bytes.saturating_sub(zeros.len() as u32);
        }
        if let Some(output) = self.vectors.output_mut(index) {
            output.take_back();
        }
    }

    fn map_input(&mut self, index: usize) -> Self::Input {
        let vector = self.take_unused(index, Direction::Input);
        match &self.slices {
            None => Input::client(self.spm.memory(), vector),
            Some(slices) => Input::slice(slices.inputs.get(index).copied().unwrap_or_default()),
        }
    }

    fn map_output(&mut self, index: usize) -> Self::Output {
        let vector = self.take_unused(index, Direction::Output);
        match &mut self.slices {
            None => Output::client(index, self.spm.memory(), vector),
            Some(slices) => {
                let room = slices.outputs.get_mut(index);
                Output::slice(index, room.map(core::mem::take).unwrap_or_default())
            }
        }
    }

    fn unmap_output(&mut self, output: Self::Output) {
        if let Some(vector) = self.vectors.output_mut(output.index()) {
            vector.done_bytes = output.written_bytes();
        }
    }

    fn reverse_handle(&self) -> usize {
        self.connection.map_or(0, Connection::reverse_handle)
    }

    fn set_reverse_handle(&mut self, reverse_handle: usize) {
        match self.connection {
            Some(connection) => connection.set_reverse_handle(reverse_handle),
            None => self.spm.device().panic(),
        }
    }
}

/// Which way the bytes of a vector go.
enum Direction {
    Input,
    Output,
}
