// SPDX-License-Identifier: Apache-2.0
use super::*;
use crate::format::checksum::checksum;
use crate::format::words::is_sealed;

const LAYOUT: Layout = Layout {
    sector_count: 4,
    sector_bytes: 4096,
    program_unit_bytes: 4,
};

const HEADER: SectorHeader = SectorHeader {
    sequence: 7,
    oldest: 6,
    erase_count: 99,
};

fn sealed(header: &SectorHeader) -> [Word; HEADER_WORDS] {
    let mut words = header.encode(LAYOUT);
    words[HEADER_WORDS - 1] = checksum(0, &words[..HEADER_WORDS - 1]).to_le_bytes();
    words
}

#[test]
fn what_is_written_is_read() {
    let words = sealed(&HEADER);
    assert_eq!(SectorHeader::decode(&words, LAYOUT), Found::Header(HEADER));
}

#[test]
fn the_words_stand_where_the_format_says() {
    let [magic, shape, sequence, oldest, erase_count, check] = sealed(&HEADER);
    assert_eq!((magic, shape), (*b"CITS", [2, 4, 7, 0]));
    let numbers = [sequence, oldest, erase_count].map(u32::from_le_bytes);
    assert_eq!(numbers, [7, 6, 99]);
    let covered = [magic, shape, sequence, oldest, erase_count];
    assert_eq!(check, checksum(0, &covered).to_le_bytes());
}

#[test]
fn no_flipped_bit_goes_unnoticed() {
    let words = sealed(&HEADER);
    for bit in 0..8 * SECTOR_HEADER_BYTES {
        let mut damaged = words;
        damaged.as_flattened_mut()[bit / 8] ^= 1 << (bit % 8);
        assert!(!is_sealed(&damaged));
    }
    for byte in [0, 0xFF] {
        assert!(!is_sealed(&[[byte; 4]; HEADER_WORDS]));
    }
}

#[test]
fn other_geometries_are_unknown() {
    let words = sealed(&HEADER);
    let mut other = LAYOUT;
    other.program_unit_bytes = 8;
    assert_eq!(SectorHeader::decode(&words, other), Found::Unknown);
    other = LAYOUT;
    other.sector_bytes = 512;
    assert_eq!(SectorHeader::decode(&words, other), Found::Unknown);
}

#[test]
fn a_log_longer_than_the_flash_is_unknown() {
    for oldest in [0, 3, 8, u32::MAX] {
        let header = SectorHeader { oldest, ..HEADER };
        let decoded = SectorHeader::decode(&sealed(&header), LAYOUT);
        assert_eq!(decoded, Found::Unknown);
    }
}
