// SPDX-License-Identifier: Apache-2.0
//! Mapped vectors: cursors instead of pointers.

use super::world::*;
use psa::{Handle, Status};

#[test]
fn cursors_copy_between_all_vectors_in_turn() {
    let world = World::new();
    world.memory().set(DATA, b"abcdefg");
    world.memory().set(DATA + 0x10, b"12");
    let inputs = [(DATA, 7), (DATA + 0x10, 2)];
    let outputs = [(DATA + 0x20, 16), (DATA + 0x40, 1)];
    assert_eq!(world.call(MAP, &inputs, &outputs), Status::SUCCESS);
    assert_eq!(world.memory().get(DATA + 0x20, 7), b"abcefg\0");
    assert_eq!(
        world.memory().get(DATA + 0x40, 2),
        b"1\0",
        "no more than there is room"
    );
    assert_eq!(
        (world.length(OUT_ARRAY, 0), world.length(OUT_ARRAY, 1)),
        (6, 1)
    );
    assert_eq!(world.memory().most_reads(), 1);
    assert_eq!(world.memory().reads(DATA + 3, 1), [0], "skipped, not read");
}

#[test]
fn empty_vectors_beside_mapped_ones_do_no_harm() {
    let world = World::new();
    assert_eq!(
        world.call(MAP, &[(0, 0), (DATA, 1)], &[(0, 0)]),
        Status::SUCCESS
    );
    assert_eq!(world.call(MAP, &[], &[]), Status::SUCCESS);
}

#[test]
fn an_output_that_is_not_unmapped_counts_as_not_written() {
    let world = World::new();
    assert_eq!(
        world.call(MAP_AND_FORGET, &[], &[(DATA, 8)]),
        Status::SUCCESS
    );
    assert_eq!(world.length(OUT_ARRAY, 0), 0);
}

#[test]
fn slices_of_a_secure_caller_are_mapped_in_the_same_way() {
    let world = World::new();
    let order = Order {
        handle: Handle::stateless(FORWARDING, VERSION as u8).bits(),
        message_type: MAP,
        ..Order::default()
    };
    let (status, answer) = world.forward(STRICT, order, b"abcdefgh");
    assert_eq!(
        (status, answer.as_slice()),
        (Status::SUCCESS, b"abcefg".as_slice())
    );
    let order = Order {
        message_type: MAP_AND_FORGET,
        ..order
    };
    assert_eq!(world.forward(STRICT, order, b""), (Status::SUCCESS, vec![]));
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_service_without_mapped_vectors_may_not_map_any() {
    let world = World::new();
    world.describe(IN_ARRAY, &[(DATA, 4)]);
    world.spm.call(spm::Request {
        handle: Handle::stateless(UNMAPPED, VERSION as u8).bits(),
        control: control(MAP, 1, 0),
        ..request()
    });
}
