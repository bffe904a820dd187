// SPDX-License-Identifier: Apache-2.0
//! Power cuts at every flash operation of random histories, each torn in many ways, and again at
//! every operation of what follows: the partition shows the old object or the new one, and all
//! others unharmed.

mod common;

use common::{Client, Model, NON_SECURE, Operation, TestIts, history};
use flash::{
    Geometry,
    fake::{RamFlash, Tear},
};
use its::Its;
use psa::Status;

const ASSETS: usize = 3;
const ASSET_BYTES: usize = 64;
type Tiny = TestIts<RamFlash, ASSETS, ASSET_BYTES, 32>;

const TEARS: &[Tear] = &[
    Tear::Nothing,
    Tear::Everything,
    Tear::Front(10),
    Tear::Front(300),
    Tear::Front(500),
    Tear::Front(850),
    Tear::Front(990),
    Tear::Back(300),
    Tear::Back(700),
    Tear::FrontUnreadable(0),
    Tear::FrontUnreadable(400),
    Tear::FrontUnreadable(900),
    Tear::Bits(1),
    Tear::Bits(2),
    Tear::Bits(3),
    Tear::Unreadable,
];

/// The ways that the second cut is torn, and those of the third.
const SECOND_TEARS: &[Tear] = &[Tear::Front(500), Tear::Unreadable, Tear::Bits(9)];

const fn tiny(sector_count: usize, program_unit_bytes: usize) -> Geometry {
    Geometry {
        sector_count,
        // Three objects have to fit.
        sector_bytes: if sector_count == 2 && program_unit_bytes > 8 {
            1024
        } else {
            512
        },
        program_unit_bytes,
    }
}

fn run(its: &mut Tiny, operation: &Operation) -> Status {
    match operation {
        Operation::Set(key, data, flags) => its.set(key.0, key.1, data, *flags),
        Operation::Remove(key) => its.remove(key.0, key.1),
        Operation::Restart => {
            *its = powered(its.flash().clone());
            Status::SUCCESS
        }
    }
}

fn powered(mut flash: RamFlash) -> Tiny {
    flash.power_on();
    Its::new(flash)
}

/// Count of flash operations of a request.
fn operations(its: &Tiny, operation: &Operation) -> u64 {
    let mut copy = its.clone();
    let before = copy.flash().operations();
    run(&mut copy, operation);
    copy.flash().operations() - before
}

struct Tester {
    keys: Vec<(i32, u64)>,
    cuts: u64,
}

impl Tester {
    /// Cuts the power at every operation of a request; returns nothing that is not the old or the
    /// new state.
    fn cut_everywhere(&mut self, its: &Tiny, model: &Model, rest: &[Operation], tears: &[&[Tear]]) {
        let (Some((operation, rest)), Some((now, later))) =
            (rest.split_first(), tears.split_first())
        else {
            return;
        };
        let mut changed = model.clone();
        changed.apply(operation);
        for at in 0..operations(its, operation) {
            for tear in *now {
                let mut cut = its.clone();
                cut.flash_mut().cut_after(at, *tear);
                run(&mut cut, operation);
                assert!(cut.flash().is_off());
                self.cuts += 1;
                let mut cut = powered(cut.into_flash());
                let keys = self.keys.iter().copied();
                let state = if model.differences(&mut cut, keys.clone()).is_empty() {
                    model
                } else {
                    let different = changed.differences(&mut cut, keys);
                    assert_eq!(different, [], "{operation:?} cut at {at} by {tear:?}");
                    &changed
                };
                if self.cuts.is_multiple_of(61) {
                    fill(cut.clone(), state);
                }
                self.cut_everywhere(&cut, state, rest, later);
            }
        }
    }

    fn whole_history(&mut self, geometry: Geometry, history: &[Operation], tears: &[&[Tear]]) {
        let mut its = powered(RamFlash::new(geometry));
        let mut model = Model::new(ASSETS, ASSET_BYTES);
        for (index, operation) in history.iter().enumerate() {
            self.cut_everywhere(&its, &model, &history[index..], tears);
            assert_eq!(run(&mut its, operation), model.apply(operation));
            let keys = self.keys.iter().copied();
            assert_eq!(model.differences(&mut its, keys), []);
        }
    }
}

/// There is room for exactly as many objects of the largest size as there should be.
fn fill(mut its: Tiny, model: &Model) {
    for index in 0..=ASSETS - model.objects.len() {
        let status = its.set(NON_SECURE, 1000 + index as u64, &[0x5A; ASSET_BYTES], 0);
        if index < ASSETS - model.objects.len() {
            assert_eq!(status, Status::SUCCESS);
        } else {
            assert_eq!(status, Status::INSUFFICIENT_STORAGE);
        }
    }
}

