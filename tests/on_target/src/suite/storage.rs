// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage through the safe client.
//!
//! A write-once object stays for the life of the flash, so one test creates one and the others do
//! not count it.

use client::its::{self, CreateFlags, Info};
use client::veneers::Veneers;
use client::{Gateway, InVector, OutVector, Status};
use client::{diagnostics, gateway};
use nonsecure::config::its::{
    ASSETS_PER_CLIENT, BYTES_PER_CLIENT, MAX_ASSET_BYTES as MOST_ASSET_BYTES, MAX_ASSETS,
};
use nonsecure::{print_line, reset, semihosting};
use psa::service::INTERNAL_TRUSTED_STORAGE;
use psa::storage::{GET_INFO, SET};

/// The largest objects, as many as one client may have.
const MOST_ASSETS: u64 = {
    let by_bytes = BYTES_PER_CLIENT / MOST_ASSET_BYTES;
    let by_number = if ASSETS_PER_CLIENT < MAX_ASSETS {
        ASSETS_PER_CLIENT
    } else {
        MAX_ASSETS
    };
    if by_bytes < by_number {
        by_bytes as u64
    } else {
        by_number as u64
    }
};
/// A uid with an upper half.
const UID: u64 = 0x8000_0001_0000_0001;
const OTHER_UID: u64 = 0x8000_0002_0000_0001;
const WRITE_ONCE_UID: u64 = u64::MAX;
const UNTOUCHED: u8 = 0xEE;
/// A message type that the service does not have.
const UNKNOWN_REQUEST: i16 = 1005;

fn pattern<const BYTES: usize>() -> [u8; BYTES] {
    core::array::from_fn(|index| (index * 7 + 1) as u8)
}

fn set(uid: u64, data: &[u8]) -> Result<(), Status> {
    its::set(&Veneers, uid, data, CreateFlags::NONE)
}

fn get(uid: u64, offset_bytes: u32, data: &mut [u8]) -> Result<usize, Status> {
    its::get(&Veneers, uid, offset_bytes, data)
}

fn size_bytes(uid: u64) -> Result<u32, Status> {
    its::get_info(&Veneers, uid).map(|info| info.size_bytes)
}

fn remove(uid: u64) -> Result<(), Status> {
    its::remove(&Veneers, uid)
}

/// Whether the object holds these bytes and no others.
fn assert_holds(uid: u64, expected: &[u8]) {
    let mut data = [UNTOUCHED; MOST_ASSET_BYTES + 1];
    assert_eq!(get(uid, 0, &mut data), Ok(expected.len()));
    let (written, rest) = data.split_at(expected.len());
    assert_eq!(written, expected);
    assert!(rest.iter().all(|byte| *byte == UNTOUCHED));
}

pub fn the_service_has_its_version() {
    let sid = INTERNAL_TRUSTED_STORAGE.sid;
    assert_eq!(Veneers.version(sid), 1);
}

pub fn objects_are_set_replaced_and_removed() {
    let data: [u8; MOST_ASSET_BYTES] = pattern();
    for length in [1, 3, 4, 15, 16, 31, 32, 33, 64, 511, MOST_ASSET_BYTES, 7] {
        assert_eq!(set(UID, &data[..length]), Ok(()), "{length} bytes");
        assert_holds(UID, &data[..length]);
        assert_eq!(size_bytes(UID), Ok(length as u32));
    }
    assert_eq!(set(OTHER_UID, b"other"), Ok(()));
    assert_eq!(remove(UID), Ok(()));
    assert_holds(OTHER_UID, b"other");
    assert_eq!(remove(OTHER_UID), Ok(()));
}

pub fn any_part_is_read() {
    let data: [u8; 100] = pattern();
    assert_eq!(set(UID, &data), Ok(()));
    for offset in [0, 1, 31, 32, 33, 64, 99, 100] {
        for room in [0, 1, 31, 32, 33, 100] {
            let mut part = [UNTOUCHED; 101];
            let expected = &data[offset..data.len().min(offset + room)];
            let answer = get(UID, offset as u32, &mut part[..room]);
            assert_eq!(answer, Ok(expected.len()), "{room} bytes from {offset}");
            assert_eq!(&part[..expected.len()], expected);
            assert!(part[expected.len()..].iter().all(|byte| *byte == UNTOUCHED));
        }
    }
    for offset in [101, 512, u32::MAX] {
        let mut part = [UNTOUCHED; 8];
        let answer = get(UID, offset, &mut part);
        assert_eq!(answer, Err(Status::INVALID_ARGUMENT), "from {offset}");
        assert_eq!(part, [UNTOUCHED; 8]);
    }
    assert_eq!(remove(UID), Ok(()));
}

pub fn info_has_size_and_flags() {
    for flags in [0, 2, 4, 6].map(CreateFlags) {
        assert_eq!(its::set(&Veneers, UID, &[1; 20], flags), Ok(()));
        let info = Info {
            capacity_bytes: 20,
            size_bytes: 20,
            flags,
        };
        assert_eq!(its::get_info(&Veneers, UID), Ok(info));
    }
    for flags in [8, 0x10, 0x8000_0000, u32::MAX].map(CreateFlags) {
        let answer = its::set(&Veneers, UID, &[2; 4], flags);
        assert_eq!(answer, Err(Status::NOT_SUPPORTED), "{flags:?}");
    }
    assert_holds(UID, &[1; 20]);
    assert_eq!(remove(UID), Ok(()));
}

