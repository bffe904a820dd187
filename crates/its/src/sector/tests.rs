// SPDX-License-Identifier: Apache-2.0
use super::*;

const GEOMETRY: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 4096,
    program_unit_bytes: 4,
};

fn header(follows_torn: bool) -> SectorHeader {
    SectorHeader {
        shape: Shape::new(GEOMETRY, follows_torn),
        sequence: 7,
        oldest: 6,
        erase_count: 99,
    }
}

#[test]
fn what_is_written_is_read() {
    for follows_torn in [false, true] {
        let header = header(follows_torn);
        let decoded = SectorHeader::decode(&header.encode(), GEOMETRY);
        assert_eq!(decoded, Some(header));
        assert_eq!(header.shape.follows_torn(), follows_torn);
        assert!(header.shape.is_known(GEOMETRY));
    }
}

#[test]
fn the_words_stand_where_the_format_says() {
    let [magic, shape, sequence, oldest, erase_count, check] = header(true).encode();
    assert_eq!(magic.to_le_bytes(), *b"CITS");
    assert_eq!(shape.to_le_bytes(), [1, 4, 7, 1]);
    assert_eq!([sequence, oldest, erase_count], [7, 6, 99]);
    let covered = [magic, shape, sequence, oldest, erase_count];
    assert_eq!(check, checksum(&covered));
}

#[test]
fn no_flipped_bit_goes_unnoticed() {
    let words = header(false).encode();
    for bit in 0..8 * HEADER_BYTES {
        let mut damaged = words;
        damaged[bit / 32] ^= 1 << (bit % 32);
        assert_eq!(SectorHeader::decode(&damaged, GEOMETRY), None);
    }
    assert_eq!(SectorHeader::decode(&[u32::MAX; 6], GEOMETRY), None);
    assert_eq!(SectorHeader::decode(&[0; 6], GEOMETRY), None);
}

#[test]
fn other_geometries_are_unknown() {
    let mut other = GEOMETRY;
    other.program_unit_bytes = 8;
    assert!(!header(false).shape.is_known(other));
    other = GEOMETRY;
    other.sector_bytes = 512;
    assert!(!header(true).shape.is_known(other));
}

#[test]
fn a_log_longer_than_the_flash_is_none() {
    let mut header = header(false);
    header.oldest = 3;
    assert_eq!(SectorHeader::decode(&header.encode(), GEOMETRY), None);
    header.oldest = 8;
    assert_eq!(SectorHeader::decode(&header.encode(), GEOMETRY), None);
}
