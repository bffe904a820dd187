// SPDX-License-Identifier: Apache-2.0
//! What the models of execution have in common: when a partition may take a message.
//!
//! Checks, connections, vectors and messages are the same in every model. A backend adds what it
//! keeps of the partitions themselves.

pub(crate) mod library;
pub(crate) mod sfn;

use core::sync::atomic::{AtomicU32, Ordering};

use crate::error::Error;

/// A model of execution.
pub trait Backend {
    /// No partition has been initialised.
    const NEW: Self;

    /// A message is about to reach the partition with this index.
    ///
    /// # Errors
    /// Why it can't.
    fn enter(&self, partition: u8) -> Result<(), Error>;

    /// The message has been served.
    fn leave(&self, partition: u8);

    /// The partition's init function has succeeded: its services can be used.
    fn set_ready(&self, partition: u8);
}

/// A set of partitions, by index; all zero at first, so that the manager's state takes no
/// flash. Plain words, loaded and stored whole: there is one secure
/// context, and only the record of a fault looks on from outside.
#[derive(Debug)]
pub(crate) struct PartitionSet(AtomicU32);

/// Partitions of one image at most.
pub(crate) const MAX_PARTITIONS: u8 = 32;

impl PartitionSet {
    pub(crate) const fn empty() -> Self {
        Self(AtomicU32::new(0))
    }

    pub(crate) fn contains(&self, partition: u8) -> bool {
        // The sets are empty most of the time: the bit is not even made then.
        let set = self.0.load(Ordering::Relaxed);
        set != 0 && set & Self::bit(partition) != 0
    }

    /// Whether a partition is missing, of a set that has all of them most of the time.
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
