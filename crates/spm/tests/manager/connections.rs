// SPDX-License-Identifier: Apache-2.0
//! Connections: who gets one, what its handle opens, how it ends.

use super::world::*;
use psa::{
    ClientId, Handle, Status,
    client::ConnectionHandle,
    message::{CONNECT, DISCONNECT},
};

const A: ClientId = ClientId::NON_SECURE;
const B: ClientId = ClientId::new(-2);

fn kinds(world: &World) -> Vec<(i32, usize)> {
    let seen = world.seen();
    let kind = |seen: &Seen| (seen.message_type, seen.reverse_handle);
    seen.iter().map(kind).collect()
}

#[test]
fn the_service_hears_of_connection_calls_and_end_and_finds_its_number_again() {
    let world = World::new();
    let handle = world.connect(A, CONNECTED_SID).unwrap();
    assert_eq!(world.bare_call(A, handle, 0), Status::SUCCESS);
    assert_eq!(world.bare_call(A, handle, 0x55), Status(1));
    assert_eq!(world.spm.close(A, handle), Status::SUCCESS);
    let expected = [
        (CONNECT, 0),
        (0, 0x7E57),
        (0x55, 0x7E57),
        (DISCONNECT, 0x7E57),
    ];
    assert_eq!(kinds(&world), expected);
}

#[test]
fn a_number_can_be_changed_in_a_call_and_ends_with_the_connection() {
    let world = World::new();
    let handle = world.connect(A, CONNECTED_SID).unwrap();
    world.memory().set(DATA, &[9]);
    world.describe(IN_ARRAY, &[(DATA, 1)]);
    let status = world.spm.call(spm::Request {
        handle,
        control: control(TIE, 1, 0),
        ..request()
    });
    assert_eq!(status, Status::SUCCESS);
    assert_eq!(world.bare_call(A, handle, 0), Status::SUCCESS);
    world.spm.close(A, handle);
    world.connect(A, CONNECTED_SID).unwrap();
    let numbers: Vec<_> = kinds(&world)
        .into_iter()
        .map(|(_, number)| number)
        .collect();
    assert_eq!(numbers, [0, 0x7E57, 9, 9, 0]);
}

#[test]
fn messages_about_a_connection_have_no_vectors_and_calls_have_all() {
    let world = World::new();
    let handle = world.connect(A, CONNECTED_SID).unwrap();
    world.memory().set(DATA, b"data");
    world.describe(IN_ARRAY, &[(DATA, 4)]);
    world.describe(OUT_ARRAY, &[(DATA + 8, 8)]);
    let status = world.spm.call(spm::Request {
        handle,
        control: control(ECHO, 1, 1),
        ..request()
    });
    assert_eq!(status, Status::SUCCESS);
    assert_eq!(world.memory().get(DATA + 8, 4), b"data");
    assert_eq!(world.length(OUT_ARRAY, 0), 4);
    world.spm.close(A, handle);
    for seen in world.seen().iter().filter(|seen| seen.message_type < 0) {
        assert_eq!((seen.in_sizes, seen.out_sizes), ([0; 5], [0; 5]));
    }
}

#[test]
fn handles_of_others_old_handles_and_invented_ones_open_nothing() {
    let world = World::new();
    let own = world.connect(A, CONNECTED_SID).unwrap();
    let foreign = world.connect(B, CONNECTED_SID).unwrap();
    let old = world.connect(A, CONNECTED_SID).unwrap();
    assert_eq!(world.spm.close(A, old), Status::SUCCESS);
    let again = world.connect(A, CONNECTED_SID).unwrap();
    assert_ne!(again, old, "the same place, another use of it");
    let forged =
        |index, generation| Handle::connection(ConnectionHandle { index, generation }).bits();
    world.seen();
    let bad = [
        foreign,
        old,
        own ^ 0x300,
        own | 1 << 30,
        own | 1 << 31,
        forged(4, 1), // never used
        forged(5, 1), // beyond the table
        forged(255, 1),
        forged(0, ConnectionHandle::MAX_GENERATION),
        0xFF,
    ];
    for handle in bad {
        assert_eq!(world.bare_call(A, handle, 0), Status::PROGRAMMER_ERROR);
        assert_eq!(world.spm.close(A, handle), Status::PROGRAMMER_ERROR);
    }
    let secure = ClientId::new(-own.cast_signed());
    assert_eq!(world.bare_call(secure, own, 0), Status::PROGRAMMER_ERROR);
    assert_eq!(kinds(&world), []);
    assert_eq!(world.bare_call(A, own, 0), Status::SUCCESS);
    assert_eq!(world.bare_call(A, again, 0), Status::SUCCESS);
    assert_eq!(world.bare_call(B, foreign, 0), Status::SUCCESS);
}

#[test]
fn closing_nothing_is_no_error_and_closing_twice_is() {
    let world = World::new();
    assert_eq!(world.spm.close(A, Handle::NULL.bits()), Status::SUCCESS);
    let handle = world.connect(A, CONNECTED_SID).unwrap();
    assert_eq!(world.spm.close(A, handle), Status::SUCCESS);
    assert_eq!(world.spm.close(A, handle), Status::PROGRAMMER_ERROR);
    let stateless = request().handle;
    assert_eq!(world.spm.close(A, stateless), Status::PROGRAMMER_ERROR);
}

