// SPDX-License-Identifier: Apache-2.0
//! Good calls, and who may call what.

use super::world::*;
use psa::{ClientId, Handle, Status};
use spm::Request;

#[test]
fn a_call_without_vectors_reaches_its_partition_and_touches_nothing() {
    let world = World::new();
    let null = Request {
        in_vectors: 3,
        out_vectors: SECURE,
        ..request()
    };
    assert_eq!(world.spm.call(null), Status::SUCCESS);
    let seen = world.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].partition, TOP);
    assert_eq!(seen[0].client, ClientId::NON_SECURE);
    assert_eq!((seen[0].in_sizes, seen[0].out_sizes), ([0; 5], [0; 5]));
    assert_eq!(world.memory().most_reads(), 0);
}

#[test]
fn a_partition_knows_which_of_its_services_is_called() {
    let world = World::new();
    for service in [STRICT, RELAXED] {
        let handle = Handle::stateless(service, VERSION as u8).bits();
        world.bare_call(ClientId::NON_SECURE, handle, ECHO);
    }
    let connection = world.connect(ClientId::NON_SECURE, RELAXED_CONNECTED_SID);
    world.bare_call(ClientId::NON_SECURE, connection.unwrap(), ECHO);
    let called: Vec<_> = world.seen().iter().map(|seen| seen.service).collect();
    assert_eq!(
        called,
        [
            sid(STRICT),
            sid(RELAXED),
            RELAXED_CONNECTED_SID, // the message about the connection
            RELAXED_CONNECTED_SID,
        ]
    );
}

#[test]
fn a_status_of_the_service_s_own_comes_through() {
    let world = World::new();
    assert_eq!(world.call(0x7FFF, &[], &[]), Status(1));
    assert_eq!(world.seen()[0].message_type, 0x7FFF);
}

#[test]
fn data_goes_in_and_out_in_pieces_and_the_lengths_come_back() {
    let world = World::new();
    world.memory().set(DATA, b"first input");
    world.memory().set(ROM, b"ROM");
    let inputs = [(DATA, 11), (ROM, 3)];
    let outputs = [(DATA + 0x40, 20), (TOP_OF_MEMORY + 0xF0, 16)];
    assert_eq!(world.call(ECHO, &inputs, &outputs), Status::SUCCESS);
    let seen = world.seen();
    assert_eq!(seen[0].in_sizes, [11, 3, 0, 0, 0]);
    assert_eq!(seen[0].out_sizes, [20, 16, 0, 0, 0]);
    assert_eq!(world.memory().get(DATA + 0x40, 12), b"first input\0");
    assert_eq!(world.memory().get(TOP_OF_MEMORY + 0xF0, 4), b"ROM\0");
    assert_eq!(
        (world.length(OUT_ARRAY, 0), world.length(OUT_ARRAY, 1)),
        (11, 3)
    );
}

#[test]
fn only_the_length_words_of_output_descriptors_are_written() {
    let world = World::new();
    world.memory().set(OUT_ARRAY + 8, &[0xEE; 16]);
    world.call(ECHO, &[(DATA, 4)], &[(DATA + 8, 4)]);
    assert_eq!(world.memory().get(OUT_ARRAY + 8, 16), [0xEE; 16]);
    // The base was read once, and then changed by the hostile memory only.
    let base = (DATA + 8).to_le_bytes().map(|byte| byte ^ 0xA5);
    assert_eq!(world.memory().get(OUT_ARRAY, 4), base);
}

#[test]
fn lengths_come_back_from_a_service_that_fails() {
    let world = World::new();
    assert_eq!(
        world.call(FAIL, &[], &[(DATA, 8), (DATA + 8, 8)]),
        Status::DOES_NOT_EXIST
    );
    assert_eq!(
        (world.length(OUT_ARRAY, 0), world.length(OUT_ARRAY, 1)),
        (3, 0)
    );
}

#[test]
fn a_service_can_neither_read_twice_nor_write_beyond_the_end() {
    let world = World::new();
    world.memory().set(DATA + 18, &[0xEE]);
    assert_eq!(
        world.call(GREEDY, &[(DATA, 9), (DATA + 9, 1)], &[(DATA + 12, 6)]),
        Status::SUCCESS
    );
    assert_eq!(world.memory().most_reads(), 1);
    assert_eq!(
        world.memory().get(DATA + 12, 7),
        [0x77, 0x77, 0x77, 0x77, 0x77, 0x77, 0xEE]
    );
}

#[test]
fn a_service_can_take_back_what_it_wrote() {
    let world = World::new();
    world.memory().set(DATA, &[0xEE; 80]);
    let outputs = [(DATA, 0), (DATA + 1, 2), (DATA + 4, 16), (DATA + 32, 37)];
    assert_eq!(world.call(RETRACT, &[], &outputs), Status::SUCCESS);
    assert_eq!(
        [0, 1, 2, 3].map(|index| world.length(OUT_ARRAY, index)),
        [0, 0, 2, 2]
    );
    let mut expected = vec![0xEE; 80];
    for (start, length) in [(1, 2), (4, 16), (32, 37)] {
        expected[start..start + length].fill(0);
    }
    expected[4..6].copy_from_slice(b"ok");
    expected[32..34].copy_from_slice(b"ok");
    assert_eq!(world.memory().get(DATA, 80), expected);
}

#[test]
fn a_service_can_work_in_place() {
    let world = World::new();
    world.memory().set(DATA, b"in place");
    assert_eq!(
        world.call(ECHO, &[(DATA, 8)], &[(DATA, 8)]),
        Status::SUCCESS
    );
    assert_eq!(world.memory().get(DATA, 8), b"in place");
}

