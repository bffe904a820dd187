// SPDX-License-Identifier: Apache-2.0
//! Memory that keeps the record of a fault over a reset.

use diagnostics::fault::{FaultRecord, RECORD_WORDS};
use diagnostics::service::Retained;

/// RAM that no image clears, with room for one record.
#[derive(Clone, Copy, Debug)]
pub struct RetainedRecord(*mut [u32; RECORD_WORDS]);

// SAFETY: a partition reads it within the single secure context; only the fault handler, behind
// which nothing runs, writes it.
unsafe impl Sync for RetainedRecord {}

impl RetainedRecord {
    /// The memory at `address`.
    ///
    /// # Safety
    /// `address` is 4-byte aligned secure RAM with room for a record, which nothing else uses.
    #[must_use]
    pub const unsafe fn new(address: usize) -> Self {
        Self(address as *mut [u32; RECORD_WORDS])
    }

    /// Stores `record`, counting on from the record that is there.
    pub fn record(self, record: &mut FaultRecord) {
        if let Some(earlier) = FaultRecord::decode(&self.load()) {
            record.count = earlier.count.wrapping_add(1);
        }
        // SAFETY: `new` promised the room.
        unsafe { self.0.write_volatile(record.encode()) }
    }
}

impl Retained for RetainedRecord {
    fn load(&self) -> [u32; RECORD_WORDS] {
        // SAFETY: `new` promised the room; any content is a valid array of words.
        unsafe { self.0.read_volatile() }
    }
}
