// SPDX-License-Identifier: Apache-2.0
//! Mapped vectors of a fake message.

use std::vec::Vec;

use crate::{
    message::{MappedInput, MappedOutput},
    status::Status,
};

/// What is left of a mapped input.
#[derive(Debug)]
pub struct FakeInput {
    pub(super) rest: Vec<u8>,
}

impl MappedInput for FakeInput {
    fn rest_bytes(&self) -> usize {
        self.rest.len()
    }

    fn read(&mut self, destination: &mut [u8]) -> usize {
        let bytes = destination.len().min(self.rest.len());
        for (to, from) in destination.iter_mut().zip(self.rest.drain(..bytes)) {
            *to = from;
        }
        bytes
    }

    fn skip(&mut self, bytes: usize) -> usize {
        self.rest.drain(..bytes.min(self.rest.len())).count()
    }
}

/// A mapped output, and what was written to it.
#[derive(Debug)]
pub struct FakeOutput {
    pub(super) index: usize,
    pub(super) size_bytes: usize,
    pub(super) written: Vec<u8>,
}

impl MappedOutput for FakeOutput {
    fn rest_bytes(&self) -> usize {
        self.size_bytes - self.written.len()
    }

    fn write(&mut self, source: &[u8]) -> Result<(), Status> {
        if source.len() > self.rest_bytes() {
            return Err(Status::BUFFER_TOO_SMALL);
        }
        self.written.extend_from_slice(source);
        Ok(())
    }
}
