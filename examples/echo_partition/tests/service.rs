// SPDX-License-Identifier: Apache-2.0
//! The partition on the host: messages as a manager would deliver them.

use configure::manifest::{self, Access};
use echo_partition::{COUNT, ECHO, Echo, SERVICE};
use psa::{Absent, ClientId, Message, Partition, Status};

/// A message with one input and one output.
struct Call {
    client: ClientId,
    message_type: i16,
    input: Vec<u8>,
    taken: usize,
    output: Vec<u8>,
    room: usize,
}

impl Message for Call {
    type Framework = Absent;
    type Input = Absent;
    type Output = Absent;

    fn client_id(&self) -> ClientId {
        self.client
    }

    fn service(&self) -> u32 {
        SERVICE.sid
    }

    fn message_type(&self) -> i32 {
        self.message_type.into()
    }

    fn in_size(&self, index: usize) -> usize {
        if index == 0 { self.input.len() } else { 0 }
    }

    fn out_size(&self, index: usize) -> usize {
        if index == 0 { self.room } else { 0 }
    }

    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        assert_eq!(index, 0);
        let rest = &self.input[self.taken..];
        let bytes = rest.len().min(destination.len());
        destination[..bytes].copy_from_slice(&rest[..bytes]);
        self.taken += bytes;
        bytes
    }

    fn erase(&mut self, _: usize) {
        unreachable!("the partition takes nothing back")
    }

    fn skip(&mut self, _: usize, _: usize) -> usize {
        unreachable!("the partition skips nothing")
    }

    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status> {
        assert_eq!(index, 0);
        if source.len() > self.room - self.output.len() {
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

fn call<const CLIENTS: usize>(
    partition: &mut Echo<CLIENTS>,
    client: i32,
    message_type: i16,
    input: &[u8],
    room: usize,
) -> (Status, Vec<u8>) {
    let mut call = Call {
        client: ClientId::new(client),
        message_type,
        input: input.into(),
        taken: 0,
        output: Vec::new(),
        room,
    };
    let status = partition.call(&mut call);
    (status, call.output)
}

#[test]
fn it_says_what_it_hears() {
    let mut partition = Echo::<1>::new();
    for length in [0, 1, 15, 16, 17, 32, 1000] {
        let input: Vec<u8> = (0..length).map(|index| index as u8).collect();
        let answer = call(&mut partition, -1, ECHO, &input, input.len() + 3);
        assert_eq!(answer, (Status::SUCCESS, input));
    }
}

#[test]
fn a_small_output_gets_nothing() {
    let mut partition = Echo::<1>::new();
    for (length, room) in [(1, 0), (16, 15), (17, 16), (1000, 999)] {
        let answer = call(&mut partition, -1, ECHO, &vec![7; length], room);
        assert_eq!(answer, (Status::BUFFER_TOO_SMALL, Vec::new()));
    }
    for room in 0..4 {
        let answer = call(&mut partition, -1, COUNT, &[], room);
        assert_eq!(answer, (Status::BUFFER_TOO_SMALL, Vec::new()));
    }
}

#[test]
fn every_call_of_a_client_counts_for_it_alone() {
    let mut partition = Echo::<2>::new();
    for expected in 1..=3u32 {
        let answer = call(&mut partition, -1, COUNT, &[], 8);
        assert_eq!(answer, (Status::SUCCESS, expected.to_le_bytes().into()));
    }
    assert_eq!(
        call(&mut partition, -1, 99, &[], 8).0,
        Status::NOT_SUPPORTED
    );
    assert_eq!(call(&mut partition, -1, COUNT, &[], 4).1, [5, 0, 0, 0]);
    assert_eq!(call(&mut partition, 259, COUNT, &[], 4).1, [1, 0, 0, 0]);
    assert_eq!(
        call(&mut partition, -2, ECHO, &[1], 4).0,
        Status::INSUFFICIENT_MEMORY
    );
}

#[test]
fn unknown_messages_are_refused() {
    let mut partition = Echo::<1>::new();
    for message_type in [0, 3, i16::MAX] {
        let answer = call(&mut partition, -1, message_type, &[1, 2], 2);
        assert_eq!(answer, (Status::NOT_SUPPORTED, Vec::new()));
    }
}

#[test]
fn clients_have_the_numbers_of_the_manifest_compiled_in() {
    let manifest = manifest::parse("manifest.toml", include_str!("../manifest.toml")).unwrap();
    assert_eq!(manifest.id.unwrap().value, SERVICE.partition_id);
    let [service] = &manifest.services[..] else {
        panic!("one service")
    };
    assert_eq!(service.sid.value, SERVICE.sid);
    assert_eq!(service.version, u32::from(SERVICE.version));
    let handle = Access::Stateless(SERVICE.stateless_handle);
    assert_eq!(service.access.value, handle);
}
