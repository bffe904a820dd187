// SPDX-License-Identifier: Apache-2.0
//! Every request with every status of the specification, mostly wrong ones.

mod common;

use common::{CRYPTO, Client, NON_SECURE, TestIts, message, restarted};
use flash::{Geometry, fake::RamFlash};
use its::{Its, host::framework};
use psa::{Partition as _, Status, fake::FakeFramework};

const GEOMETRY: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 4096,
    program_unit_bytes: 4,
};
type Small = TestIts<RamFlash, 10, 512, 32>;

fn its() -> Small {
    Its::new(RamFlash::new(GEOMETRY))
}

#[test]
fn an_object_comes_back_as_it_was_set_whatever_its_size() {
    let mut its = its();
    for size in (0..=512usize).rev() {
        let data: Vec<u8> = (0..size).map(|index| (index * 7 + size) as u8).collect();
        assert_eq!(its.set(NON_SECURE, 5, &data, 0), Status::SUCCESS);
        assert_eq!(its.get(NON_SECURE, 5), Ok(data.clone()));
        assert_eq!(its.info(NON_SECURE, 5), Ok([size as u32, size as u32, 0]));
    }
}

#[test]
fn objects_survive_a_restart() {
    let mut its = its();
    its.set(NON_SECURE, u64::MAX, b"first", 2);
    its.set(NON_SECURE, 1, b"second", 4);
    its.remove(NON_SECURE, u64::MAX);
    its.set(CRYPTO, 1, b"third", 6);
    let mut its = restarted(its);
    assert_eq!(its.get(NON_SECURE, u64::MAX), Err(Status::DOES_NOT_EXIST));
    assert_eq!(its.get(NON_SECURE, 1), Ok(b"second".to_vec()));
    assert_eq!(its.info(CRYPTO, 1), Ok([5, 5, 6]));
}

#[test]
fn parts_are_read_at_offsets() {
    let mut its = its();
    for size in [1u32, 31, 32, 33, 100, 512] {
        let data: Vec<u8> = (0..size).map(|index| index as u8).collect();
        its.set(NON_SECURE, 9, &data, 0);
        for offset in 0..=size {
            for room in [0, 1, 7, 32, 512] {
                let end = (offset as usize + room).min(data.len());
                let part = its.get_part(NON_SECURE, 9, offset, room);
                assert_eq!(part, Ok(data[offset as usize..end].to_vec()));
            }
        }
        for offset in [size + 1, u32::MAX] {
            let part = its.get_part(NON_SECURE, 9, offset, 8);
            assert_eq!(part, Err(Status::INVALID_ARGUMENT));
        }
    }
}

#[test]
fn owners_do_not_meet() {
    let mut its = its();
    its.set(NON_SECURE, 1, b"theirs", 0);
    assert_eq!(its.get(CRYPTO, 1), Err(Status::DOES_NOT_EXIST));
    assert_eq!(its.remove(CRYPTO, 1), Status::DOES_NOT_EXIST);
    assert_eq!(its.set(CRYPTO, 1, b"ours", 1), Status::SUCCESS);
    assert_eq!(its.set(NON_SECURE, 1, b"changed", 0), Status::SUCCESS);
    assert_eq!(its.get(CRYPTO, 1), Ok(b"ours".to_vec()));
}

#[test]
fn uid_zero_is_invalid_everywhere() {
    let mut its = its();
    assert_eq!(its.set(NON_SECURE, 0, b"", 0), Status::INVALID_ARGUMENT);
    assert_eq!(its.get(NON_SECURE, 0), Err(Status::INVALID_ARGUMENT));
    assert_eq!(its.info(NON_SECURE, 0), Err(Status::INVALID_ARGUMENT));
    assert_eq!(its.remove(NON_SECURE, 0), Status::INVALID_ARGUMENT);
}

#[test]
fn what_does_not_exist_is_named_so() {
    let mut its = its();
    assert_eq!(its.get(NON_SECURE, 3), Err(Status::DOES_NOT_EXIST));
    assert_eq!(its.info(NON_SECURE, 3), Err(Status::DOES_NOT_EXIST));
    assert_eq!(its.remove(NON_SECURE, 3), Status::DOES_NOT_EXIST);
    its.set(NON_SECURE, 3, b"", 0);
    assert_eq!(its.remove(NON_SECURE, 3), Status::SUCCESS);
    assert_eq!(its.remove(NON_SECURE, 3), Status::DOES_NOT_EXIST);
}

