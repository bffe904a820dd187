// SPDX-License-Identifier: Apache-2.0
//! Packets on a line of text ("SMP over console"): length, message and checksum, big endian, in
//! base64, cut into lines. The first line of a packet begins with one mark, the others with
//! another; both marks are control characters, so that texts of others can stand between them.
//!
//! What does not fit, does not check or is cut short is dropped; the next mark of a first line
//! begins anew wherever it stands. So no sequence of bytes can make the receiver deaf.

use crate::Line;
use crate::base64::{Decoded, Group, encode};
use crate::checksum::crc16;

/// The largest message that is taken, header included.
pub const MESSAGE_BYTES: usize = 1024;
const LENGTH_BYTES: usize = 2;
const CHECKSUM_BYTES: usize = 2;
/// Room for a packet.
pub const PACKET_BYTES: usize = LENGTH_BYTES + MESSAGE_BYTES + CHECKSUM_BYTES;

/// Begins the first line of a packet.
const FIRST: [u8; 2] = [0x06, 0x09];
/// Begins every other.
const NEXT: [u8; 2] = [0x04, 0x14];
/// Groups of base64 in a line: with mark and end it has 127 bytes, as others expect it.
const LINE_GROUPS: u8 = 31;

/// Where in a line the receiver is.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// In what belongs to no packet.
    Outside,
    /// Behind the first byte of a mark.
    Mark(u8),
    /// In base64.
    Inside(Group),
    /// Behind base64 that has ended with padding.
    Padded,
}

/// Collects a packet, byte by byte.
#[derive(Debug)]
pub struct Receiver<'a> {
    place: Place,
    packet: &'a mut [u8; PACKET_BYTES],
    received_bytes: usize,
    /// The first line of a packet has come and nothing was wrong since.
    is_open: bool,
}

impl<'a> Receiver<'a> {
    /// One that has received nothing.
    pub const fn new(packet: &'a mut [u8; PACKET_BYTES]) -> Self {
        Self {
            place: Place::Outside,
            packet,
            received_bytes: 0,
            is_open: false,
        }
    }

    /// Takes a byte from the line. Gives the message when it was the last one of a packet.
    #[inline(never)]
    pub fn take(&mut self, byte: u8) -> Option<&[u8]> {
        let [first, _] = FIRST;
        let [next, _] = NEXT;
        self.place = match (self.place, byte) {
            (_, byte) if byte == first || byte == next => Place::Mark(byte),
            (Place::Mark(mark), byte) => self.begin([mark, byte]),
            (Place::Outside, _) => Place::Outside,
            (Place::Inside(_) | Place::Padded, b'\n' | b'\r') => {
                let is_whole = match self.place {
                    Place::Inside(group) => group.is_empty(),
                    _ => true,
                };
                self.place = Place::Outside;
                if is_whole {
                    return self.message();
                }
                self.drop_packet()
            }
            (Place::Padded, _) => self.drop_packet(),
            (Place::Inside(group), byte) => self.decode(group, byte),
        };
        None
    }

    fn begin(&mut self, mark: [u8; 2]) -> Place {
        if mark == FIRST {
            self.received_bytes = 0;
            self.is_open = true;
        } else if mark != NEXT || !self.is_open {
            return Place::Outside;
        }
        Place::Inside(Group::default())
    }

    fn decode(&mut self, mut group: Group, character: u8) -> Place {
        let (bytes, count) = match group.take(character) {
            Decoded::Nothing => return Place::Inside(group),
            Decoded::Bytes(bytes, count) => (bytes, count),
            Decoded::Malformed => return self.drop_packet(),
        };
        for byte in bytes.iter().take(count.into()) {
            let Some(place) = self.packet.get_mut(self.received_bytes) else {
                return self.drop_packet();
            };
            *place = *byte;
            self.received_bytes = self.received_bytes.wrapping_add(1);
        }
        if count < 3 {
            return Place::Padded;
        }
        Place::Inside(group)
    }

    fn drop_packet(&mut self) -> Place {
        self.is_open = false;
        Place::Outside
    }

    /// The message at the end of a line, if the packet is complete.
    fn message(&mut self) -> Option<&[u8]> {
        let packet = self.packet.get(..self.received_bytes)?;
        let (length, rest) = packet.split_first_chunk::<LENGTH_BYTES>()?;
        let length_bytes = usize::from(u16::from_be_bytes(*length));
        if rest.len() < length_bytes {
            return None; // more lines are to come
        }
        self.is_open = false;
        let (message, _) = rest.split_last_chunk::<CHECKSUM_BYTES>()?;
        (rest.len() == length_bytes && crc16(rest) == 0).then_some(message)
    }
}

/// Sends a message as a packet.
pub fn send(line: &impl Line, message: &[u8]) {
    let length_bytes = message.len().wrapping_add(CHECKSUM_BYTES) as u16;
    let mut sender = Sender {
        line,
        bits: 0,
        count: 0,
        groups_left: LINE_GROUPS,
    };
    sender.mark(FIRST);
    sender.put(&length_bytes.to_be_bytes());
    sender.put(message);
    sender.put(&crc16(message).to_be_bytes());
    sender.end_group();
    line.send(b'\n');
}

/// A packet on its way.
struct Sender<'a, L> {
    line: &'a L,
    /// The bytes of a group that is not complete, and how many they are.
    bits: u32,
    count: u8,
    /// Room in the line.
    groups_left: u8,
}

impl<L: Line> Sender<'_, L> {
    fn mark(&self, mark: [u8; 2]) {
        mark.into_iter().for_each(|byte| self.line.send(byte));
    }

    #[inline(never)]
    fn put(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if self.count == 3 {
                self.end_group();
            }
            self.bits = self.bits << 8 | u32::from(*byte);
            self.count = self.count.wrapping_add(1);
        }
    }

    #[inline(never)]
    fn end_group(&mut self) {
        if self.groups_left == 0 {
            self.line.send(b'\n');
            self.mark(NEXT);
            self.groups_left = LINE_GROUPS;
        }
        let group = encode(self.bits, self.count);
        group.into_iter().for_each(|byte| self.line.send(byte));
        self.groups_left = self.groups_left.wrapping_sub(1);
        (self.bits, self.count) = (0, 0);
    }
}

#[cfg(test)]
mod tests;