#[test]
fn an_empty_vector_may_have_any_base() {
    for base in [0, 1, SECURE, u32::MAX] {
        let world = World::new();
        assert_eq!(
            world.call(ECHO, &[(base, 0), (base, 0)], &[(base, 0)]),
            Status::SUCCESS
        );
        assert_eq!(world.length(OUT_ARRAY, 0), 0);
    }
}

#[test]
fn four_vectors_are_the_most() {
    for in_count in 0..=4 {
        let world = World::new();
        let vectors: Vec<_> = (0..4).map(|index| (DATA + 16 * index, 16)).collect();
        let (inputs, outputs) = vectors.split_at(in_count);
        assert_eq!(world.call(ECHO, inputs, outputs), Status::SUCCESS);
        assert_eq!(
            world.seen()[0].in_sizes.iter().sum::<usize>(),
            16 * in_count
        );
    }
}

#[test]
fn versions_follow_the_policy_of_the_service() {
    let world = World::new();
    let status = |service, version| {
        let handle = Handle::stateless(service, version).bits();
        world.spm.call(Request {
            handle,
            ..request()
        })
    };
    for (version, strict, relaxed) in [
        (0, Status::PROGRAMMER_ERROR, Status::SUCCESS),
        (2, Status::PROGRAMMER_ERROR, Status::SUCCESS),
        (3, Status::SUCCESS, Status::SUCCESS),
        (4, Status::PROGRAMMER_ERROR, Status::PROGRAMMER_ERROR),
        (255, Status::PROGRAMMER_ERROR, Status::PROGRAMMER_ERROR),
    ] {
        assert_eq!(status(STRICT, version), strict, "version {version}");
        assert_eq!(status(RELAXED, version), relaxed, "version {version}");
    }
}

#[test]
fn a_service_for_the_secure_world_refuses_the_other() {
    let world = World::new();
    let handle = Handle::stateless(SECURE_ONLY, VERSION as u8).bits();
    for client in [
        ClientId::NON_SECURE,
        ClientId::new(-2),
        ClientId::new(i32::MIN),
    ] {
        let refused = Request {
            client,
            handle,
            ..request()
        };
        assert_eq!(world.spm.call(refused), Status::CONNECTION_REFUSED);
        assert_eq!(world.spm.version(client, sid(SECURE_ONLY)), 0);
        let status = world.connect(client, sid(SECURE_ONLY));
        assert_eq!(status, Err(Status::CONNECTION_REFUSED));
    }
    assert_eq!(world.seen(), []);
    let secure = ClientId::new(261);
    assert_eq!(world.spm.version(secure, sid(SECURE_ONLY)), VERSION);
}

#[test]
fn versions_are_told_of_services_that_exist() {
    let world = World::new();
    let version = |sid| world.spm.version(ClientId::NON_SECURE, sid);
    assert_eq!(version(0x1001), VERSION);
    assert_eq!(version(CONNECTED_SID), VERSION);
    for sid in [0, 0x1000, 0x1006, u32::MAX] {
        assert_eq!(version(sid), psa::client::VERSION_NONE);
    }
}

#[test]
fn inputs_may_overlap_at_any_distance() {
    const BYTES: u32 = 8;
    for distance in 0..=BYTES {
        let world = World::new();
        world.memory().set(DATA, b"0123456789abcdef");
        let inputs = [(DATA, BYTES), (DATA + distance, BYTES)];
        assert_eq!(world.call(ECHO, &inputs, &[]), Status::SUCCESS);
        let seen = world.seen();
        assert_eq!(seen[0].inputs[0], b"01234567");
        // A byte of both is read for each of them, and this memory changes what was read.
        let shared = (BYTES - distance) as usize;
        let expected = &b"0123456789abcdef"[distance as usize..][..BYTES as usize];
        assert_eq!(seen[0].inputs[1][shared..], expected[shared..]);
        let changed: Vec<u8> = expected[..shared].iter().map(|byte| byte ^ 0xA5).collect();
        assert_eq!(seen[0].inputs[1][..shared], changed);
        assert!(world.memory().most_reads() <= 2);
    }
}

#[test]
fn outputs_may_overlap_where_what_is_written_does_not() {
    // As `psa_aead_finish` with the tag in the room behind a ciphertext that is shorter.
    let world = World::new();
    world.memory().set(DATA, b"textTAG!");
    let inputs = [(DATA, 4), (DATA + 4, 4)];
    let outputs = [(DATA + 0x40, 32), (DATA + 0x44, 16)];
    assert_eq!(world.call(ECHO, &inputs, &outputs), Status::SUCCESS);
    assert_eq!(world.memory().get(DATA + 0x40, 9), b"textTAG!\0");
    let lengths = (world.length(OUT_ARRAY, 0), world.length(OUT_ARRAY, 1));
    assert_eq!(lengths, (4, 4));
}

#[test]
fn vectors_may_lie_over_descriptors_that_were_read_before() {
    let world = World::new();
    let inputs = [(IN_ARRAY, 8), (OUT_ARRAY, 8)];
    assert_eq!(world.call(ECHO, &inputs, &[]), Status::SUCCESS);
    let status = world.call(ECHO, &[(DATA, 4)], &[(IN_ARRAY, 4)]);
    assert_eq!(status, Status::SUCCESS);
    assert_eq!(world.length(OUT_ARRAY, 0), 4);
}
