// SPDX-License-Identifier: Apache-2.0
//! A message of the Simple Management Protocol: a header of eight bytes, big endian, and a map in
//! CBOR. Answers are written in the protocol's first version, which every client understands:
//! what went wrong is the number `rc`.

use cbor::{Writer, major};

/// Size of the header.
pub const HEADER_BYTES: usize = 8;
/// The low bits of the first byte are the operation.
const OPERATION_MASK: u8 = 0b111;
/// What an answer has more in its operation than its request.
const ANSWER: u8 = 1;

/// What a client wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// To learn something.
    Read = 0,
    /// To change something.
    Write = 2,
}

/// Why a request is refused, by the numbers of the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Code {
    /// The flash failed.
    Unknown = 1,
    /// The request is malformed, or asks for what can't be.
    InvalidValue = 3,
    /// The answer would be too long.
    MessageSize = 7,
    /// There is no such command.
    NotSupported = 8,
}

impl From<cbor::Malformed> for Code {
    fn from(_: cbor::Malformed) -> Self {
        Self::InvalidValue
    }
}

/// A request, taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What is to be done.
    pub operation: Operation,
    /// Group and number of the command.
    pub command: (u16, u8),
    /// The map.
    pub payload: Result<&'a [u8], Code>,
    sequence: u8,
}

impl<'a> Request<'a> {
    /// Decodes a message. None if no answer is expected: it has no header, or is an
    /// answer itself, perhaps our own that came back.
    pub fn read(message: &'a [u8]) -> Option<Self> {
        let (header, payload) = message.split_first_chunk::<HEADER_BYTES>()?;
        let [
            first,
            _,
            length_high,
            length_low,
            group_high,
            group_low,
            sequence,
            id,
        ] = *header;
        let operation = match first & OPERATION_MASK {
            0 => Operation::Read,
            2 => Operation::Write,
            _ => return None,
        };
        let length_bytes = usize::from(u16::from_be_bytes([length_high, length_low]));
        let is_whole = payload.len() == length_bytes;
        Some(Self {
            operation,
            command: (u16::from_be_bytes([group_high, group_low]), id),
            payload: is_whole.then_some(payload).ok_or(Code::InvalidValue),
            sequence,
        })
    }

    /// Writes the answer, whose map `fill` writes, or why there is none. Gives its size; 0 only if
    /// `room` does not even hold that.
    pub fn answer(
        &self,
        room: &mut [u8],
        fill: impl FnOnce(&mut Writer<'_>) -> Result<(), Code>,
    ) -> usize {
        let Some((header, body)) = room.split_first_chunk_mut::<HEADER_BYTES>() else {
            return 0;
        };
        let mut writer = Writer::new(body);
        let filled = fill(&mut writer);
        let written = writer.finish().ok_or(Code::MessageSize);
        let body_bytes = filled.and(written).unwrap_or_else(|code| {
            let mut writer = Writer::new(body);
            writer.head(major::MAP, 1);
            put_code(&mut writer, code as u8);
            writer.finish().unwrap_or_default()
        });
        let [length_high, length_low] = (body_bytes as u16).to_be_bytes();
        let (group, id) = self.command;
        let [group_high, group_low] = group.to_be_bytes();
        let operation = self.operation as u8 | ANSWER;
        *header = [
            operation,
            0,
            length_high,
            length_low,
            group_high,
            group_low,
            self.sequence,
            id,
        ];
        body_bytes.wrapping_add(HEADER_BYTES)
    }
}

/// The entry that tells how it went; 0 is success.
pub fn put_code(writer: &mut Writer<'_>, code: u8) {
    writer.text(b"rc");
    writer.unsigned(code.into());
}
