// SPDX-License-Identifier: Apache-2.0
//! What a fuzzer and the property tests do with a device in recovery.

use std::vec::Vec;

use boot::settings::Portable;
use boot::signature::Rsa3072;

use crate::frame::{PACKET_BYTES, Receiver, send};
use crate::host::fake::{SlotFlash, Wire};
use crate::{Next, Recovery};

/// The bytes with which this message goes over the line.
#[must_use]
pub fn packet(message: &[u8]) -> Vec<u8> {
    let wire = Wire::default();
    send(&wire, message);
    wire.sent()
}

/// The messages in these bytes of a line.
#[must_use]
pub fn messages(line: &[u8]) -> Vec<Vec<u8>> {
    let mut packet = [0; PACKET_BYTES];
    let mut receiver = Receiver::new(&mut packet);
    let bytes = line.iter();
    bytes
        .filter_map(|byte| receiver.take(*byte).map(<[u8]>::to_vec))
        .collect()
}

/// The bytes of a message, with a right header if the payload is not too long.
#[must_use]
pub fn message(operation: u8, command: (u16, u8), payload: &[u8]) -> Vec<u8> {
    let [high, low] = (payload.len() as u16).to_be_bytes();
    let [group_high, group_low] = command.0.to_be_bytes();
    let sequence = 0x5E;
    let header = [
        operation, 0, high, low, group_high, group_low, sequence, command.1,
    ];
    [&header[..], payload].concat()
}

/// Gives a device in recovery these bytes. Gives the messages that it answers, and what follows.
///
/// # Panics
/// The device wrote outside the primary slot.
pub fn talk(flash: &mut SlotFlash, line: &[u8]) -> (Vec<Vec<u8>>, Next) {
    let layout = flash.layout();
    let wire = Wire::default();
    let mut next = Next::Serve;
    let mut packet = [0; PACKET_BYTES];
    let mut recovery = Recovery::<Portable<Rsa3072>, _>::new(&mut flash.chip, &layout, &mut packet);
    for byte in line {
        next = recovery.take(*byte, &wire);
        if next == Next::Reset {
            break;
        }
    }
    flash.assert_guarded();
    (messages(&wire.sent()), next)
}

/// What a fuzzer calls. The first byte of `data` tells what the rest is: bytes of the line, or
/// commands for which the frames are made here, each behind its length, its operation and its
/// command.
///
/// # Panics
/// The device broke its word.
pub fn fuzz(data: &[u8]) {
    let Some((kind, mut rest)) = data.split_first() else {
        return;
    };
    let mut flash = SlotFlash::new(3, 512, 1 << (kind >> 1 & 3));
    if kind & 1 == 0 {
        let (answers, _) = talk(&mut flash, rest);
        answers.iter().for_each(|answer| check(answer));
        return;
    }
    let mut line = Vec::new();
    let mut asked = 0;
    while let Some(([length, about], behind)) = rest.split_first_chunk() {
        let payload_bytes = usize::from(*length).min(behind.len());
        let (payload, behind) = behind.split_at(payload_bytes);
        rest = behind;
        let command = (u16::from(about >> 4 & 1), about & 7);
        let operation = if about & 8 == 0 { 0 } else { 2 };
        line.extend(packet(&message(operation, command, payload)));
        asked += 1;
    }
    let (answers, next) = talk(&mut flash, &line);
    assert!(answers.len() == asked || next == Next::Reset);
    answers.iter().for_each(|answer| check(answer));
}

/// An answer is that of a command, as long as it says, and a map.
fn check(answer: &[u8]) {
    let (header, payload) = answer.split_first_chunk::<8>().expect("a header");
    assert!(header[0] == 1 || header[0] == 3, "not an answer");
    assert_eq!(
        payload.len(),
        u16::from_be_bytes([header[2], header[3]]).into()
    );
    let map = cbor::Map::read(payload).expect("a map");
    assert!(map.clone().all(|entry| entry.is_ok()));
}
