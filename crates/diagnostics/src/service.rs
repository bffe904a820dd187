// SPDX-License-Identifier: Apache-2.0
//! The Diagnostics partition: reads out the record of the last fault.
//!
//! One message type, [`READ_FAULT`]: no input, one output of [`RECORD_BYTES`] bytes. A firmware
//! developer's application asks after each boot, and `cargo xtask fault` turns the answer into
//! source lines.

use psa::{Framework, Message, Partition, Status};

use crate::fault::{COUNT, FaultRecord, RECORD_BYTES, RECORD_WORDS, is_record};

/// Message type: read the record of the last fault.
pub const READ_FAULT: i32 = 1;

/// Memory that keeps a record over a reset.
pub trait Retained {
    /// The words that the memory holds now, whatever they are.
    fn load(&self) -> [u32; RECORD_WORDS];

    /// Replaces the words.
    fn store(&self, words: &[u32; RECORD_WORDS]);

    /// Keeps `record`, counting on from the record that is there.
    fn record(&self, record: &mut FaultRecord) {
        let earlier = self.load();
        if is_record(&earlier) {
            record.count = earlier[COUNT].wrapping_add(1);
        }
        self.store(&record.encode());
    }
}

/// The partition over the board's retained memory.
#[derive(Debug)]
pub struct Diagnostics<R> {
    retained: R,
}

impl<R: Retained> Diagnostics<R> {
    /// The partition that reads `retained`.
    pub const fn new(retained: R) -> Self {
        Self { retained }
    }
}

impl<R: Retained> Partition for Diagnostics<R> {
    /// Answers `DOES_NOT_EXIST` when there was no fault since the power came on,
    /// `BUFFER_TOO_SMALL` for a short output, `NOT_SUPPORTED` for any other message.
    fn call(&mut self, message: &mut impl Message, _: &impl Framework) -> Status {
        if message.message_type() != READ_FAULT {
            return Status::NOT_SUPPORTED;
        }
        if message.out_size(0) < RECORD_BYTES {
            return Status::BUFFER_TOO_SMALL;
        }
        let words = self.retained.load();
        if !is_record(&words) {
            return Status::DOES_NOT_EXIST;
        }
        let written = words
            .iter()
            .try_for_each(|word| message.write(0, &word.to_le_bytes()));
        written.err().unwrap_or(Status::SUCCESS)
    }
}
