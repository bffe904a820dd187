// SPDX-License-Identifier: Apache-2.0
//! The Secure Function model (FF-M 1.1): each partition has a state, and the manager makes sure that
//! it serves one message at a time.
//!
//! A partition is *ready* after its init function has succeeded, and *serving* while a message to it
//! is open, also while it calls another service.

use super::{Backend, PartitionSet};
use crate::error::Error;

/// The Secure Function model.
#[derive(Debug)]
pub struct Sfn {
    /// Partitions whose init function has succeeded, and all indices without a partition.
    ready: PartitionSet,
    serving: PartitionSet,
}

impl Backend for Sfn {
    const NEW: Self = Self {
        ready: PartitionSet::empty(),
        serving: PartitionSet::empty(),
    };

    fn enter(&self, partition: u8) -> Result<(), Error> {
        if self.ready.lacks(partition) {
            return Err(Error::Refused);
        }
        if self.serving.contains(partition) {
            return Err(Error::Busy);
        }
        self.serving.insert(partition);
        Ok(())
    }

    fn leave(&self, partition: u8) {
        self.serving.remove(partition);
    }

    fn set_ready(&self, partition: u8) {
        self.ready.insert(partition);
    }
}
