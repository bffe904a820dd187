// SPDX-License-Identifier: Apache-2.0
//! The record of a fault: what happened, where, and who did it.
//!
//! Fifteen words, little endian, closed by a check word, so that memory which holds none (after
//! a power cycle) or half of one is told apart. Registers and their bits are those of the
//! Armv8-M Architecture Reference Manual (DDI 0553, D1.2).

mod text;

/// Size of an encoded record in words.
pub const RECORD_WORDS: usize = 15;
/// Size of an encoded record in bytes.
pub const RECORD_BYTES: usize = RECORD_WORDS * 4;

/// "CmFR": a Casemate fault record.
const MAGIC: u32 = u32::from_le_bytes(*b"CmFR");
const FLAG_SECURE: u32 = 1 << 0;
const FLAG_THREAD: u32 = 1 << 1;
const FLAG_ADDRESS: u32 = 1 << 2;
const FLAG_FRAME: u32 = 1 << 3;
const FLAG_CALL: u32 = 1 << 4;

/// Where the interrupted code was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// LR.
    pub link: u32,
    /// The address to which the exception would have returned.
    pub program_counter: u32,
    /// xPSR.
    pub program_status: u32,
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
    /// Address of the access, where the core knows it.
    pub address: Option<u32>,
    /// Where the interrupted code was, if its frame could be read.
    pub frame: Option<Frame>,
    /// The interrupted code was secure.
    pub secure: bool,
    /// The interrupted code was in thread mode.
    pub thread: bool,
    /// The call that was open, if one was.
    pub call: Option<OpenCall>,
}

impl FaultRecord {
    /// The record as words.
    #[must_use]
    pub fn encode(&self) -> [u32; RECORD_WORDS] {
        let flag = |set: bool, flag: u32| if set { flag } else { 0 };
        let flags = flag(self.secure, FLAG_SECURE)
            | flag(self.thread, FLAG_THREAD)
            | flag(self.address.is_some(), FLAG_ADDRESS)
            | flag(self.frame.is_some(), FLAG_FRAME)
            | flag(self.call.is_some(), FLAG_CALL);
        let frame = self.frame.unwrap_or_default();
        let call = self.call.unwrap_or_default();
        let mut words = [
            MAGIC,
            self.count,
            self.exception,
            self.configurable_status,
            self.secure_status,
            self.hard_status,
            self.address.unwrap_or(0),
            frame.link,
            frame.program_counter,
            frame.program_status,
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
        let [content @ .., check] = words;
        let &[
            MAGIC,
            count,
            exception,
            configurable_status,
            secure_status,
            hard_status,
            address,
            link,
            program_counter,
            program_status,
            flags,
            client,
            handle,
            partition,
        ] = content
        else {
            return None;
        };
        if *check != check_word(content) {
            return None;
        }
        let has = |flag: u32| flags & flag != 0;
        Some(Self {
            count,
            exception,
            configurable_status,
            secure_status,
            hard_status,
            address: has(FLAG_ADDRESS).then_some(address),
            frame: has(FLAG_FRAME).then_some(Frame {
                link,
                program_counter,
                program_status,
            }),
            secure: has(FLAG_SECURE),
            thread: has(FLAG_THREAD),
            call: has(FLAG_CALL).then_some(OpenCall {
                client: client as i32,
                handle,
                partition: partition as i32,
            }),
        })
    }
}

/// A word that changes with each word and with their order.
fn check_word(content: &[u32]) -> u32 {
    content.iter().fold(!MAGIC, |check, word| {
        (check.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B1)
    })
}

#[cfg(test)]
mod tests;
