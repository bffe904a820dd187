// SPDX-License-Identifier: Apache-2.0
//! The store over a flash whose power can be cut at every byte.

use std::collections::HashSet;

use super::*;

/// Two slots; after `left` more bytes have been changed, the power is gone.
#[derive(Clone)]
struct Flash {
    slots: [[u8; RECORD_BYTES]; SLOTS],
    left: usize,
    erasures: [u32; SLOTS],
    /// The next record that is programmed gets a bit wrong.
    is_weak: bool,
}

impl Flash {
    fn blank() -> Self {
        Self {
            slots: [[ERASED; RECORD_BYTES]; SLOTS],
            left: usize::MAX,
            erasures: [0; SLOTS],
            is_weak: false,
        }
    }

    fn provisioned() -> Self {
        let mut flash = Self::blank();
        flash.slots[0] = first_record([0xA5; SEED_BYTES]);
        flash
    }

    fn change(&mut self, slot: usize, value: impl Fn(usize) -> u8) -> Result<(), FlashFailure> {
        for index in 0..RECORD_BYTES {
            self.left = self.left.checked_sub(1).ok_or(FlashFailure)?;
            self.slots[slot][index] = value(index);
        }
        Ok(())
    }
}

impl SeedFlash for Flash {
    fn read(&self, slot: usize) -> [u8; RECORD_BYTES] {
        self.slots[slot]
    }

    fn erase(&mut self, slot: usize) -> Result<(), FlashFailure> {
        self.erasures[slot] += 1;
        self.change(slot, |_| ERASED)
    }

    fn program(&mut self, slot: usize, record: &[u8; RECORD_BYTES]) -> Result<(), FlashFailure> {
        assert_eq!(self.slots[slot], [ERASED; RECORD_BYTES], "programmed twice");
        let wrong = u8::from(std::mem::take(&mut self.is_weak));
        self.change(slot, |index| record[index] & !(wrong << 5))
    }
}

fn fill<const N: usize>(flash: &mut Flash) -> Result<[u8; N], EntropyFailure> {
    let mut store = SeedStore::<_>::new(flash.clone());
    let mut bytes = [0; N];
    let result = store.fill(&mut bytes);
    *flash = store.flash;
    if result.is_err() {
        assert_eq!(bytes, [0; N], "given out in spite of a failure");
    }
    result.map(|()| bytes)
}

#[test]
fn nothing_comes_twice() {
    let mut flash = Flash::provisioned();
    let mut seen = HashSet::new();
    for _ in 0..100 {
        for part in fill::<96>(&mut flash).unwrap().chunks(16) {
            assert!(seen.insert(part.to_vec()));
        }
        let whole = flash
            .slots
            .iter()
            .filter(|slot| Record(**slot).is_whole::<Portable>());
        assert_eq!(whole.count(), 1, "a seed that was used is gone");
    }
}

#[test]
fn devices_differ_by_their_seed() {
    let mut other = Flash::blank();
    other.slots[0] = first_record([0xA4; SEED_BYTES]);
    let ours = fill::<32>(&mut Flash::provisioned());
    assert_ne!(fill::<32>(&mut other), ours);
    assert_eq!(fill::<32>(&mut Flash::provisioned()), ours);
}

#[test]
fn a_device_without_a_seed_gives_nothing() {
    assert!(fill::<48>(&mut Flash::blank()).is_err());
    for bit in 0..RECORD_BYTES * 8 {
        let mut flash = Flash::provisioned();
        flash.slots[0][bit / 8] ^= 1 << (bit % 8);
        assert!(fill::<48>(&mut flash).is_err(), "bit {bit}");
    }
}

/// Wherever the power is cut: what was given out before is not given out again, and there is
/// entropy after it.
#[test]
fn power_cuts() {
    for rounds in 0..3 {
        for left in 0..4 * RECORD_BYTES {
            let mut flash = Flash::provisioned();
            let mut seen = HashSet::new();
            for _ in 0..rounds {
                seen.insert(fill::<48>(&mut flash).unwrap());
            }
            flash.left = left;
            if let Ok(bytes) = fill::<48>(&mut flash) {
                assert!(seen.insert(bytes), "cut after {left}");
            }
            flash.left = usize::MAX;
            for _ in 0..3 {
                let bytes = fill::<48>(&mut flash).expect("entropy after a cut");
                assert!(seen.insert(bytes), "cut after {left}");
            }
        }
    }
}

/// The power fails again and again: each attempt gets a little further.
#[test]
fn many_power_cuts() {
    let mut flash = Flash::provisioned();
    let mut seen = HashSet::new();
    for attempt in 0..1000 {
        flash.left = attempt * 7 % (4 * RECORD_BYTES);
        if let Ok(bytes) = fill::<32>(&mut flash) {
            assert!(seen.insert(bytes), "attempt {attempt}");
        }
    }
    assert!(seen.len() > 100);
}

/// A seed that was not written as it should is no seed: the old one stays until another is there.
#[test]
fn the_old_seed_stays_until_the_new_one_was_read_back() {
    for rounds in 0..3 {
        let mut flash = Flash::provisioned();
        let mut seen = HashSet::new();
        for _ in 0..rounds {
            seen.insert(fill::<48>(&mut flash).unwrap());
        }
        let old = SeedStore::<_>::new(flash.clone()).current();
        flash.is_weak = true;
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
    let mut flash = Flash::provisioned();
    for _ in 0..1000 {
        fill::<32>(&mut flash).unwrap();
    }
    assert_eq!(flash.erasures, [500, 500]);
}

/// A flash that says it did what it did not.
#[test]
fn a_flash_that_lies_is_found_out() {
    #[derive(Debug)]
    struct Deaf([[u8; RECORD_BYTES]; SLOTS]);
    impl SeedFlash for Deaf {
        fn read(&self, slot: usize) -> [u8; RECORD_BYTES] {
            self.0[slot]
        }
        fn erase(&mut self, _: usize) -> Result<(), FlashFailure> {
            Ok(())
        }
        fn program(&mut self, _: usize, _: &[u8; RECORD_BYTES]) -> Result<(), FlashFailure> {
            Ok(())
        }
    }
    let mut store = SeedStore::<_>::new(Deaf(Flash::provisioned().slots));
    assert!(store.fill(&mut [0; 32]).is_err());
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
    let mut flash = Flash::blank();
    let record = |number, byte| Record::new::<Portable>(number, &[byte; SEED_BYTES]).0;
    flash.slots = [record(0, 1), record(u32::MAX, 2)];
    assert_eq!(SeedStore::<_>::new(flash).current(), Some(0));
}
