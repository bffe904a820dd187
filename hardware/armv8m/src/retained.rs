// SPDX-License-Identifier: Apache-2.0
//! Memory that keeps the record of a fault over a reset.

use diagnostics::fault::RECORD_WORDS;
use diagnostics::service::Retained;

/// RAM that no image clears, with room for one record. The address is in the type: the state of
/// a partition that holds it stays all zero, and takes no flash.
#[derive(Clone, Copy, Debug)]
pub struct RetainedRecord<const ADDRESS: usize>(());

impl<const ADDRESS: usize> RetainedRecord<ADDRESS> {
    const MEMORY: *mut [u32; RECORD_WORDS] = ADDRESS as *mut [u32; RECORD_WORDS];

    /// The memory at `ADDRESS`.
    ///
    /// # Safety
    /// `ADDRESS` is 4-byte aligned secure RAM with room for a record, which nothing else uses but
    /// the partition that reads it and the fault handler, behind which nothing runs.
    #[must_use]
    pub const unsafe fn new() -> Self {
        Self(())
    }
}

impl<const ADDRESS: usize> Retained for RetainedRecord<ADDRESS> {
    fn load(&self) -> [u32; RECORD_WORDS] {
        // SAFETY: `new` promised the room; any content is a valid array of words.
        unsafe { Self::MEMORY.read_volatile() }
    }

    fn store(&self, words: &[u32; RECORD_WORDS]) {
        // SAFETY: `new` promised the room.
        unsafe { Self::MEMORY.write_volatile(*words) }
    }
}
