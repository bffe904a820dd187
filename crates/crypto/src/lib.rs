// SPDX-License-Identifier: Apache-2.0
//! The Crypto partition: PSA Crypto API 1.2 behind messages.
//!
//! * `dispatch` receives the pack of a call and picks the function.
//! * `alloc` keeps the contexts of multipart operations; clients hold handles only.
//! * One module for each service works on messages, never on memory: `hash`.
//! * `clear` wipes what goes out of use.
//!
//! The partition knows neither who delivers its messages nor where buffers lie. Its whole
//! state is one value of a size fixed by configuration.
#![no_std]

#[cfg(test)]
extern crate std;

mod alloc;
mod clear;
mod dispatch;
mod error;
mod hash;

use psa::{Message, Partition, Status};

/// The Crypto partition with room for `OPERATIONS` multipart operations at a time, of all
/// clients together.
#[derive(Debug)]
pub struct Crypto<const OPERATIONS: usize> {
    operations: alloc::Operations<OPERATIONS>,
}

impl<const OPERATIONS: usize> Crypto<OPERATIONS> {
    /// The partition with no operation open.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            operations: alloc::Operations::new(),
        }
    }
}

impl<const OPERATIONS: usize> Default for Crypto<OPERATIONS> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const OPERATIONS: usize> Partition for Crypto<OPERATIONS> {
    fn call(&mut self, message: &mut impl Message) -> Status {
        match dispatch::dispatch(&mut self.operations, message) {
            Ok(()) => Status::SUCCESS,
            Err(error) => error.into(),
        }
    }
}
