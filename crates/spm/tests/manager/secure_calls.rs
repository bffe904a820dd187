// SPDX-License-Identifier: Apache-2.0
//! Partitions as callers of other partitions.

use super::world::*;
use psa::{
    Handle, Status,
    message::{CONNECT, DISCONNECT},
};

fn stateless(service: u8, message_type: i16) -> Order {
    Order {
        handle: Handle::stateless(service, VERSION as u8).bits(),
        message_type,
        ..Order::default()
    }
}

fn connected(message_type: i16, close: bool) -> Order {
    Order {
        sid: SECURE_CONNECTED_SID,
        version: VERSION,
        message_type,
        close,
        ..Order::default()
    }
}

#[test]
fn a_partition_calls_in_its_own_name_with_slices() {
    let world = World::new();
    let (status, answer) = world.forward(STRICT, stateless(FORWARDING, ECHO), b"from the top");
    assert_eq!(
        (status, answer.as_slice()),
        (Status::SUCCESS, b"from the top".as_slice())
    );
    let seen = world.seen();
    let path: Vec<_> = seen
        .iter()
        .map(|seen| (seen.partition, seen.client))
        .collect();
    assert_eq!(path, [(MIDDLE, id(TOP)), (TOP, psa::ClientId::NON_SECURE)]);
    assert_eq!(seen[0].inputs[0], b"from the top");
    assert_eq!((seen[0].in_sizes[0], seen[0].out_sizes[0]), (12, 0x20));
}

#[test]
fn messages_behave_alike_whoever_calls() {
    let world = World::new();
    for kind in [GREEDY, RETRACT, MAP] {
        let (status, _) = world.forward(STRICT, stateless(FORWARDING, kind), b"0123456789");
        assert_eq!(status, Status::SUCCESS);
    }
    let (status, answer) = world.forward(STRICT, stateless(FORWARDING, RETRACT), b"");
    assert_eq!(
        (status, answer.as_slice()),
        (Status::SUCCESS, b"ok".as_slice())
    );
    let (status, answer) = world.forward(STRICT, stateless(FORWARDING, FAIL), b"");
    assert_eq!(
        (status, answer.as_slice()),
        (Status::DOES_NOT_EXIST, b"abc".as_slice())
    );
}

#[test]
fn a_call_of_a_call_has_the_nearest_caller() {
    let world = World::new();
    let inner = stateless(SECURE_ONLY, ECHO).encode();
    let (status, _) = world.forward(STRICT, stateless(FORWARDING, FORWARD), &inner);
    assert_eq!(status, Status::SUCCESS);
    let seen = world.seen();
    let path: Vec<_> = seen
        .iter()
        .map(|seen| (seen.partition, seen.client))
        .collect();
    let outside = psa::ClientId::NON_SECURE;
    assert_eq!(
        path,
        [(LEAF, id(MIDDLE)), (MIDDLE, id(TOP)), (TOP, outside)]
    );
}

#[test]
fn what_the_manifest_does_not_name_is_refused() {
    let world = World::new();
    let refused = (Status::CONNECTION_REFUSED, vec![]);
    // The top may use the forwarding service only.
    for service in [STRICT, RELAXED, SECURE_ONLY] {
        assert_eq!(
            world.forward(STRICT, stateless(service, ECHO), b""),
            refused
        );
    }
    for sid in [CONNECTED_SID, 0xDEAD] {
        let order = Order {
            sid,
            version: VERSION,
            ..Order::default()
        };
        assert_eq!(world.forward(STRICT, order, b""), refused);
    }
    // Of all that, nothing was delivered.
    assert!(
        world
            .seen()
            .iter()
            .all(|seen| seen.message_type == i32::from(FORWARD))
    );
}

#[test]
fn a_circle_of_calls_is_an_error_and_not_a_second_entry() {
    let world = World::new();
    // Top, middle, leaf, and from there to the middle or to the leaf itself.
    for service in [FORWARDING, SECURE_ONLY] {
        let back = stateless(service, ECHO).encode();
        let mut inner = stateless(SECURE_ONLY, FORWARD).encode().to_vec();
        inner.extend_from_slice(&back);
        // The leaf gets its order as the second input of the middle's order; one step less
        // starts in the middle.
        let order = stateless(SECURE_ONLY, FORWARD);
        let (status, _) = world.forward(FORWARDING, order, &back);
        assert_eq!(status, Status::CONNECTION_BUSY, "service {service}");
        let seen = world.seen();
        assert!(
            seen.iter()
                .all(|seen| seen.message_type == i32::from(FORWARD))
        );
        // Both can be called again.
        let (status, _) = world.forward(FORWARDING, stateless(SECURE_ONLY, ECHO), b"x");
        assert_eq!(status, Status::SUCCESS);
        world.seen();
    }
}

#[test]
fn a_partition_connects_calls_and_closes() {
    let world = World::new();
    let (status, answer) = world.forward(STRICT, connected(ECHO, true), b"data");
    assert_eq!(
        (status, answer.as_slice()),
        (Status::SUCCESS, b"data".as_slice())
    );
    let seen = world.seen();
    let kinds: Vec<_> = seen
        .iter()
        .map(|seen| (seen.client, seen.message_type))
        .collect();
    let outer = (psa::ClientId::NON_SECURE, i32::from(FORWARD));
    let inner = [CONNECT, i32::from(ECHO), DISCONNECT].map(|kind| (id(TOP), kind));
    assert_eq!(kinds, [inner[0], inner[1], inner[2], outer]);
}

#[test]
fn a_handle_of_one_partition_is_nothing_to_others() {
    let world = World::new();
    let (status, _) = world.forward(STRICT, connected(ECHO, false), b"data");
    assert_eq!(status, Status::SUCCESS);
    let handle = u32::from_le_bytes(world.memory().get(DATA + 0xC0, 4).try_into().unwrap());
    let outside = psa::ClientId::NON_SECURE;
    assert_eq!(
        world.bare_call(outside, handle, ECHO),
        Status::PROGRAMMER_ERROR
    );
    assert_eq!(world.spm.close(outside, handle), Status::PROGRAMMER_ERROR);
    let order = Order {
        handle,
        message_type: ECHO,
        ..Order::default()
    };
    let (status, answer) = world.forward(STRICT, order, b"more");
    assert_eq!(
        (status, answer.as_slice()),
        (Status::SUCCESS, b"more".as_slice())
    );
}

#[test]
fn partitions_have_their_own_quota() {
    let world = World::new();
    for _ in 0..CONNECTIONS_PER_CLIENT {
        world
            .connect(psa::ClientId::NON_SECURE, CONNECTED_SID)
            .unwrap();
    }
    for expected in [Status::SUCCESS, Status::SUCCESS, Status::CONNECTION_BUSY] {
        let (status, _) = world.forward(STRICT, connected(ECHO, false), b"");
        assert_eq!(status, expected, "of {CONNECTIONS} two were left");
    }
}

#[test]
fn the_state_of_the_life_cycle_is_the_board_s() {
    let world = World::new();
    assert_eq!(
        world.call(LIFECYCLE, &[], &[]),
        Status(LIFECYCLE_STATE as i32)
    );
}
