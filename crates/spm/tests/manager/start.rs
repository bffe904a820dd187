// SPDX-License-Identifier: Apache-2.0
//! The start of the partitions, and what the record of a fault can learn.

use super::world::*;
use psa::{ClientId, Handle, Status};
use spm::Spm;

fn manager() -> Spm<Image> {
    let connections = [const { spm::Connection::free() }; CONNECTIONS];
    Spm::new(
        spm::fake::FakeMemory::new(),
        Services::new(),
        Board,
        connections,
    )
}

#[test]
fn no_call_is_served_before_the_start() {
    let spm = manager();
    assert_eq!(spm.call(request()), Status::CONNECTION_REFUSED);
    let connect = spm.connect(ClientId::NON_SECURE, CONNECTED_SID, VERSION);
    assert_eq!(Status(connect), Status::CONNECTION_REFUSED);
    spm.start();
    assert_eq!(spm.call(request()), Status::SUCCESS);
}

#[test]
fn a_partition_may_call_what_it_depends_on_while_it_starts() {
    let spm = manager();
    spm.start();
    let seen = spm.partitions().shared.seen.take();
    let calls: Vec<_> = seen
        .iter()
        .map(|seen| (seen.partition, seen.client))
        .collect();
    assert_eq!(calls, [(LEAF, id(MIDDLE))]);
}

#[test]
fn a_partition_that_failed_to_start_refuses_all_and_others_do_not() {
    let world = World::new();
    let handle = Handle::stateless(UNAVAILABLE, VERSION as u8).bits();
    let client = ClientId::NON_SECURE;
    assert_eq!(
        world.bare_call(client, handle, 0),
        Status::CONNECTION_REFUSED
    );
    let connect = world.connect(client, UNAVAILABLE_CONNECTED_SID);
    assert_eq!(connect, Err(Status::CONNECTION_REFUSED));
    assert_eq!(world.seen(), []);
    assert_eq!(world.spm.call(request()), Status::SUCCESS);
}

#[test]
fn no_call_is_open_between_calls() {
    let world = World::new();
    world.forward(STRICT, Order::default(), b"");
    assert_eq!(world.spm.open_call(), None);
    assert_eq!(world.spm.serving(), None);
}
