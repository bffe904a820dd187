// SPDX-License-Identifier: Apache-2.0
//! For messages that a test makes by itself: what such a message does not offer.

use crate::{
    client::Handle,
    framework::{Framework, OutVector},
    message::{MappedInput, MappedOutput},
    status::Status,
};

/// A framework or a mapped vector that does not exist: there is no value of this type.
#[derive(Clone, Copy, Debug)]
pub enum Absent {}

impl Framework for Absent {
    fn version(&self, _: u32) -> u32 {
        match *self {}
    }

    fn connect(&self, _: u32, _: u32) -> Result<Handle, Status> {
        match *self {}
    }

    fn call(&self, _: Handle, _: i16, _: &[&[u8]], _: &mut [OutVector<'_>]) -> Status {
        match *self {}
    }

    fn close(&self, _: Handle) {
        match *self {}
    }

    fn lifecycle_state(&self) -> u32 {
        match *self {}
    }

    fn panic(&self) -> ! {
        match *self {}
    }
}

impl MappedInput for Absent {
    fn rest_bytes(&self) -> usize {
        match *self {}
    }

    fn read(&mut self, _: &mut [u8]) -> usize {
        match *self {}
    }

    fn skip(&mut self, _: usize) -> usize {
        match *self {}
    }
}

impl MappedOutput for Absent {
    fn rest_bytes(&self) -> usize {
        match *self {}
    }

    fn write(&mut self, _: &[u8]) -> Result<(), Status> {
        match *self {}
    }
}
