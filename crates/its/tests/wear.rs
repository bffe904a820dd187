// SPDX-License-Identifier: Apache-2.0
//! Wear: sectors are erased in turn, and little is written for what is set.

mod common;

use common::{Client, NON_SECURE, TestIts};
use flash::{Geometry, fake::RamFlash};
use its::{Its, host::inspect};
use psa::Status;

const AN521: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 4096,
    program_unit_bytes: 4,
};
type Small = TestIts<RamFlash, 10, 512, 32>;

fn spread(flash: &RamFlash) -> u32 {
    let counts = flash.erase_counts();
    counts.iter().max().unwrap() - counts.iter().min().unwrap()
}

#[test]
fn the_spread_of_erase_counts_is_one() {
    for sector_count in 2..=9 {
        let geometry = Geometry {
            sector_count,
            ..AN521
        };
        let mut its: TestIts<RamFlash, 3, 512, 32> = Its::new(RamFlash::new(geometry));
        // One object that never changes, one that seldom does, one that changes all the time.
        its.set(NON_SECURE, 1, &[1; 512], 1);
        for round in 0..4000u32 {
            let uid = if round % 100 == 0 { 2 } else { 3 };
            let data = round.to_le_bytes();
            assert_eq!(its.set(NON_SECURE, uid, &data, 0), Status::SUCCESS);
            assert!(spread(its.flash()) <= 1);
        }
        assert!(its.flash().erase_counts()[0] > 3);
        // The flash knows its counts itself.
        let report = inspect::inspect(its.flash());
        for (sector, count) in report.sectors.iter().zip(its.flash().erase_counts()) {
            assert_eq!(sector.erase_count.unwrap_or(0), *count);
        }
    }
}

#[test]
fn a_small_object_costs_at_most_64_bytes_of_flash() {
    let mut its: Small = Its::new(RamFlash::new(AN521));
    its.set(NON_SECURE, 1, &[0; 32], 0);
    for others in 0..5u64 {
        its.set(NON_SECURE, 10 + others, &[0; 32], 0);
        let before = its.flash().programmed_bytes();
        for round in 0..10_000u32 {
            its.set(NON_SECURE, 1, &[round as u8; 32], 0);
        }
        let bytes = (its.flash().programmed_bytes() - before) as f64 / 10_000.0;
        println!(
            "{bytes:.1} bytes of flash for each set of 32 bytes beside {} objects",
            others + 1
        );
        assert!(bytes <= 64.0);
    }
}

#[test]
fn a_full_store_copies_two_objects_for_each_that_it_sets() {
    let mut its: Small = Its::new(RamFlash::new(AN521));
    for round in 0..10_000u64 {
        let status = its.set(NON_SECURE, round % 10 + 1, &[round as u8; 512], 0);
        assert_eq!(status, Status::SUCCESS);
    }
    let bytes = its.flash().programmed_bytes() as f64 / 10_000.0;
    println!("{bytes:.0} bytes of flash for each set of 512 bytes in a full store");
    assert!(bytes < 3.1 * 540.0);
}

#[test]
fn a_fill_gives_the_same_count_each_time() {
    let mut its: Small = Its::new(RamFlash::new(AN521));
    for round in 0..60u64 {
        let mut count = 0;
        let size = [512, 0, 37, 511][round as usize % 4];
        let status = loop {
            match its.set(NON_SECURE, 1 + count + round, &vec![round as u8; size], 0) {
                Status::SUCCESS => count += 1,
                status => break status,
            }
        };
        assert_eq!((count, status), (10, Status::INSUFFICIENT_STORAGE));
        for uid in 0..10 {
            assert_eq!(its.remove(NON_SECURE, 1 + uid + round), Status::SUCCESS);
        }
    }
}

/// The smallest and the largest sectors, few and many of them, each program unit.
#[test]
fn extreme_geometries_keep_what_they_are_given() {
    for (sector_count, sector_bytes) in [(2, 0x1_0000), (5, 0x1_0000), (4096, 512), (2, 1536)] {
        for program_unit_bytes in [1, 2, 4, 8, 16, 32] {
            let geometry = Geometry {
                sector_count,
                sector_bytes,
                program_unit_bytes,
            };
            let mut its: TestIts<RamFlash, 4, 12_345, 512> = Its::new(RamFlash::new(geometry));
            if sector_bytes <= 1536 {
                // Objects of that size fit no such sector.
                assert!(its.mount().is_err());
                small(geometry);
                continue;
            }
            for round in 0..60u64 {
                let data: Vec<u8> = (0..12_345 - round as usize * 200)
                    .map(|index| (index as u64 * 31 + round) as u8)
                    .collect();
                let uid = 1 + round % 4;
                assert_eq!(its.set(NON_SECURE, uid, &data, 0), Status::SUCCESS);
                if round % 7 == 0 {
                    its = common::restarted(its);
                }
                assert_eq!(its.get(NON_SECURE, uid), Ok(data));
            }
            assert!(spread(its.flash()) <= 1);
        }
    }
}

fn small(geometry: Geometry) {
    let mut its: TestIts<RamFlash, 4, 100, 32> = Its::new(RamFlash::new(geometry));
    for round in 0..60u64 {
        let data = [round as u8; 100];
        assert_eq!(
            its.set(NON_SECURE, 1 + round % 4, &data, 0),
            Status::SUCCESS
        );
        if round % 7 == 0 {
            its = common::restarted(its);
        }
        assert_eq!(its.get(NON_SECURE, 1 + round % 4), Ok(data.to_vec()));
    }
    assert!(spread(its.flash()) <= 1);
}