pub fn an_empty_object_is_an_object() {
    assert_eq!(set(UID, &[]), Ok(()));
    assert_holds(UID, &[]);
    assert_eq!(size_bytes(UID), Ok(0));
    assert_eq!(get(UID, 1, &mut []), Err(Status::INVALID_ARGUMENT));
    assert_eq!(remove(UID), Ok(()));
    assert_eq!(size_bytes(UID), Err(Status::DOES_NOT_EXIST));
}

pub fn too_much_data_is_refused() {
    assert_eq!(set(UID, b"before"), Ok(()));
    let data = [0x5a; MOST_ASSET_BYTES + 1];
    assert_eq!(set(UID, &data), Err(Status::INVALID_ARGUMENT));
    assert_eq!(set(OTHER_UID, &data), Err(Status::INVALID_ARGUMENT));
    assert_holds(UID, b"before");
    assert_eq!(size_bytes(OTHER_UID), Err(Status::DOES_NOT_EXIST));
    assert_eq!(remove(UID), Ok(()));
}

pub fn unknown_objects_do_not_exist() {
    // Neighbours in the lower and in the upper half of the uid.
    assert_eq!(set(UID, b"here"), Ok(()));
    for uid in [1, UID ^ 1, UID ^ 1 << 63, UID ^ 1 << 32, OTHER_UID] {
        assert_eq!(get(uid, 0, &mut [0; 4]), Err(Status::DOES_NOT_EXIST));
        assert_eq!(size_bytes(uid), Err(Status::DOES_NOT_EXIST));
        assert_eq!(remove(uid), Err(Status::DOES_NOT_EXIST));
    }
    assert_eq!(remove(UID), Ok(()));
    assert_eq!(remove(UID), Err(Status::DOES_NOT_EXIST));
}

pub fn uid_zero_is_refused() {
    assert_eq!(set(0, b"x"), Err(Status::INVALID_ARGUMENT));
    assert_eq!(get(0, 0, &mut [0; 4]), Err(Status::INVALID_ARGUMENT));
    assert_eq!(size_bytes(0), Err(Status::INVALID_ARGUMENT));
    assert_eq!(remove(0), Err(Status::INVALID_ARGUMENT));
}

pub fn malformed_requests_are_refused() {
    let handle = INTERNAL_TRUSTED_STORAGE.handle();
    let uid = UID.to_le_bytes();
    let call = |request, inputs: &[InVector<'_>], output: &mut [u8]| {
        let mut outputs = [OutVector::new(output)];
        gateway::call(&Veneers, handle, request, inputs, &mut outputs)
    };
    let (whole, short) = (InVector::new(&uid), InVector::new(&uid[..7]));
    let mut info = [UNTOUCHED; 16];
    let unknown = call(UNKNOWN_REQUEST, &[whole], &mut info);
    assert_eq!(unknown, Err(Status::NOT_SUPPORTED));
    for (request, inputs, room) in [
        (GET_INFO, &[short][..], 12),
        (GET_INFO, &[], 12),
        (GET_INFO, &[whole], 11),
        (GET_INFO, &[whole], 13),
        (SET, &[whole], 0),
        (SET, &[whole, whole], 0),
        (SET, &[whole, whole, short], 0),
    ] {
        let answer = call(request, inputs, &mut info[..room]);
        assert_eq!(answer, Err(Status::PROGRAMMER_ERROR));
    }
    assert_eq!(info, [UNTOUCHED; 16]);
    assert_eq!(size_bytes(UID), Err(Status::DOES_NOT_EXIST));
}

/// Creates objects until the storage is full, removes them, and returns their number.
fn fill() -> u64 {
    let data: [u8; MOST_ASSET_BYTES] = pattern();
    let mut count = 0;
    while set(UID + count, &data) == Ok(()) {
        count += 1;
    }
    assert_eq!(set(UID + count, &[]), Err(Status::INSUFFICIENT_STORAGE));
    for uid in UID..UID + count {
        // What is full can still be changed.
        assert_eq!(set(uid, &data[1..]), Ok(()));
    }
    for uid in UID..UID + count {
        assert_holds(uid, &data[1..]);
        assert_eq!(remove(uid), Ok(()));
    }
    count
}

pub fn space_is_limited_and_reusable() {
    assert_eq!(fill(), MOST_ASSETS);
    assert_eq!(fill(), MOST_ASSETS);
}

pub fn a_write_once_object_stays() {
    let flags = CreateFlags::WRITE_ONCE;
    assert_eq!(its::set(&Veneers, WRITE_ONCE_UID, b"once", flags), Ok(()));
    for flags in [flags, CreateFlags::NONE] {
        let answer = its::set(&Veneers, WRITE_ONCE_UID, b"more", flags);
        assert_eq!(answer, Err(Status::NOT_PERMITTED));
    }
    assert_eq!(remove(WRITE_ONCE_UID), Err(Status::NOT_PERMITTED));
    assert_holds(WRITE_ONCE_UID, b"once");
    // It takes one place for good.
    assert_eq!(fill(), MOST_ASSETS - 1);
    assert_holds(WRITE_ONCE_UID, b"once");
}

/// Stores a value and resets the device; after the reset, checks the value and that no fault is
/// recorded.
pub fn outlive_a_reset() -> ! {
    let value: [u8; 100] = pattern();
    let mut data = [0; 100];
    match get(UID, 0, &mut data) {
        Ok(length) => {
            assert_eq!((length, data), (value.len(), value));
            let fault = diagnostics::last_fault(&Veneers);
            assert_eq!(fault.err(), Some(Status::DOES_NOT_EXIST));
            print_line!("storage: the value outlived the reset");
            semihosting::exit(0)
        }
        Err(error) => assert_eq!(error, Status::DOES_NOT_EXIST),
    }
    assert_eq!(set(UID, &value), Ok(()));
    reset()
}
