// SPDX-License-Identifier: Apache-2.0
//! A message as a manager would deliver it.

use psa::update::{self, Info};
use psa::{Absent, ClientId, Message, Partition, Status};

/// A message whose vectors are here. Each byte of an input is given once.
#[derive(Debug, Default)]
pub struct Call {
    message_type: i32,
    inputs: Vec<Vec<u8>>,
    room: usize,
    output: Vec<u8>,
}

impl Call {
    pub fn new(message_type: i32, inputs: &[&[u8]], room: usize) -> Self {
        Self {
            message_type,
            inputs: inputs.iter().map(|input| input.to_vec()).collect(),
            room,
            output: Vec::new(),
        }
    }
}

/// Delivers a message of this type with these inputs.
pub fn call(partition: &mut impl Partition, message_type: i16, inputs: &[&[u8]]) -> Status {
    partition.call(&mut Call::new(message_type.into(), inputs, 0))
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
    let mut message = Call::new(update::QUERY.into(), &[&component], Info::BYTES);
    assert_eq!(partition.call(&mut message), Status::SUCCESS);
    let (words, rest) = message.output.as_chunks();
    assert!(rest.is_empty());
    let words: [[u8; 4]; Info::BYTES / 4] = words.try_into().unwrap();
    assert!(words[6..].as_flattened().iter().all(|byte| *byte == 0));
    Info::from_words(words).unwrap()
}

impl Message for Call {
    type Framework = Absent;
    type Input = Absent;
    type Output = Absent;

    fn client_id(&self) -> ClientId {
        ClientId::NON_SECURE
    }

    fn service(&self) -> u32 {
        psa::service::FIRMWARE_UPDATE.sid
    }

    fn message_type(&self) -> i32 {
        self.message_type
    }

    fn in_size(&self, index: usize) -> usize {
        self.inputs.get(index).map_or(0, Vec::len)
    }

    fn out_size(&self, index: usize) -> usize {
        if index == 0 { self.room } else { 0 }
    }

    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        let Some(input) = self.inputs.get_mut(index) else {
            return 0;
        };
        let bytes = input.len().min(destination.len());
        let taken: Vec<u8> = input.drain(..bytes).collect();
        destination[..bytes].copy_from_slice(&taken);
        bytes
    }

    fn skip(&mut self, _: usize, _: usize) -> usize {
        unreachable!("the partition skips nothing")
    }

    fn erase(&mut self, _: usize) {
        unreachable!("the partition takes nothing back")
    }

    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status> {
        if index != 0 || source.len() > self.room - self.output.len() {
            return Err(Status::BUFFER_TOO_SMALL);
        }
        self.output.extend_from_slice(source);
        Ok(())
    }

    fn framework(&self) -> Absent {
        unreachable!("the partition calls nobody")
    }

    fn map_input(&mut self, _: usize) -> Absent {
        unreachable!("the partition maps nothing")
    }

    fn map_output(&mut self, _: usize) -> Absent {
        unreachable!("the partition maps nothing")
    }

    fn unmap_output(&mut self, output: Absent) {
        match output {}
    }
}
