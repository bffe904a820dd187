// SPDX-License-Identifier: Apache-2.0
//! The partition on the host: messages as a manager would deliver them.

mod services;

use configure::manifest::{self, Access};
use echo_partition::{
    ADD, COUNT, DIGEST, DIGEST_BYTES, ECHO, Echo, FOREIGN_KEY, SERVICE, TALLY_SID, TALLY_VERSION,
    TOKEN, foreign_key::ATTEMPTS,
};
use psa::fake::{FakeFramework, FakeMessage};
use psa::message::{CONNECT, DISCONNECT};
use psa::{ClientId, Message as _, Partition as _, Status};
use services::FakeServices;

fn call<const CLIENTS: usize>(
    partition: &mut Echo<CLIENTS>,
    client: i32,
    message_type: i16,
    input: &[u8],
    room: usize,
) -> (Status, Vec<u8>) {
    let mut message = FakeMessage::new(SERVICE.sid, message_type)
        .by(ClientId::new(client))
        .input(input)
        .output(room);
    let status = partition.call(&mut message, &FakeServices::default().framework());
    (status, message.written(0).to_vec())
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
    for message_type in [0, 6, i16::MAX] {
        let answer = call(&mut partition, -1, message_type, &[1, 2], 2);
        assert_eq!(answer, (Status::NOT_SUPPORTED, Vec::new()));
        let mut message = FakeMessage::new(TALLY_SID, message_type);
        let status = partition.call(&mut message, &FakeFramework::new());
        assert_eq!(status, Status::NOT_SUPPORTED);
    }
}

#[test]
fn the_hash_is_made_by_crypto_from_every_byte_once() {
    let mut partition = Echo::<1>::new();
    for length in [0, 1, 16, 17, 100] {
        let input: Vec<u8> = (0..length).collect();
        let answer = call(&mut partition, -1, DIGEST, &input, DIGEST_BYTES);
        assert_eq!(answer, (Status::SUCCESS, FakeServices::hash(&input).into()));
    }
    let answer = call(&mut partition, -1, DIGEST, b"abc", DIGEST_BYTES - 1);
    assert_eq!(answer, (Status::BUFFER_TOO_SMALL, Vec::new()));
}

#[test]
fn a_token_is_about_the_hash_of_what_the_client_says() {
    let mut partition = Echo::<1>::new();
    let expected = FakeServices::token(&FakeServices::hash(b"abc"));
    let room = expected.len();
    let answer = call(&mut partition, -1, TOKEN, b"abc", room);
    assert_eq!(answer, (Status::SUCCESS, expected));
    let answer = call(&mut partition, -1, TOKEN, b"abc", room - 1);
    assert_eq!(answer, (Status::BUFFER_TOO_SMALL, Vec::new()));
}

#[test]
fn what_another_has_is_asked_for_and_the_answer_told() {
    let mut partition = Echo::<1>::new();
    for place in 0..ATTEMPTS.len() {
        let answer = call(&mut partition, -1, FOREIGN_KEY, &[place as u8], 32);
        assert_eq!(answer, (Status::NOT_PERMITTED, vec![0; 32]));
    }
    let behind = [ATTEMPTS.len() as u8];
    for (input, room) in [(&behind[..], 32), (&[], 32), (&[0, 0], 32), (&[0], 31)] {
        let answer = call(&mut partition, -1, FOREIGN_KEY, input, room);
        assert_eq!(answer, (Status::INVALID_ARGUMENT, Vec::new()));
    }
}

#[test]
fn what_a_service_refuses_is_told_and_nothing_is_written() {
    let calls = [
        (DIGEST, 0),
        (DIGEST, 1),
        (DIGEST, 2),
        (TOKEN, 2),
        (TOKEN, 3),
    ];
    for (message_type, successes) in calls {
        let mut message = FakeMessage::new(SERVICE.sid, message_type)
            .input(b"abc")
            .output(64);
        let services = FakeServices::failing_after(successes);
        let status = Echo::<1>::new().call(&mut message, &services.framework());
        assert_eq!(status, Status::INSUFFICIENT_MEMORY, "{successes}");
        assert_eq!(message.written(0), [0_u8; 0]);
    }
}

#[test]
fn a_connection_sums_up_what_it_hears() {
    let mut partition = Echo::<1>::new();
    let framework = FakeFramework::new();
    let mut message = FakeMessage::new(TALLY_SID, CONNECT).over(0);
    assert_eq!(partition.call(&mut message, &framework), Status::SUCCESS);
    for (input, sum) in [(vec![1, 2, 3], 6u32), (vec![], 6), (vec![255; 100], 25_506)] {
        message = FakeMessage::new(TALLY_SID, ADD)
            .over(message.reverse_handle())
            .input(&input)
            .output(4);
        assert_eq!(partition.call(&mut message, &framework), Status::SUCCESS);
        assert_eq!(message.written(0), sum.to_le_bytes());
    }
    message = FakeMessage::new(TALLY_SID, DISCONNECT).over(message.reverse_handle());
    assert_eq!(partition.call(&mut message, &framework), Status::SUCCESS);
}

#[test]
fn clients_have_the_numbers_of_the_manifest_compiled_in() {
    let manifest = manifest::parse("manifest.toml", include_str!("../manifest.toml")).unwrap();
    assert_eq!(manifest.id.unwrap().value, SERVICE.partition_id);
    let [service, tally] = &manifest.services[..] else {
        panic!("two services")
    };
    assert_eq!((tally.sid.value, tally.version), (TALLY_SID, TALLY_VERSION));
    assert_eq!(tally.access.value, Access::Connection);
    assert_eq!(service.sid.value, SERVICE.sid);
    assert_eq!(service.version, u32::from(SERVICE.version));
    let handle = Access::Stateless(SERVICE.stateless_handle);
    assert_eq!(service.access.value, handle);
}