#[test]
fn write_once_is_for_good() {
    let mut its = its();
    its.set(NON_SECURE, 3, b"for good", 1);
    for _ in 0..2 {
        assert_eq!(its.set(NON_SECURE, 3, b"", 0), Status::NOT_PERMITTED);
        assert_eq!(
            its.set(NON_SECURE, 3, b"for good", 1),
            Status::NOT_PERMITTED
        );
        assert_eq!(its.remove(NON_SECURE, 3), Status::NOT_PERMITTED);
        assert_eq!(its.get(NON_SECURE, 3), Ok(b"for good".to_vec()));
        assert_eq!(its.info(NON_SECURE, 3), Ok([8, 8, 1]));
        its = restarted(its);
    }
}

/// PSA Secure Storage API 1.0, section 3.2: a factory may correct a mistake, and no one later.
#[test]
fn write_once_is_not_enforced_while_the_device_is_provisioned() {
    const PROVISIONING: u32 = 0x2000;
    for state in [0, 0x1000, 0x2000, 0x20FF, 0x3000, 0x4000, 0x5000, 0x6000] {
        for (message_type, inputs) in [
            (
                1001,
                &[&3u64.to_le_bytes(), &b"new"[..], &0u32.to_le_bytes()][..],
            ),
            (1004, &[&3u64.to_le_bytes()]),
        ] {
            let mut its = its();
            its.set(NON_SECURE, 3, b"for good", 1);
            let mut call = message(NON_SECURE, message_type, inputs, &[]);
            let status = its.call(&mut call, &FakeFramework::new().in_lifecycle(state));
            let found = restarted(its).get(NON_SECURE, 3);
            if state & 0xFF00 != PROVISIONING {
                assert_eq!(status, Status::NOT_PERMITTED, "{state:#x}");
                assert_eq!(found, Ok(b"for good".to_vec()));
            } else {
                assert_eq!(status, Status::SUCCESS, "{state:#x}");
                assert_ne!(found, Ok(b"for good".to_vec()));
            }
        }
    }
}

#[test]
fn unknown_flags_are_not_supported() {
    let mut its = its();
    for bit in 3..32 {
        assert_eq!(its.set(NON_SECURE, 3, b"", 1 << bit), Status::NOT_SUPPORTED);
        assert_eq!(
            its.set(NON_SECURE, 3, b"", 1 << bit | 7),
            Status::NOT_SUPPORTED
        );
    }
    assert_eq!(its.get(NON_SECURE, 3), Err(Status::DOES_NOT_EXIST));
}

#[test]
fn too_large_an_object_is_refused_and_nothing_changes() {
    let mut its = its();
    its.set(NON_SECURE, 3, b"old", 0);
    for size in [513, 4096, 0x1_0000, 0x1_0003] {
        assert_eq!(
            its.set(NON_SECURE, 3, &vec![0; size], 0),
            Status::INVALID_ARGUMENT
        );
    }
    assert_eq!(its.get(NON_SECURE, 3), Ok(b"old".to_vec()));
}

#[test]
fn a_full_store_still_replaces_and_removes() {
    let mut its = its();
    for round in 0..50u8 {
        for uid in 1..=10 {
            assert_eq!(its.set(NON_SECURE, uid, &[round; 512], 0), Status::SUCCESS);
        }
        assert_eq!(
            its.set(NON_SECURE, 11, b"", 0),
            Status::INSUFFICIENT_STORAGE
        );
        assert_eq!(its.set(CRYPTO, 1, b"", 0), Status::INSUFFICIENT_STORAGE);
        assert_eq!(its.set(NON_SECURE, 7, &[!round; 512], 0), Status::SUCCESS);
        assert_eq!(
            its.remove(NON_SECURE, 1 + u64::from(round) % 10),
            Status::SUCCESS
        );
    }
}

#[test]
fn one_client_leaves_something_for_the_others() {
    let mut its: TestIts<RamFlash, 10, 512, 32, 8> = Its::new(RamFlash::new(GEOMETRY));
    for uid in 1..=8 {
        assert_eq!(its.set(NON_SECURE, uid, b"data", 0), Status::SUCCESS);
    }
    assert_eq!(its.set(NON_SECURE, 9, b"", 0), Status::INSUFFICIENT_STORAGE);
    assert_eq!(its.set(NON_SECURE, 8, &[1; 512], 0), Status::SUCCESS);
    assert_eq!(its.set(CRYPTO, 1, b"", 0), Status::SUCCESS);
    assert_eq!(its.set(CRYPTO, 2, b"", 0), Status::SUCCESS);
    assert_eq!(its.remove(NON_SECURE, 1), Status::SUCCESS);
    assert_eq!(its.set(NON_SECURE, 9, b"", 0), Status::SUCCESS);
    // After a restart whose an object is stands in the flash alone.
    let mut its: TestIts<RamFlash, 10, 512, 32, 8> = Its::new(its.into_flash());
    assert_eq!(its.remove(CRYPTO, 1), Status::SUCCESS);
    assert_eq!(its.set(NON_SECURE, 1, b"", 0), Status::INSUFFICIENT_STORAGE);
}

