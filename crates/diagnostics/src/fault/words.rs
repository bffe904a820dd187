// SPDX-License-Identifier: Apache-2.0
//! The record as fourteen little endian words, closed by a check word: memory that holds no record
//! (after a power cycle), half a record or one of an earlier form is recognized.

use super::record::{FaultRecord, Frame, Interrupted, OpenCall};

/// Size of an encoded record in words.
pub const RECORD_WORDS: usize = 14;
/// Size of an encoded record in bytes.
pub const RECORD_BYTES: usize = RECORD_WORDS * 4;

/// Which word of a record is its count.
pub const COUNT: usize = 1;

/// "CmF2": a Casemate fault record of this form. A record of the first form contained too
/// much, so it is not read, even if it survived a firmware update.
pub(super) const MAGIC: u32 = u32::from_le_bytes(*b"CmF2");
const FLAG_SECURE: u32 = 1 << 0;
const FLAG_THREAD: u32 = 1 << 1;
const FLAG_ADDRESS: u32 = 1 << 2;
const FLAG_FRAME: u32 = 1 << 3;
const FLAG_CALL: u32 = 1 << 4;

impl FaultRecord {
    /// The record as words.
    #[must_use]
    pub fn encode(&self) -> [u32; RECORD_WORDS] {
        let flag = |set: bool, flag: u32| if set { flag } else { 0 };
        let program_counter = self.program_counter();
        let (link, address) = self.of_non_secure_code();
        let flags = flag(self.is_of_secure_code(), FLAG_SECURE)
            | flag(self.thread, FLAG_THREAD)
            | flag(address.is_some(), FLAG_ADDRESS)
            | flag(program_counter.is_some(), FLAG_FRAME)
            | flag(self.call.is_some(), FLAG_CALL);
        let call = self.call.unwrap_or_default();
        let mut words = [
            MAGIC,
            self.count,
            self.exception,
            self.configurable_status,
            self.secure_status,
            self.hard_status,
            address.unwrap_or(0),
            program_counter.unwrap_or(0),
            link.unwrap_or(0),
            flags,
            call.client as u32,
            call.handle,
            call.partition as u32,
            0,
        ];
        let [content @ .., check] = &mut words;
        *check = check_word(content);
        words
    }

    /// Reads a record; `None` if there is none, or only a part of one.
    #[must_use]
    pub fn decode(words: &[u32; RECORD_WORDS]) -> Option<Self> {
        if !is_record(words) {
            return None;
        }
        let &[
            _,
            count,
            exception,
            configurable_status,
            secure_status,
            hard_status,
            address,
            program_counter,
            link,
            flags,
            client,
            handle,
            partition,
            _,
        ] = words;
        let has = |flag: u32| flags & flag != 0;
        let has_frame = has(FLAG_FRAME);
        let interrupted = if has(FLAG_SECURE) {
            Interrupted::Secure {
                program_counter: has_frame.then_some(program_counter),
            }
        } else {
            Interrupted::NonSecure {
                frame: has_frame.then_some(Frame {
                    program_counter,
                    link,
                }),
                address: has(FLAG_ADDRESS).then_some(address),
            }
        };
        Some(Self {
            count,
            exception,
            configurable_status,
            secure_status,
            hard_status,
            thread: has(FLAG_THREAD),
            interrupted,
            call: has(FLAG_CALL).then_some(OpenCall {
                client: client as i32,
                handle,
                partition: partition as i32,
            }),
        })
    }
}

/// Whether there is a record, and a whole one.
#[must_use]
pub fn is_record(words: &[u32; RECORD_WORDS]) -> bool {
    let [content @ .., check] = words;
    words[0] == MAGIC && *check == check_word(content)
}

/// A word that changes with each word and with their order.
#[inline(never)] // the unrolled loop would be in the image several times
pub(super) fn check_word(content: &[u32]) -> u32 {
    content.iter().fold(!MAGIC, |check, word| {
        (check.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B1)
    })
}
