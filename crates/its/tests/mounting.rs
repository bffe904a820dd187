// SPDX-License-Identifier: Apache-2.0
//! Starting on whatever a flash may hold: nothing, garbage, another store.

mod common;

use common::{Client, Generator, NON_SECURE, TestIts};
use flash::{
    Geometry,
    fake::{RamFlash, Tear},
};
use its::{Assets, Buffer, Configuration, Foreign, Its, host::fuzz};
use proptest::prelude::*;
use psa::Status;

const GEOMETRY: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 512,
    program_unit_bytes: 4,
};

/// Sizes of the store, with the other policy.
struct Guarded;

impl Configuration for Guarded {
    type Flash = RamFlash;
    type Assets = Assets<3>;
    type Buffer = Buffer<32>;
    const MAX_ASSET_BYTES: usize = 64;
    const FOREIGN: Foreign = Foreign::Refuse;
}

type Open = TestIts<RamFlash, 3, 64, 32>;
type Careful = Its<Guarded>;

fn garbage(seed: u64) -> RamFlash {
    let bytes = Generator::new(seed).bytes(2048);
    RamFlash::with_bytes(GEOMETRY, &bytes)
}

#[test]
fn a_blank_flash_is_formatted_by_either_policy() {
    let mut open: Open = Its::new(RamFlash::new(GEOMETRY));
    assert_eq!(open.get(NON_SECURE, 1), Err(Status::DOES_NOT_EXIST));
    let mut careful: Careful = Its::new(RamFlash::new(GEOMETRY));
    assert_eq!(careful.get(NON_SECURE, 1), Err(Status::DOES_NOT_EXIST));
    assert_eq!(careful.set(NON_SECURE, 1, b"kept", 0), Status::SUCCESS);
    let mut careful: Careful = Its::new(careful.into_flash());
    assert_eq!(careful.get(NON_SECURE, 1), Ok(b"kept".to_vec()));
}

#[test]
fn garbage_is_formatted_or_refused() {
    for seed in 0..200 {
        let mut open: Open = Its::new(garbage(seed));
        assert_eq!(open.set(NON_SECURE, 1, b"new", 0), Status::SUCCESS);
        assert_eq!(open.get(NON_SECURE, 1), Ok(b"new".to_vec()));
        let mut careful: Careful = Its::new(garbage(seed));
        assert_eq!(
            careful.set(NON_SECURE, 1, b"new", 0),
            Status::STORAGE_FAILURE
        );
        assert_eq!(careful.into_flash().bytes(), garbage(seed).bytes());
    }
}

/// A first start can be interrupted too, and a careful store does not take its own traces for
/// something foreign.
#[test]
fn the_first_start_can_be_cut() {
    let tears = [
        Tear::Nothing,
        Tear::Everything,
        Tear::Front(400),
        Tear::FrontUnreadable(500),
        Tear::Bits(4),
        Tear::Unreadable,
    ];
    for tear in tears {
        for at in 0..2 {
            for second_tear in tears {
                let mut flash = RamFlash::new(GEOMETRY);
                flash.cut_after(at, tear);
                let mut careful: Careful = Its::new(flash);
                let _ = careful.mount();
                let mut flash = careful.into_flash();
                flash.power_on();
                flash.cut_after(at, second_tear);
                let mut careful: Careful = Its::new(flash);
                let _ = careful.mount();
                let mut flash = careful.into_flash();
                flash.power_on();
                let mut careful: Careful = Its::new(flash);
                assert_eq!(
                    careful.set(NON_SECURE, 1, b"new", 0),
                    Status::SUCCESS,
                    "{tear:?}"
                );
            }
        }
    }
}

/// A store of another geometry is not overwritten, whatever the policy.
#[test]
fn another_store_is_refused() {
    let mut its: Open = Its::new(RamFlash::new(GEOMETRY));
    its.set(NON_SECURE, 1, b"precious", 0);
    let bytes = its.flash().bytes().to_vec();
    let other = Geometry {
        program_unit_bytes: 8,
        ..GEOMETRY
    };
    let mut its: Open = Its::new(RamFlash::with_bytes(other, &bytes));
    for _ in 0..2 {
        assert_eq!(its.set(NON_SECURE, 1, b"", 0), Status::STORAGE_FAILURE);
    }
    assert_eq!(its.flash().bytes(), bytes);
}

