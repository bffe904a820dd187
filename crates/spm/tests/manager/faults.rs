// SPDX-License-Identifier: Apache-2.0
//! Errors of a partition's programmer: the board is told, and nothing goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::world::*;
use psa::{ClientId, Handle};

fn stateless(message_type: i16) {
    let world = World::new();
    world.call(message_type, &[(DATA, 8)], &[(DATA + 8, 8)]);
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_partition_gives_up() {
    stateless(PANIC);
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_number_for_no_connection() {
    stateless(TIE);
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_vector_that_was_read_is_mapped() {
    stateless(MAP_AFTER_READ);
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_vector_is_mapped_twice() {
    stateless(MAP_TWICE);
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_vector_that_does_not_exist_is_mapped() {
    stateless(MAP_NOTHING);
}

/// Has the top partition make a call.
fn ordered(order: Order) {
    World::new().forward(STRICT, order, b"");
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_partition_calls_a_handle_of_nothing() {
    ordered(Order {
        handle: 0x123,
        ..Order::default()
    });
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_partition_calls_with_a_negative_type() {
    ordered(Order {
        handle: psa::Handle::stateless(FORWARDING, VERSION as u8).bits(),
        message_type: -1,
        ..Order::default()
    });
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_partition_closes_a_stateless_handle() {
    ordered(Order {
        handle: psa::Handle::stateless(FORWARDING, VERSION as u8).bits(),
        close: true,
        ..Order::default()
    });
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_partition_connects_to_a_stateless_service() {
    ordered(Order {
        sid: sid(FORWARDING),
        version: VERSION,
        ..Order::default()
    });
}

#[test]
#[should_panic(expected = "a partition has failed")]
fn a_partition_wants_a_version_that_there_is_not() {
    ordered(Order {
        handle: psa::Handle::stateless(FORWARDING, VERSION as u8 + 1).bits(),
        ..Order::default()
    });
}

/// Who serves the innermost call when `act` fails.
fn failing(act: impl FnOnce(&World)) -> (Option<(ClientId, Handle)>, Option<ClientId>) {
    let world = World::new();
    assert!(catch_unwind(AssertUnwindSafe(|| act(&world))).is_err());
    (world.spm.open_call(), world.spm.serving())
}

#[test]
fn the_open_call_tells_which_partition_has_failed() {
    let (call, partition) = failing(|world| {
        world.call(PANIC, &[], &[]);
    });
    let handle = Handle::from_bits(request().handle);
    assert_eq!(call, Some((ClientId::NON_SECURE, handle)));
    assert_eq!(partition, Some(id(TOP)));
}

#[test]
fn a_nested_call_tells_the_partition_that_was_called() {
    let handle = Handle::stateless(FORWARDING, VERSION as u8);
    let order = Order {
        handle: handle.bits(),
        message_type: PANIC,
        ..Order::default()
    };
    let (call, partition) = failing(|world| {
        world.forward(STRICT, order, b"");
    });
    assert_eq!(call, Some((id(TOP), handle)));
    assert_eq!(partition, Some(id(MIDDLE)));
}

#[test]
fn the_handle_of_a_connection_leads_to_its_partition() {
    let order = Order {
        sid: SECURE_CONNECTED_SID,
        version: VERSION,
        message_type: PANIC,
        ..Order::default()
    };
    let (_, partition) = failing(|world| {
        world.forward(STRICT, order, b"");
    });
    assert_eq!(partition, Some(id(LEAF)));
}
