// SPDX-License-Identifier: Apache-2.0
//! Models of execution: when a partition may take a message.
//!
//! Checks, connections, vectors and messages are the same in every model. A backend keeps the state
//! of the partitions.

pub(crate) mod library;
pub(crate) mod sfn;

use core::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;

/// A model of execution.
pub trait Backend {
    /// The state before any partition is initialised.
    const NEW: Self;

    /// Called before a message is delivered to the partition with this index.
    ///
    /// # Errors
    /// [`Error::Refused`] for a partition that is not ready, [`Error::Busy`] for one in use.
    fn enter(&self, partition: u8) -> Result<(), Error>;

    /// Called after the message was served.
    fn leave(&self, partition: u8);

    /// Called after the partition's init function has succeeded: its services can be used.
    fn set_ready(&self, partition: u8);
}

/// A set of partitions, by index. It is all zero at the start, so that the manager's state takes
/// no flash. Relaxed loads and stores of a word suffice: there is one secure context, and only
/// the fault handler reads from outside.
#[derive(Debug)]
pub(crate) struct PartitionSet(AtomicU32);

/// Partitions of one image at most.
pub(crate) const MAX_PARTITIONS: u8 = 32;

impl PartitionSet {
    pub(crate) const fn empty() -> Self {
        Self(AtomicU32::new(0))
    }

    pub(crate) fn contains(&self, partition: u8) -> bool {
        // The set is empty most of the time: the bit is not computed then.
        let set = self.0.load(Ordering::Relaxed);
        set != 0 && set & Self::bit(partition) != 0
    }

    /// Whether a partition is not in the set, which is full most of the time.
    pub(crate) fn lacks(&self, partition: u8) -> bool {
        let set = self.0.load(Ordering::Relaxed);
        set != u32::MAX && set & Self::bit(partition) == 0
    }

    pub(crate) fn insert(&self, partition: u8) {
        let set = self.0.load(Ordering::Relaxed);
        self.0.store(set | Self::bit(partition), Ordering::Relaxed);
    }

    pub(crate) fn remove(&self, partition: u8) {
        let set = self.0.load(Ordering::Relaxed);
        self.0.store(set & !Self::bit(partition), Ordering::Relaxed);
    }

    const fn bit(partition: u8) -> u32 {
        1u32.wrapping_shl(partition as u32)
    }
}
