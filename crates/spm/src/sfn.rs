// SPDX-License-Identifier: Apache-2.0
//! The Secure Function model (FF-M 1.1): a partition has a state, and the manager itself sees to
//! it that the partition serves one message at a time.
//!
//! A partition is *ready* from the success of its init function on, and *serving* while a
//! message of its own is open, also while it waits for another service. Which partition runs is
//! kept, so that a fault in it can be told from a fault in a partition that it calls.

use core::sync::atomic::{AtomicU8, Ordering};

use crate::{
    backend::{Backend, PartitionSet},
    error::Error,
};

/// No partition runs.
const NOBODY: u8 = 0;

/// The Secure Function model.
#[derive(Debug)]
pub struct Sfn {
    /// Partitions whose init function has succeeded, and all indices without a partition.
    ready: PartitionSet,
    serving: PartitionSet,
    /// One more than the index of the partition that runs.
    running: AtomicU8,
}

impl Backend for Sfn {
    const NEW: Self = Self {
        ready: PartitionSet::empty(),
        serving: PartitionSet::empty(),
        running: AtomicU8::new(NOBODY),
    };

    /// What `running` was before.
    type Outer = u8;

    fn enter(&self, partition: u8) -> Result<u8, Error> {
        if self.ready.lacks(partition) {
            return Err(Error::Refused);
        }
        if self.serving.contains(partition) {
            return Err(Error::Busy);
        }
        self.serving.insert(partition);
        let outer = self.running.load(Ordering::Relaxed);
        self.running
            .store(partition.wrapping_add(1), Ordering::Relaxed);
        Ok(outer)
    }

    fn leave(&self, partition: u8, outer: u8) {
        self.running.store(outer, Ordering::Relaxed);
        self.serving.remove(partition);
    }

    fn set_ready(&self, partition: u8) {
        self.ready.insert(partition);
    }

    fn running(&self) -> Option<u8> {
        let running = self.running.load(Ordering::Relaxed);
        running.checked_sub(1)
    }
}