#[test]
fn versions_follow_the_policy_of_the_service() {
    let world = World::new();
    for (version, strict, relaxed) in [
        (0, false, true),
        (2, false, true),
        (3, true, true),
        (4, false, false),
        (u32::MAX, false, false),
    ] {
        for (sid, good) in [(CONNECTED_SID, strict), (RELAXED_CONNECTED_SID, relaxed)] {
            let answer = world.spm.connect(A, sid, version);
            assert_eq!(answer > 0, good, "version {version}");
            if good {
                world.spm.close(A, answer as u32);
            } else {
                assert_eq!(Status(answer), Status::CONNECTION_REFUSED);
            }
        }
    }
}

#[test]
fn services_that_can_not_be_connected_to() {
    let world = World::new();
    for (sid, status) in [
        (0, Status::CONNECTION_REFUSED),
        (0xDEAD, Status::CONNECTION_REFUSED),
        (sid(STRICT), Status::PROGRAMMER_ERROR),
        (sid(SECURE_ONLY), Status::CONNECTION_REFUSED),
        (SECURE_CONNECTED_SID, Status::CONNECTION_REFUSED),
        (UNAVAILABLE_CONNECTED_SID, Status::CONNECTION_REFUSED),
    ] {
        assert_eq!(world.connect(A, sid), Err(status), "{sid:#x}");
    }
    assert_eq!(kinds(&world), []);
    assert_eq!(world.spm.version(A, SECURE_CONNECTED_SID), 0);
    assert_eq!(world.spm.version(A, CONNECTED_SID), VERSION);
}

#[test]
fn a_service_that_declines_leaves_no_connection_behind() {
    let world = World::new();
    let answer = &world.spm.partitions().shared.connect_answer;
    for (answered, told) in [
        (Status::CONNECTION_REFUSED, Status::CONNECTION_REFUSED),
        (Status::CONNECTION_BUSY, Status::CONNECTION_BUSY),
        (Status::PROGRAMMER_ERROR, Status::PROGRAMMER_ERROR),
        (Status::INSUFFICIENT_MEMORY, Status::CONNECTION_REFUSED),
        (Status(1), Status::CONNECTION_REFUSED),
    ] {
        answer.set(answered);
        for _ in 0..=CONNECTIONS {
            assert_eq!(world.connect(A, CONNECTED_SID), Err(told));
        }
    }
    answer.set(Status::SUCCESS);
    for _ in 0..CONNECTIONS_PER_CLIENT {
        world.connect(A, CONNECTED_SID).unwrap();
    }
}

#[test]
fn a_client_that_takes_all_it_may_have_does_not_starve_another() {
    let world = World::new();
    let held: Vec<_> = (0..CONNECTIONS_PER_CLIENT)
        .map(|_| world.connect(A, CONNECTED_SID).unwrap())
        .collect();
    assert_eq!(
        world.connect(A, CONNECTED_SID),
        Err(Status::CONNECTION_BUSY)
    );
    for _ in CONNECTIONS_PER_CLIENT..CONNECTIONS {
        world.connect(B, CONNECTED_SID).unwrap();
    }
    let third = ClientId::new(-3);
    assert_eq!(
        world.connect(third, CONNECTED_SID),
        Err(Status::CONNECTION_BUSY)
    );
    assert_eq!(world.spm.close(A, held[1]), Status::SUCCESS);
    world.connect(third, CONNECTED_SID).unwrap();
}

#[test]
fn a_connection_that_the_service_ended_can_only_be_closed() {
    let world = World::new();
    let other = world.connect(A, CONNECTED_SID).unwrap();
    let handle = world.connect(A, CONNECTED_SID).unwrap();
    assert_eq!(world.bare_call(A, handle, ACCUSE), Status::PROGRAMMER_ERROR);
    world.seen();
    assert_eq!(world.bare_call(A, handle, 0), Status::PROGRAMMER_ERROR);
    assert_eq!(kinds(&world), [], "nothing is delivered");
    assert_eq!(world.bare_call(A, other, 0), Status::SUCCESS);
    world.seen();
    assert_eq!(world.spm.close(A, handle), Status::SUCCESS);
    assert_eq!(kinds(&world), [(DISCONNECT, 0x7E57)]);
    let again = world.connect(A, CONNECTED_SID).unwrap();
    assert_eq!(world.bare_call(A, again, 0), Status::SUCCESS);
}

#[test]
fn a_stateless_service_may_accuse_as_often_as_it_likes() {
    let world = World::new();
    let handle = request().handle;
    assert_eq!(world.bare_call(A, handle, ACCUSE), Status::PROGRAMMER_ERROR);
    assert_eq!(world.bare_call(A, handle, 0), Status::SUCCESS);
}

#[test]
fn handles_do_not_repeat_soon() {
    let world = World::new();
    let mut handles = std::collections::HashSet::new();
    for _ in 0..5000 {
        let handle = world.connect(A, CONNECTED_SID).unwrap();
        assert!(handles.insert(handle));
        assert_eq!(world.spm.close(A, handle), Status::SUCCESS);
    }
}
