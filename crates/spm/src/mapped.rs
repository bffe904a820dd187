// SPDX-License-Identifier: Apache-2.0
//! Mapped vectors: cursors that were taken out of a message (FF-M 1.1, `psa_map_invec`,
//! `psa_map_outvec`).
//!
//! A cursor of a non-secure buffer holds the range that was checked, never a reference, and goes
//! forward only: each byte of an input is still read at most once.

use psa::{MappedInput, MappedOutput, Status};

use crate::{memory::Memory, slices::copy, vectors::Vector};

/// What is left of a mapped input.
#[derive(Debug)]
pub struct Input<'a, M>(Source<'a, M>);

#[derive(Debug)]
enum Source<'a, M> {
    Client { memory: &'a M, vector: Vector },
    Slice(&'a [u8]),
}

impl<'a, M> Input<'a, M> {
    pub(crate) const fn client(memory: &'a M, vector: Vector) -> Self {
        Self(Source::Client { memory, vector })
    }

    pub(crate) const fn slice(bytes: &'a [u8]) -> Self {
        Self(Source::Slice(bytes))
    }
}

impl<M: Memory> MappedInput for Input<'_, M> {
    fn rest_bytes(&self) -> usize {
        match &self.0 {
            Source::Client { vector, .. } => vector.rest_bytes(),
            Source::Slice(bytes) => bytes.len(),
        }
    }

    fn read(&mut self, destination: &mut [u8]) -> usize {
        let bytes = destination.len().min(self.rest_bytes());
        let destination = destination.get_mut(..bytes).unwrap_or_default();
        match &mut self.0 {
            Source::Client { memory, vector } => {
                let offset = vector.advance(bytes);
                memory.read(&vector.range, offset, destination);
            }
            Source::Slice(rest) => {
                let (source, others) = rest.split_at_checked(bytes).unwrap_or_default();
                copy(destination, source);
                *rest = others;
            }
        }
        bytes
    }

    fn skip(&mut self, bytes: usize) -> usize {
        let bytes = bytes.min(self.rest_bytes());
        match &mut self.0 {
            Source::Client { vector, .. } => {
                vector.advance(bytes);
            }
            Source::Slice(rest) => *rest = rest.get(bytes..).unwrap_or_default(),
        }
        bytes
    }
}

/// The room that is left in a mapped output.
#[derive(Debug)]
pub struct Output<'a, M> {
    index: usize,
    target: Target<'a, M>,
}

#[derive(Debug)]
enum Target<'a, M> {
    Client { memory: &'a M, vector: Vector },
    Slice { rest: &'a mut [u8], written: u32 },
}

impl<'a, M> Output<'a, M> {
    pub(crate) const fn client(index: usize, memory: &'a M, vector: Vector) -> Self {
        let target = Target::Client { memory, vector };
        Self { index, target }
    }

    pub(crate) const fn slice(index: usize, rest: &'a mut [u8]) -> Self {
        let target = Target::Slice { rest, written: 0 };
        Self { index, target }
    }

    /// Which output of the call it is.
    pub(crate) const fn index(&self) -> usize {
        self.index
    }

    pub(crate) const fn written_bytes(&self) -> u32 {
        match &self.target {
            Target::Client { vector, .. } => vector.done_bytes,
            Target::Slice { written, .. } => *written,
        }
    }
}

impl<M: Memory> MappedOutput for Output<'_, M> {
    fn rest_bytes(&self) -> usize {
        match &self.target {
            Target::Client { vector, .. } => vector.rest_bytes(),
            Target::Slice { rest, .. } => rest.len(),
        }
    }

    fn write(&mut self, source: &[u8]) -> Result<(), Status> {
        if source.len() > self.rest_bytes() {
            return Err(Status::BUFFER_TOO_SMALL);
        }
        match &mut self.target {
            Target::Client { memory, vector } => {
                let offset = vector.advance(source.len());
                memory.write(&vector.range, offset, source);
            }
            Target::Slice { rest, written } => {
                copy(rest, source);
                let whole = core::mem::take(rest);
                *rest = whole.get_mut(source.len()..).unwrap_or_default();
                *written = written.wrapping_add(source.len() as u32);
            }
        }
        Ok(())
    }
}
