// SPDX-License-Identifier: Apache-2.0
//! Random numbers, and what happens when there is no entropy.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyType, Pack, Usage},
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

/// Also where a request ends within what was made at once, nothing is lost and nothing repeated.
#[test]
fn requests_of_any_size_make_one_stream() {
    let whole = random(&Device::new(), 400).unwrap();
    for sizes in [
        [1, 62, 1],
        [63, 1, 64],
        [64, 64, 65],
        [12, 12, 200],
        [0, 16, 300],
    ] {
        let device = Device::new();
        let parts: Vec<_> = sizes
            .iter()
            .map(|size| random(&device, *size).unwrap())
            .collect();
        let parts = parts.concat();
        assert_eq!(parts, whole[..parts.len()]);
    }
    // Keys come from the same stream.
    let device = Device::new();
    let wanted = KeyAttributes::new(KeyType::RAW_DATA, 800, Usage::EXPORT, Algorithm::NONE);
    let key = device.generate(&wanted).unwrap();
    assert_eq!(device.export(key, 100).unwrap(), whole[..100]);
    assert_eq!(random(&device, 100).unwrap(), whole[100..200]);
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
