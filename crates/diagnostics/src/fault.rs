// SPDX-License-Identifier: Apache-2.0
//! The record of a fault: what happened, where, and who did it.
//!
//! Fourteen words, little endian, closed by a check word, so that memory which holds none (after
//! a power cycle), half of one or one of an earlier form is told apart. Registers and their bits
//! are those of the Armv8-M Architecture Reference Manual (DDI 0553, D1.2).
//!
//! Whoever reads a record may have chosen its moment, so the type has no place for more than
//! [`Interrupted`] tells: `docs/faults.md` says what a record may tell and why.

pub mod stacked;
mod text;

/// Size of an encoded record in words.
pub const RECORD_WORDS: usize = 14;
/// Size of an encoded record in bytes.
pub const RECORD_BYTES: usize = RECORD_WORDS * 4;

/// Which word of a record is its count.
pub const COUNT: usize = 1;

/// "CmF2": a Casemate fault record of this form. One of the first form told more than it may: it is
/// none, even if it outlived the exchange of the firmware.
const MAGIC: u32 = u32::from_le_bytes(*b"CmF2");
const FLAG_SECURE: u32 = 1 << 0;
const FLAG_THREAD: u32 = 1 << 1;
const FLAG_ADDRESS: u32 = 1 << 2;
const FLAG_FRAME: u32 = 1 << 3;
const FLAG_CALL: u32 = 1 << 4;

/// Where non-secure code was: it may know all of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The address to which the exception would have returned.
    pub program_counter: u32,
    /// LR.
    pub link: u32,
}

/// Whose code was interrupted, and what may be told of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupted {
    /// Secure code: where it was, if that could be found, an address of the image's instructions.
    /// Every register and every address that it has used may be a secret.
    Secure {
        /// The address to which the exception would have returned.
        program_counter: Option<u32>,
    },
    /// Non-secure code.
    NonSecure {
        /// Where it was, if its frame could be read.
        frame: Option<Frame>,
        /// What it accessed, where the core knows it.
        address: Option<u32>,
    },
}

impl Default for Interrupted {
    fn default() -> Self {
        Self::Secure {
            program_counter: None,
        }
    }
}

/// The call that was open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenCall {
    /// Id of the client.
    pub client: i32,
    /// The handle that it called.
    pub handle: u32,
    /// Id of the partition that serves the call, zero if it is not known.
    pub partition: i32,
}

/// What is known of a fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FaultRecord {
    /// How many faults there have been since the power came on, this one included.
    pub count: u32,
    /// Exception number: 3 HardFault to 7 SecureFault, others are unexpected exceptions.
    pub exception: u32,
    /// Configurable fault status register (MMFSR, BFSR, UFSR).
    pub configurable_status: u32,
    /// Secure fault status register.
    pub secure_status: u32,
    /// HardFault status register.
    pub hard_status: u32,
    /// The interrupted code was in thread mode.
    pub thread: bool,
    /// Whose it was, and where.
    pub interrupted: Interrupted,
    /// The call that was open, if one was.
    pub call: Option<OpenCall>,
}

impl FaultRecord {
    /// Whether secure code was interrupted.
    #[must_use]
    pub const fn is_of_secure_code(&self) -> bool {
        matches!(self.interrupted, Interrupted::Secure { .. })
    }

    /// Where the interrupted code was, if that is known.
    #[must_use]
    pub fn program_counter(&self) -> Option<u32> {
        match self.interrupted {
            Interrupted::Secure { program_counter } => program_counter,
            Interrupted::NonSecure { frame, .. } => frame.map(|frame| frame.program_counter),
        }
    }

    /// LR and the address of the access.
    fn of_non_secure_code(&self) -> (Option<u32>, Option<u32>) {
        match self.interrupted {
            Interrupted::Secure { .. } => (None, None),
            Interrupted::NonSecure { frame, address } => (frame.map(|frame| frame.link), address),
        }
    }

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
#[inline(never)] // else a long row of instructions for each record that is looked at
fn check_word(content: &[u32]) -> u32 {
    content.iter().fold(!MAGIC, |check, word| {
        (check.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B1)
    })
}

#[cfg(test)]
mod tests;