/// Nothing is lost by a configuration that is too small.
#[test]
fn more_objects_than_configured_are_refused() {
    let mut its: Open = Its::new(RamFlash::new(GEOMETRY));
    for uid in 1..=3 {
        its.set(NON_SECURE, uid, b"precious", 0);
    }
    let mut small: TestIts<RamFlash, 2, 64, 32> = Its::new(its.into_flash());
    assert_eq!(small.set(NON_SECURE, 1, b"", 0), Status::STORAGE_FAILURE);
    assert_eq!(small.get(NON_SECURE, 3), Err(Status::STORAGE_FAILURE));
    let mut its: Open = Its::new(small.into_flash());
    for uid in 1..=3 {
        assert_eq!(its.get(NON_SECURE, uid), Ok(b"precious".to_vec()));
    }
}

fn geometries() -> impl Strategy<Value = Geometry> {
    (2usize..8, 1usize..5, 0u32..6).prop_map(|(sector_count, steps, unit)| Geometry {
        sector_count,
        sector_bytes: steps * 512,
        program_unit_bytes: 1 << unit,
    })
}

/// What the fuzzer of `fuzz/` does, on stable Rust: random bytes, and stores with some of their
/// bytes changed. `CASEMATE_FUZZ_CALLS` sets another number of inputs, `CASEMATE_FUZZ_SEED` other
/// ones.
#[test]
fn fuzzing() {
    let number = |name, otherwise| {
        let text = std::env::var(name).ok();
        text.map_or(otherwise, |text| text.parse().expect(name))
    };
    let inputs = number("CASEMATE_FUZZ_CALLS", 2_000);
    let mut generator = Generator::new(number("CASEMATE_FUZZ_SEED", 0x5EED));
    for _ in 0..inputs {
        let mut data = generator.bytes(3);
        let length = generator.below(4096);
        if generator.below(4) == 0 {
            data.extend(generator.bytes(length));
        } else {
            data[0] = 2;
            data[1] = 0;
            data[2] = 2;
            let mut its: Open = Its::new(RamFlash::new(GEOMETRY));
            for _ in 0..generator.below(60) {
                let (uid, size) = (1 + generator.below(3), generator.below(65));
                its.set(NON_SECURE, uid as u64, &generator.bytes(size), 0);
            }
            let mut flash = its.into_flash();
            for _ in 0..generator.below(30) {
                let offset = generator.below(flash.bytes().len());
                flash.flip(offset, generator.below(256) as u8);
            }
            data.extend_from_slice(flash.bytes());
        }
        fuzz::run(&data);
    }
}

proptest! {
    /// Arbitrary bytes: never a panic, never a hang, and afterwards a store or a refusal.
    #[test]
    fn arbitrary_bytes(geometry in geometries(), bytes in prop::collection::vec(any::<u8>(), 1..4096)) {
        fuzz::mount_bytes(geometry, &bytes);
    }

    /// A store that was damaged in many places at once.
    #[test]
    fn heavy_damage(
        seed in any::<u64>(),
        damage in prop::collection::vec((0usize..2048, any::<u8>()), 1..40),
    ) {
        let mut its: Open = Its::new(RamFlash::new(GEOMETRY));
        for round in 0..(seed % 60) {
            its.set(NON_SECURE, round % 3 + 1, &[round as u8; 50], 0);
        }
        let mut flash = its.into_flash();
        for (offset, mask) in damage {
            flash.flip(offset, mask);
        }
        fuzz::mount_bytes(GEOMETRY, flash.bytes());
    }

    /// Whatever geometry: as many objects as promised, replaced again and again.
    #[test]
    fn any_geometry_keeps_its_promise(geometry in geometries(), seed in any::<u64>()) {
        const ASSETS: usize = 2;
        prop_assume!(its::capacity(geometry, 100) >= ASSETS);
        let mut its: TestIts<RamFlash, ASSETS, 100, 32> = Its::new(RamFlash::new(geometry));
        let mut generator = Generator::new(seed);
        let mut expected = [vec![], vec![]];
        for index in 0..ASSETS {
            prop_assert_eq!(its.set(NON_SECURE, 1 + index as u64, &[], 0), Status::SUCCESS);
        }
        for _ in 0..100 {
            let index = generator.below(ASSETS);
            let length = generator.below(101);
            expected[index] = generator.bytes(length);
            let status = its.set(NON_SECURE, 1 + index as u64, &expected[index], 0);
            prop_assert_eq!(status, Status::SUCCESS);
            if generator.below(8) == 0 {
                its = common::restarted(its);
            }
            for (index, data) in expected.iter().enumerate() {
                prop_assert_eq!(&its.get(NON_SECURE, 1 + index as u64).unwrap(), data);
            }
        }
    }
}
