// SPDX-License-Identifier: Apache-2.0
//! A message as a manager would deliver it.

use psa::fake::{FakeFramework, FakeMessage};
use psa::service::FIRMWARE_UPDATE;
use psa::update::{self, Info};
use psa::{Partition, Status};

/// A message of this type with these inputs and room for an answer.
pub fn message(message_type: i32, inputs: &[&[u8]], room: usize) -> FakeMessage {
    let message = FakeMessage::new(FIRMWARE_UPDATE.sid, message_type);
    let message = inputs
        .iter()
        .fold(message, |message, input| message.input(input));
    message.output(room)
}

/// Delivers a message of this type with these inputs.
pub fn call(partition: &mut impl Partition, message_type: i16, inputs: &[&[u8]]) -> Status {
    partition.call(
        &mut message(message_type.into(), inputs, 0),
        &FakeFramework::new(),
    )
}

/// `psa_fwu_write`.
pub fn write(partition: &mut impl Partition, offset_bytes: u32, block: &[u8]) -> Status {
    let offset = offset_bytes.to_le_bytes();
    call(
        partition,
        update::WRITE,
        &[&[update::COMPONENT], &offset, block],
    )
}

/// `psa_fwu_query`.
pub fn query(partition: &mut impl Partition) -> Info {
    let component = [update::COMPONENT];
    let mut message = message(update::QUERY.into(), &[&component], Info::BYTES);
    assert_eq!(
        partition.call(&mut message, &FakeFramework::new()),
        Status::SUCCESS
    );
    let (words, rest) = message.written(0).as_chunks();
    assert!(rest.is_empty());
    let words: [[u8; 4]; Info::BYTES / 4] = words.try_into().unwrap();
    assert!(words[6..].as_flattened().iter().all(|byte| *byte == 0));
    Info::from_words(words).unwrap()
}