#[test]
fn the_bytes_of_one_client_are_limited() {
    let mut its: TestIts<RamFlash, 10, 512, 32, 10, 1000> = Its::new(RamFlash::new(GEOMETRY));
    assert_eq!(its.set(NON_SECURE, 1, &[1; 500], 0), Status::SUCCESS);
    assert_eq!(its.set(NON_SECURE, 2, &[2; 500], 0), Status::SUCCESS);
    assert_eq!(its.set(NON_SECURE, 3, b"", 0), Status::SUCCESS);
    assert_eq!(
        its.set(NON_SECURE, 3, b"1", 0),
        Status::INSUFFICIENT_STORAGE
    );
    assert_eq!(
        its.set(NON_SECURE, 2, &[3; 501], 0),
        Status::INSUFFICIENT_STORAGE
    );
    assert_eq!(its.get(NON_SECURE, 2), Ok(vec![2; 500]));
    assert_eq!(its.set(NON_SECURE, 2, &[3; 499], 0), Status::SUCCESS);
    assert_eq!(its.set(NON_SECURE, 3, b"1", 0), Status::SUCCESS);
    assert_eq!(its.set(CRYPTO, 3, &[4; 512], 0), Status::SUCCESS);
}

#[test]
fn messages_of_another_form_are_programmer_errors() {
    let uid = 1u64.to_le_bytes();
    let number = 0u32.to_le_bytes();
    type Form<'a> = (i32, &'a [&'a [u8]], &'a [usize]);
    let wrong: &[Form] = &[
        (1001, &[], &[]),
        (1001, &[&uid[..7], b"data", &number], &[]),
        (1001, &[&[1; 9], b"data", &number], &[]),
        (1001, &[&uid, b"data"], &[]),
        (1001, &[&uid, b"data", &number[..3]], &[]),
        (1001, &[&uid, b"data", &uid], &[]),
        (1002, &[&uid], &[4]),
        (1002, &[&uid, &uid], &[4]),
        (1003, &[&uid], &[]),
        (1003, &[&uid], &[11]),
        (1003, &[&uid], &[13]),
        (1004, &[&number], &[]),
    ];
    let mut its = its();
    its.set(NON_SECURE, 1, b"here", 0);
    for (message_type, inputs, outputs) in wrong {
        let mut call = message(NON_SECURE, *message_type, inputs, outputs);
        assert_eq!(
            its.call(&mut call, &framework()),
            Status::PROGRAMMER_ERROR,
            "{call:?}"
        );
        assert!((0..outputs.len()).all(|index| call.written(index).is_empty()));
    }
    for message_type in [i32::MIN, -1, 0, 1, 1000, 1005, i32::MAX] {
        let mut call = message(NON_SECURE, message_type, &[&uid], &[]);
        assert_eq!(its.call(&mut call, &framework()), Status::NOT_SUPPORTED);
    }
    assert_eq!(its.get(NON_SECURE, 1), Ok(b"here".to_vec()));
}

#[test]
fn a_caller_with_less_data_than_it_claims_changes_nothing() {
    let mut its = its();
    its.set(NON_SECURE, 1, b"old", 0);
    let inputs: [&[u8]; 2] = [&1u64.to_le_bytes(), &[7; 50]];
    let mut call = message(NON_SECURE, 1001, &inputs, &[])
        .claiming(100)
        .input(&0u32.to_le_bytes());
    assert_eq!(its.call(&mut call, &framework()), Status::PROGRAMMER_ERROR);
    assert_eq!(its.get(NON_SECURE, 1), Ok(b"old".to_vec()));
    assert_eq!(its.set(NON_SECURE, 1, b"new", 0), Status::SUCCESS);
    assert_eq!(restarted(its).get(NON_SECURE, 1), Ok(b"new".to_vec()));
}

#[test]
fn a_configuration_that_does_not_fit_serves_nothing() {
    let mut its: TestIts<RamFlash, 100, 512, 32> = Its::new(RamFlash::new(GEOMETRY));
    assert_eq!(its.set(NON_SECURE, 1, b"", 0), Status::STORAGE_FAILURE);
    let mut its: TestIts<RamFlash, 10, 512, 18> = Its::new(RamFlash::new(GEOMETRY));
    assert_eq!(its.get(NON_SECURE, 1), Err(Status::STORAGE_FAILURE));
    assert_eq!(its.flash().operations(), 0);
}
