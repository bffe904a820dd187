// SPDX-License-Identifier: Apache-2.0
//! Random numbers, and what happens when there is no entropy.

use psa::{
    Status,
    crypto::{Function, Pack},
};

use crate::{calls::output, client::*};

fn random(device: &Device, room: usize) -> Result<Vec<u8>, Status> {
    let pack = Pack::new(Function::GENERATE_RANDOM);
    output(device.function(pack, &[], &[Output::New(room)]), 0)
}

#[test]
fn as_many_bytes_as_there_is_room_for() {
    let device = Device::new();
    for room in [0, 1, 31, 32, 33, 63, 64, 65, 1000] {
        assert_eq!(random(&device, room).unwrap().len(), room);
    }
    let pack = Pack::new(Function::GENERATE_RANDOM);
    assert_eq!(device.plain(pack), Status::SUCCESS);
}

#[test]
fn nothing_comes_twice() {
    let device = Device::new();
    let bytes = random(&device, 4096).unwrap();
    let again = random(&device, 4096).unwrap();
    let mut words: Vec<_> = bytes.chunks(8).chain(again.chunks(8)).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), 1024);
    assert_eq!(device.source.asked.get(), 1, "one seed for all of it");
}

#[test]
fn without_entropy_nothing_comes_until_there_is_some() {
    let device = Device::new();
    device.source.fails.set(true);
    for room in [1, 32, 1000] {
        assert_eq!(random(&device, room), Err(Status::INSUFFICIENT_ENTROPY));
    }
    device.source.fails.set(false);
    assert!(random(&device, 32).is_ok());
    // Once there was some, it lasts.
    device.source.fails.set(true);
    assert!(random(&device, 32).is_ok());
}
