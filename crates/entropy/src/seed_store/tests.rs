// SPDX-License-Identifier: Apache-2.0
//! The store over a flash whose power can be cut in every operation.

use std::collections::HashSet;

use flash::Geometry;
use flash::fake::{RamFlash, Tear};
use primitives::sha256::Sha256;

use super::*;
use crate::record::first_record;

const SLOT_BYTES: usize = 512;
const GEOMETRY: Geometry = Geometry {
    sector_count: SLOTS,
    sector_bytes: SLOT_BYTES,
    program_unit_bytes: 16,
};

fn blank() -> RamFlash {
    RamFlash::new(GEOMETRY)
}

fn with(slots: [&[u8]; SLOTS]) -> RamFlash {
    let mut flash = blank();
    for (slot, record) in slots.into_iter().enumerate() {
        flash.put(slot * SLOT_BYTES, record);
    }
    flash
}

fn provisioned() -> RamFlash {
    with([&first_record([0xA5; SEED_BYTES]), &[]])
}

fn fill<const N: usize>(flash: &mut RamFlash) -> Result<[u8; N], EntropyFailure> {
    let mut store = SeedStore::<_>::new(flash.clone());
    let mut bytes = [0; N];
    let result = store.fill(&mut bytes);
    *flash = store.flash;
    if result.is_err() {
        assert_eq!(bytes, [0; N], "given out in spite of a failure");
    }
    result.map(|()| bytes)
}

/// The slots that hold a whole seed.
fn whole_seeds(flash: &RamFlash) -> usize {
    let slots = flash.bytes().chunks(SLOT_BYTES);
    let records = slots.map(|slot| Record(*slot.first_chunk().unwrap()));
    records.filter(Record::is_whole::<Portable>).count()
}

/// How an operation can end in which the power is cut.
fn tears() -> impl Iterator<Item = Tear> + Clone {
    let parts = (0..=1000).step_by(2).map(Tear::Front);
    let bits = (0..50).map(Tear::Bits);
    parts
        .chain(bits)
        .chain([100, 500, 960].map(Tear::Back))
        .chain([0, 50, 500].map(Tear::FrontUnreadable))
        .chain([Tear::Nothing, Tear::Everything, Tear::Unreadable])
}

#[test]
fn nothing_comes_twice() {
    let mut flash = provisioned();
    let mut seen = HashSet::new();
    for _ in 0..100 {
        for part in fill::<96>(&mut flash).unwrap().chunks(16) {
            assert!(seen.insert(part.to_vec()));
        }
        assert_eq!(whole_seeds(&flash), 1, "a seed that was used is gone");
    }
}

#[test]
fn devices_differ_by_their_seed() {
    let mut other = with([&first_record([0xA4; SEED_BYTES]), &[]]);
    let ours = fill::<32>(&mut provisioned());
    assert_ne!(fill::<32>(&mut other), ours);
    assert_eq!(fill::<32>(&mut provisioned()), ours);
}

#[test]
fn a_device_without_a_seed_gives_nothing() {
    assert!(fill::<48>(&mut blank()).is_err());
    for bit in 0..RECORD_BYTES * 8 {
        let mut flash = provisioned();
        flash.flip(bit / 8, 1 << (bit % 8));
        assert!(fill::<48>(&mut flash).is_err(), "bit {bit}");
    }
}

/// Whenever the power is cut: what was given out before is not given out again, and there is
/// entropy after it.
#[test]
fn power_cuts() {
    for rounds in 0..3 {
        for operation in 0..4 {
            for tear in tears() {
                let mut flash = provisioned();
                let mut seen = HashSet::new();
                for _ in 0..rounds {
                    seen.insert(fill::<48>(&mut flash).unwrap());
                }
                flash.cut_after(operation, tear);
                if let Ok(bytes) = fill::<48>(&mut flash) {
                    assert!(seen.insert(bytes), "cut in {operation}: {tear:?}");
                }
                flash.power_on();
                for _ in 0..3 {
                    let bytes = fill::<48>(&mut flash).expect("entropy after a cut");
                    assert!(seen.insert(bytes), "cut in {operation}: {tear:?}");
                }
            }
        }
    }
}

/// The power fails again and again: each attempt gets a little further.
#[test]
fn many_power_cuts() {
    let mut flash = provisioned();
    let mut seen = HashSet::new();
    for (attempt, tear) in tears().cycle().take(1000).enumerate() {
        flash.cut_after(attempt as u64 * 7 % 5, tear);
        if let Ok(bytes) = fill::<32>(&mut flash) {
            assert!(seen.insert(bytes), "attempt {attempt}");
        }
        flash.power_on();
    }
    assert!(seen.len() > 100);
}

/// A seed that was not written as it should is no seed: the old one stays until another is there.
#[test]
fn the_old_seed_stays_until_the_new_one_was_read_back() {
    for rounds in 0..3 {
        let mut flash = provisioned();
        let mut seen = HashSet::new();
        for _ in 0..rounds {
            seen.insert(fill::<48>(&mut flash).unwrap());
        }
        let old = SeedStore::<_>::new(flash.clone()).current();
        flash.write_wrong_once(1 << 5);
        assert!(fill::<48>(&mut flash).is_err());
        assert_eq!(SeedStore::<_>::new(flash.clone()).current(), old);
        for _ in 0..3 {
            let bytes = fill::<48>(&mut flash).expect("entropy after a failure");
            assert!(seen.insert(bytes));
        }
    }
}

/// Each seed costs one erasure, and the slots share them.
#[test]
fn a_thousand_seeds_cost_each_slot_five_hundred_erasures() {
    let mut flash = provisioned();
    for _ in 0..1000 {
        fill::<32>(&mut flash).unwrap();
    }
    assert_eq!(flash.erase_counts(), [500, 500]);
}

/// A flash that says it did what it did not.
#[test]
fn a_flash_that_lies_is_found_out() {
    let mut flash = provisioned();
    flash.fail_silently();
    assert!(fill::<32>(&mut flash).is_err());
}

#[test]
fn golden_record() {
    let record = first_record([0x11; SEED_BYTES]);
    assert_eq!(record[..8], *b"CmSd\0\0\0\0");
    assert_eq!(record[8..40], [0x11; 32]);
    assert_eq!(record[40..], Sha256::<Portable>::digest(&record[..40])[..8]);
}

#[test]
fn the_count_goes_round() {
    let record = |number, byte| Record::new::<Portable>(number, &[byte; SEED_BYTES]).0;
    let flash = with([&record(0, 1), &record(u32::MAX, 2)]);
    assert_eq!(SeedStore::<_>::new(flash).current(), Some(0));
}
