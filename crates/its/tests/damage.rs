// SPDX-License-Identifier: Apache-2.0
//! Damage: any single flipped bit, any unreadable unit, bad sectors. It costs at most the object
//! that it hits, which answers `DATA_CORRUPT` and never with wrong data; and it heals when the
//! object is set again.

mod common;

use common::{Client, Model, NON_SECURE, Operation, TestIts, history};
use flash::{Geometry, fake::RamFlash};
use its::Its;
use psa::Status;

const ASSETS: usize = 4;
const ASSET_BYTES: usize = 48;
type Tiny = TestIts<RamFlash, ASSETS, ASSET_BYTES, 32>;

const fn tiny(sector_count: usize, program_unit_bytes: usize) -> Geometry {
    Geometry {
        sector_count,
        sector_bytes: 1024,
        program_unit_bytes,
    }
}

/// A flash after a history, and what it should hold.
fn used(geometry: Geometry, seed: u64) -> (RamFlash, Model, Vec<(i32, u64)>) {
    let (keys, history) = history(seed, 90, 5, ASSET_BYTES);
    let mut its: Tiny = Its::new(RamFlash::new(geometry));
    let mut model = Model::new(ASSETS, ASSET_BYTES);
    for operation in &history {
        let status = match operation {
            Operation::Set(key, data, flags) => its.set(key.0, key.1, data, *flags),
            Operation::Remove(key) => its.remove(key.0, key.1),
            Operation::Restart => continue,
        };
        assert_eq!(status, model.apply(operation));
    }
    (its.into_flash(), model, keys)
}

/// Looks at all objects of a damaged flash; returns how many are damaged.
fn examine(flash: RamFlash, model: &Model, keys: &[(i32, u64)], what: &str) -> usize {
    let mut its: Tiny = Its::new(flash);
    let different = model.differences(&mut its, keys.iter().copied());
    assert!(different.len() <= 1, "{what}: {different:?}");
    for (key, status) in &different {
        assert_eq!(*status, Status::DATA_CORRUPT, "{what}");
        // What is told of it is right, or nothing is told.
        if let Ok(info) = its.info(key.0, key.1) {
            let right = model.objects.get(key);
            let right = right.map(|(data, flags)| [data.len() as u32, data.len() as u32, *flags]);
            assert_eq!(Some(info), right, "{what}");
        }
        // It stays known as damaged when it is moved to another sector, and others go on.
        let other = keys.iter().find(|other| {
            *other != key
                && model
                    .objects
                    .get(other)
                    .is_some_and(|(_, flags)| flags & 1 == 0)
        });
        if let Some(other) = other {
            for _ in 0..60 {
                assert_eq!(
                    its.set(other.0, other.1, &[1; ASSET_BYTES], 0),
                    Status::SUCCESS
                );
            }
            let found = its.get(key.0, key.1);
            let right = model.objects.get(key).map(|(data, _)| data.clone());
            // Damage to the padding behind the data is not copied.
            let is_healed = found == right.ok_or(Status::DOES_NOT_EXIST);
            assert!(is_healed || found == Err(Status::DATA_CORRUPT), "{what}");
        }
        let is_write_once = model
            .objects
            .get(key)
            .is_some_and(|(_, flags)| flags & 1 != 0);
        if !is_write_once || its.info(key.0, key.1).is_err() {
            assert_eq!(
                its.set(key.0, key.1, b"again", 0),
                Status::SUCCESS,
                "{what}"
            );
            assert_eq!(its.get(key.0, key.1), Ok(b"again".to_vec()), "{what}");
            its = common::restarted(its);
            assert_eq!(its.get(key.0, key.1), Ok(b"again".to_vec()), "{what}");
        }
    }
    different.len()
}

#[test]
fn every_flipped_bit() {
    let (mut flipped, mut costly) = (0, 0);
    for (seed, geometry) in [
        (1, tiny(2, 4)),
        (2, tiny(3, 1)),
        (3, tiny(4, 16)),
        (4, tiny(4, 4)),
    ] {
        let (flash, model, keys) = used(geometry, seed);
        for offset in 0..flash.bytes().len() {
            for bit in 0..8 {
                let mut damaged = flash.clone();
                damaged.flip(offset, 1 << bit);
                costly += examine(damaged, &model, &keys, &format!("bit {bit} of {offset:#x}"));
                flipped += 1;
            }
        }
    }
    println!("{flipped} flipped bits, {costly} cost an object");
    assert!(costly > 0);
}

#[test]
fn every_unreadable_unit() {
    for (seed, geometry) in [
        (1, tiny(2, 4)),
        (5, tiny(3, 32)),
        (6, tiny(4, 16)),
        (7, tiny(5, 8)),
    ] {
        let (flash, model, keys) = used(geometry, seed);
        let unit = geometry.program_unit_bytes;
        for offset in (0..flash.bytes().len()).step_by(unit) {
            let mut damaged = flash.clone();
            damaged.make_unreadable(offset);
            examine(damaged, &model, &keys, &format!("unit at {offset:#x}"));
        }
    }
}

#[test]
fn every_garbled_byte() {
    for (seed, geometry) in [(8, tiny(2, 4)), (9, tiny(4, 8))] {
        let (flash, model, keys) = used(geometry, seed);
        for offset in 0..flash.bytes().len() {
            for mask in [0xFF, 0x55, 0x0F] {
                let mut damaged = flash.clone();
                damaged.flip(offset, mask);
                examine(damaged, &model, &keys, &format!("byte at {offset:#x}"));
            }
        }
    }
}

/// A sector that can't be erased any more is left out, without a single failure.
#[test]
fn a_sector_that_wears_out_is_replaced() {
    for sector in 0..4 {
        let mut its: Tiny = Its::new(RamFlash::new(tiny(4, 4)));
        for round in 0..400u32 {
            if round == 100 {
                // It may be the newest: then one request fails, and no other.
                its.flash_mut().wear_out(sector);
            }
            let uid = u64::from(round) % ASSETS as u64 + 1;
            let data = [round as u8; ASSET_BYTES];
            let mut status = its.set(NON_SECURE, uid, &data, 0);
            if status == Status::STORAGE_FAILURE {
                assert_eq!(round, 100);
                status = its.set(NON_SECURE, uid, &data, 0);
            }
            assert_eq!(status, Status::SUCCESS, "round {round}, sector {sector}");
            assert_eq!(its.get(NON_SECURE, uid), Ok(data.to_vec()));
            if round % 37 == 0 {
                its = common::restarted(its);
            }
        }
    }
}

/// With all sectors bad, nothing can be set; what is there can still be read.
#[test]
fn a_dead_flash_still_gives_what_it_holds() {
    let mut its: Tiny = Its::new(RamFlash::new(tiny(4, 4)));
    its.set(NON_SECURE, 1, b"kept", 0);
    for sector in 0..4 {
        its.flash_mut().wear_out(sector);
    }
    for _ in 0..5 {
        assert_eq!(its.set(NON_SECURE, 1, b"new", 0), Status::STORAGE_FAILURE);
        assert_eq!(its.remove(NON_SECURE, 1), Status::STORAGE_FAILURE);
        assert_eq!(its.get(NON_SECURE, 1), Ok(b"kept".to_vec()));
    }
}
