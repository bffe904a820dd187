// SPDX-License-Identifier: Apache-2.0
use super::*;

const AN521: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 4096,
    program_unit_bytes: 4,
};

#[test]
fn profile_small_fits_with_margin() {
    assert_eq!(check(AN521, 10, 512, 32), Ok(()));
    assert!(capacity(AN521, 512) >= 12);
}

#[test]
fn the_proof_is_a_constant() {
    const { assert!(check(AN521, 10, 512, 32).is_ok()) };
}

#[test]
fn two_sectors_are_enough_for_a_small_store() {
    let geometry = Geometry {
        sector_count: 2,
        ..AN521
    };
    assert_eq!(check(geometry, capacity(geometry, 512), 512, 16), Ok(()));
    assert!(capacity(geometry, 512) >= 6);
}

#[test]
fn misfits_name_their_numbers() {
    let most = capacity(AN521, 512);
    assert_eq!(
        check(AN521, 100, 512, 32),
        Err(Misfit::Capacity {
            max_assets: 100,
            capacity: most,
        })
    );
    for buffer_bytes in [0, 15, 18, 33, 513, 1024] {
        assert_eq!(
            check(AN521, 10, 512, buffer_bytes),
            Err(Misfit::Buffer {
                buffer_bytes,
                multiple_bytes: 4,
            })
        );
    }
    // Checksums are of whole words, whatever the flash can program.
    for (program_unit_bytes, multiple_bytes) in [(1, 4), (2, 4), (8, 8), (32, 32)] {
        let geometry = Geometry {
            program_unit_bytes,
            ..AN521
        };
        let buffer_bytes = 32 + multiple_bytes / 2;
        let misfit = Misfit::Buffer {
            buffer_bytes,
            multiple_bytes,
        };
        assert_eq!(check(geometry, 10, 512, buffer_bytes), Err(misfit));
    }
    assert_eq!(capacity(AN521, 5000), 0);
    assert_eq!(capacity(AN521, 0x1_0000), 0);
    assert_eq!(capacity(AN521, usize::MAX), 0);
}

#[test]
fn odd_geometries_are_refused() {
    let refused = |change: fn(&mut Geometry)| {
        let mut geometry = AN521;
        change(&mut geometry);
        check(geometry, 1, 16, 32) == Err(Misfit::Geometry) && capacity(geometry, 16) == 0
    };
    assert!(refused(|geometry| geometry.sector_count = 0));
    assert!(refused(|geometry| geometry.sector_count = 1));
    assert!(refused(|geometry| geometry.sector_count = usize::MAX));
    assert!(refused(|geometry| geometry.sector_bytes = 0));
    assert!(refused(|geometry| geometry.sector_bytes = 256));
    assert!(refused(|geometry| geometry.sector_bytes = 4000));
    assert!(refused(|geometry| geometry.sector_bytes = 0x2_0000));
    assert!(refused(|geometry| geometry.program_unit_bytes = 0));
    assert!(refused(|geometry| geometry.program_unit_bytes = 3));
    assert!(refused(|geometry| geometry.program_unit_bytes = 64));
}
