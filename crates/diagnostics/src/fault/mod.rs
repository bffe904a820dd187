// SPDX-License-Identifier: Apache-2.0
//! The record of a fault: kind, place and caller. `docs/faults.md` describes what a record contains
//! and why no more.
//!
//! * `record` is the record as a value, `words` the words that survive a reset, `text` the line
//!   on a console.
//! * [`stacked`] finds the program counter of secure code on its stack.
//!
//! Registers and their bits are those of the Armv8-M Architecture Reference Manual (DDI 0553,
//! D1.2).

mod record;
pub mod stacked;
mod text;
mod words;

pub use record::{FaultRecord, Frame, Interrupted, OpenCall};
pub use words::{COUNT, RECORD_BYTES, RECORD_WORDS, is_record};

#[cfg(test)]
mod tests;