fn report(name: &str, cuts: u64) {
    println!("{name}: {cuts} power cuts");
}

#[test]
fn every_operation_of_histories_on_many_flashes() {
    let mut cuts = 0;
    for sector_count in [2, 3, 4, 5] {
        for program_unit_bytes in [1, 2, 4, 8, 16, 32] {
            let seed = (sector_count * 100 + program_unit_bytes) as u64;
            let (keys, history) = history(seed, 120, 4, ASSET_BYTES);
            let mut tester = Tester { keys, cuts: 0 };
            let geometry = tiny(sector_count, program_unit_bytes);
            tester.whole_history(geometry, &history, &[TEARS]);
            cuts += tester.cuts;
        }
    }
    report("one cut", cuts);
}

#[test]
fn a_second_cut_at_every_operation_after_the_first() {
    let mut cuts = 0;
    for (sector_count, program_unit_bytes) in [(2, 4), (3, 16), (4, 32), (4, 1)] {
        let (keys, history) = history(7, 40, 4, ASSET_BYTES);
        let mut tester = Tester { keys, cuts: 0 };
        let geometry = tiny(sector_count, program_unit_bytes);
        tester.whole_history(geometry, &history, &[TEARS, SECOND_TEARS]);
        cuts += tester.cuts;
    }
    report("two cuts", cuts);
}

#[test]
fn a_third_cut_too() {
    let (keys, history) = history(11, 24, 4, ASSET_BYTES);
    let mut tester = Tester { keys, cuts: 0 };
    let tears: &[&[Tear]] = &[SECOND_TEARS, SECOND_TEARS, &[Tear::FrontUnreadable(500)]];
    tester.whole_history(tiny(3, 8), &history, tears);
    report("three cuts", tester.cuts);
}

#[test]
fn long_lives_with_many_cuts() {
    let mut cuts = 0;
    for seed in 0..24u64 {
        let mut generator = common::Generator::new(seed);
        let geometry = tiny(2 + seed as usize % 4, 1 << (seed % 6));
        let (keys, history) = history(seed, 1500, 5, ASSET_BYTES);
        let mut its = powered(RamFlash::new(geometry));
        let mut model = Model::new(ASSETS, ASSET_BYTES);
        for operation in &history {
            let is_cut = generator.below(3) == 0;
            if is_cut {
                let tear = TEARS[generator.below(TEARS.len())];
                its.flash_mut().cut_after(generator.below(12) as u64, tear);
            }
            let status = run(&mut its, operation);
            if its.flash().is_off() {
                cuts += 1;
                its = powered(its.into_flash());
                let mut changed = model.clone();
                changed.apply(operation);
                if changed
                    .differences(&mut its, keys.iter().copied())
                    .is_empty()
                {
                    model = changed;
                }
            } else {
                its.flash_mut().power_on();
                assert_eq!(status, model.apply(operation));
            }
            assert_eq!(model.differences(&mut its, keys.iter().copied()), []);
        }
        fill(its, &model);
    }
    report("long lives", cuts);
}

#[test]
fn large_objects_pass_the_buffer_in_parts_and_are_atomic() {
    type Small = TestIts<RamFlash, 10, 512, 16>;
    let geometry = Geometry {
        sector_count: 4,
        sector_bytes: 4096,
        program_unit_bytes: 4,
    };
    let mut its: Small = Its::new(RamFlash::new(geometry));
    for uid in 1..=10 {
        its.set(NON_SECURE, uid, &[uid as u8; 512], 0);
    }
    let mut cuts = 0;
    for round in 0..40u8 {
        let uid = u64::from(round) % 10 + 1;
        let old = its.get(NON_SECURE, uid).unwrap();
        let new = vec![round ^ 0xA5; 512];
        let mut whole = its.clone();
        let before = whole.flash().operations();
        assert_eq!(whole.set(NON_SECURE, uid, &new, 0), Status::SUCCESS);
        for at in 0..whole.flash().operations() - before {
            for tear in SECOND_TEARS {
                let mut cut = its.clone();
                cut.flash_mut().cut_after(at, *tear);
                assert_eq!(cut.set(NON_SECURE, uid, &new, 0), Status::STORAGE_FAILURE);
                let mut flash = cut.into_flash();
                flash.power_on();
                let mut cut: Small = Its::new(flash);
                let found = cut.get(NON_SECURE, uid).unwrap();
                assert!(found == old || found == new);
                for other in (1..=10).filter(|other| *other != uid) {
                    assert_eq!(cut.get(NON_SECURE, other), its.get(NON_SECURE, other));
                }
                cuts += 1;
            }
        }
        its = whole;
    }
    report("large objects", cuts);
}
