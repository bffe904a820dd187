// SPDX-License-Identifier: Apache-2.0
//! Calls that are wrong whatever the state, and numbers that clients have compiled in.

use crate::board::{ROOM_BYTES, device};
use crate::message::{call, message, query, write};
use configure::manifest::{self, Access};
use psa::fake::FakeFramework;
use psa::service::FIRMWARE_UPDATE;
use psa::update::{
    CANCEL, CLEAN, COMPONENT, FINISH, Info, LONGEST_WRITE_BYTES, QUERY, REJECT, START, State, WRITE,
};
use psa::{Partition as _, Status};

const ANY: [u8; 1] = [COMPONENT];

#[test]
fn vectors_have_the_sizes_that_were_agreed() {
    let number = [0; 4];
    let wrong: &[(i16, &[&[u8]])] = &[
        (START, &[]),
        (START, &[&[]]),
        (START, &[&[0, 0]]),
        (WRITE, &[&[], &number, &[1]]),
        (WRITE, &[&ANY, &[0; 3], &[1]]),
        (WRITE, &[&ANY, &[0; 8], &[1]]),
        (FINISH, &[&number]),
        (CANCEL, &[&number]),
        (CLEAN, &[&number]),
        (QUERY, &[&number]),
        (REJECT, &[]),
        (REJECT, &[&[0; 8]]),
    ];
    let mut update = device();
    for (kind, inputs) in wrong {
        let status = call(&mut update, *kind, inputs);
        assert_eq!(status, Status::PROGRAMMER_ERROR, "{kind} {inputs:?}");
    }
    for room in [0, Info::BYTES - 1, Info::BYTES + 1] {
        let mut message = message(QUERY.into(), &[&ANY], room);
        assert_eq!(
            update.call(&mut message, &FakeFramework::new()),
            Status::PROGRAMMER_ERROR
        );
    }
    assert_eq!(query(&mut update).state, State::Ready);
    assert_eq!(update.flash().operations(), 0);
}

#[test]
fn there_is_one_component_and_no_manifest_beside_the_image() {
    let mut update = device();
    for kind in [START, WRITE, FINISH, CANCEL, CLEAN, QUERY] {
        let status = call(&mut update, kind, &[&[COMPONENT + 1], &[0; 4], &[1]]);
        assert_eq!(status, Status::DOES_NOT_EXIST, "{kind}");
    }
    let status = call(&mut update, START, &[&ANY, &[1]]);
    assert_eq!(status, Status::INVALID_ARGUMENT);
    assert_eq!(call(&mut update, START, &[&ANY, &[]]), Status::SUCCESS);
}

#[test]
fn messages_of_other_types_are_not_supported() {
    let mut update = device();
    for kind in [i32::MIN, -2, -1, 0, 1000, 1011, i32::MAX] {
        let status = update.call(&mut message(kind, &[&ANY], 0), &FakeFramework::new());
        assert_eq!(status, Status::NOT_SUPPORTED, "{kind}");
    }
}

#[test]
fn a_block_lies_in_the_room_or_nothing_of_it_is_written() {
    let mut update = device();
    assert_eq!(call(&mut update, START, &[&ANY]), Status::SUCCESS);
    let before = update.flash().operations();
    let end = ROOM_BYTES as u32;
    let wrong = [
        (1, 1),
        (31, 32),
        (0, 0),
        (0, LONGEST_WRITE_BYTES + 1),
        (end, 1),
        (end - 32, 33),
        (end - 1024, 1025),
        (u32::MAX, 1),
        (u32::MAX - 31, 32),
        (u32::MAX - 31, 1024),
        (1 << 31, 64),
    ];
    for (offset, bytes) in wrong {
        let status = write(&mut update, offset, &vec![1; bytes]);
        assert_eq!(status, Status::INVALID_ARGUMENT, "{offset} {bytes}");
    }
    assert_eq!(update.flash().operations(), before);
    assert_eq!(query(&mut update).state, State::Writing);
    assert_eq!(write(&mut update, end - 32, &[1; 32]), Status::SUCCESS);
    // A place is written once.
    assert_eq!(
        write(&mut update, end - 32, &[1; 32]),
        Status::STORAGE_FAILURE
    );
    assert_eq!(write(&mut update, 0, &[1; 32]), Status::SUCCESS);
}

#[test]
fn clients_have_the_numbers_of_the_manifest_compiled_in() {
    let manifest = manifest::parse("manifest.toml", include_str!("../../manifest.toml")).unwrap();
    assert_eq!(manifest.id.unwrap().value, FIRMWARE_UPDATE.partition_id);
    let [service] = &manifest.services[..] else {
        panic!("one service")
    };
    assert_eq!(service.sid.value, FIRMWARE_UPDATE.sid);
    assert_eq!(service.version, u32::from(FIRMWARE_UPDATE.version));
    let handle = Access::Stateless(FIRMWARE_UPDATE.stateless_handle);
    assert_eq!(service.access.value, handle);
}
