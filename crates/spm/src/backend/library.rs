// SPDX-License-Identifier: Apache-2.0
//! The Library model: a service is a plain function called in the caller's context, on the
//! one secure stack, and its message reads and writes the caller's buffers where they are.
//!
//! The model only stores whether a partition's init function has succeeded. The cell of its state
//! prevents that a partition is entered twice.

use super::{Backend, PartitionSet};
use crate::error::Error;

/// The Library model.
#[derive(Debug)]
pub struct Library {
    /// Partitions whose init function has succeeded, and all indices without a partition.
    ready: PartitionSet,
}

impl Backend for Library {
    const NEW: Self = Self {
        ready: PartitionSet::empty(),
    };

    fn enter(&self, partition: u8) -> Result<(), Error> {
        if self.ready.lacks(partition) {
            Err(Error::Refused)
        } else {
            Ok(())
        }
    }

    fn leave(&self, _: u8) {}

    fn set_ready(&self, partition: u8) {
        self.ready.insert(partition);
    }
}
