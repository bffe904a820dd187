// SPDX-License-Identifier: Apache-2.0
use super::*;
use crate::format::words::is_sealed;

const IDENTITY: Identity = Identity::new(-5, 0x0123_4567_89AB_CDEF);

#[test]
fn an_identity_gives_back_its_parts() {
    assert_eq!(
        (IDENTITY.owner(), IDENTITY.uid()),
        (-5, 0x0123_4567_89AB_CDEF)
    );
}

#[test]
fn an_extent_gives_back_its_parts() {
    for (size, depth, attributes) in [
        (0, 0, 0),
        (0xFFFF, 0, 0),
        (0, 0xFFF, 0),
        (0, 0, 15),
        (512, 34, 5),
    ] {
        let extent = Extent::new(size, depth, attributes);
        let parts = (extent.size_bytes(), extent.depth(), extent.attributes());
        assert_eq!(parts, (size, depth, attributes));
    }
}

#[test]
fn headers_stand_as_the_format_says_and_notice_flipped_bits() {
    let header = Header {
        identity: IDENTITY,
        extent: Extent::new(512, 0x021, WRITE_ONCE_AND_MORE),
    };
    let mut words = header.encode();
    words[4] = checksum(0, &words[..4]).to_le_bytes();
    assert!(is_sealed(&words));
    assert_eq!(
        words.map(u32::from_le_bytes)[..4],
        [0xFFFF_FFFB, 0x89AB_CDEF, 0x0123_4567, 0x5021_0200]
    );
    assert_eq!(Header::decode(&words), header);
    for bit in 0..8 * HEADER_BYTES {
        let mut damaged = words;
        damaged.as_flattened_mut()[bit / 8] ^= 1 << (bit % 8);
        assert!(!is_sealed(&damaged));
    }
    assert!(!is_sealed(&[[0xFF; 4]; HEADER_WORDS]));
    assert!(!is_sealed(&[[0; 4]; HEADER_WORDS]));
}

const WRITE_ONCE_AND_MORE: u32 = 5;

fn flipped(commit: Commit, bits: &[usize]) -> Commit {
    Commit(bits.iter().fold(commit.0, |bytes, bit| bytes ^ 1 << bit))
}

#[test]
fn commits_stand_as_the_format_says() {
    let commit = Commit::new(0x1234_5678, 0xABCD);
    let bytes = commit.to_bytes();
    let covered = [0x78, 0x56, 0x34, 0x12, 0xCD, 0xAB, 0, 0];
    let check = checksum(0, covered.as_chunks().0);
    assert_eq!(bytes[..6], covered[..6]);
    assert_eq!(bytes[6..], ((check ^ check >> 14) as u16).to_le_bytes());
    assert_eq!(Commit::from_bytes(bytes), commit);
    assert_eq!(commit.tag(), Some(0xABCD));
    assert_eq!(commit.data_checksum(0xABCD), Some(0x1234_5678));
    assert_eq!(commit.data_checksum(0xABCC), None);
    assert!(!commit.contradicts(0x1234_5678, 0xABCD));
    assert!(commit.contradicts(0x1234_5679, 0xABCD));
    assert!(!flipped(commit, &[60]).contradicts(0x1234_5679, 0xABCD));
}

#[test]
fn commits_notice_flipped_bits() {
    for seed in 0..8u32 {
        let commit = Commit::new(seed.wrapping_mul(0x9E37_79B1), (seed * 977) as u16);
        for first in 0..64 {
            assert_eq!(flipped(commit, &[first]).tag(), None);
            assert!(!flipped(commit, &[first]).is_erased());
            for second in 0..first {
                assert_eq!(flipped(commit, &[first, second]).tag(), None);
                for third in 0..second {
                    assert_eq!(flipped(commit, &[first, second, third]).tag(), None);
                }
            }
        }
    }
}

/// Whatever checksum and tag: a commit is never taken for erased flash.
#[test]
fn no_commit_looks_erased() {
    let with_one_bit_cleared =
        |value: u32, bits: u32| (0..bits).map(move |bit| value & !(1 << bit));
    for data_checksum in with_one_bit_cleared(u32::MAX, 32).chain([u32::MAX]) {
        for tag in with_one_bit_cleared(0xFFFF, 16).chain([0xFFFF]) {
            let commit = Commit::new(data_checksum, tag as u16);
            assert!(!commit.is_erased(), "{data_checksum:#x} {tag:#x}");
        }
    }
}

#[test]
fn one_bit_does_not_make_a_commit_but_two_do() {
    let erased = Commit::from_bytes([0xFF; 8]);
    assert!(erased.is_erased());
    for first in 0..64 {
        assert!(flipped(erased, &[first]).is_erased());
        for second in 0..first {
            assert!(!flipped(erased, &[first, second]).is_erased());
        }
    }
}

#[test]
fn nothing_and_what_is_unreadable_are_no_commits() {
    assert_eq!(Commit::from_bytes([0xFF; 8]).tag(), None);
    assert_eq!(Commit::UNREADABLE.tag(), None);
    assert!(!Commit::UNREADABLE.is_erased());
}

#[test]
fn tags_spread() {
    let tag = |uid| Identity::new(-1, uid).tag() as u16;
    let mut tags: std::vec::Vec<u16> = (1..=1000).map(tag).collect();
    tags.sort_unstable();
    tags.dedup();
    assert!(tags.len() > 950, "{}", tags.len());
    assert_ne!(Identity::new(-1, 1).tag(), Identity::new(3, 1).tag());
}

/// Damage to a byte of a header can be put right: each way of it leaves another error in the
/// checksum, which is linear.
#[test]
fn no_two_bytes_of_a_header_are_damaged_alike() {
    let clean = checksum(0, &[[0; 4]; HEADER_WORDS - 1]);
    let mut errors = std::collections::HashSet::from([0]);
    for index in 0..HEADER_BYTES {
        for mask in 1..=u8::MAX {
            let mut words = [[0; 4]; HEADER_WORDS];
            words.as_flattened_mut()[index] = mask;
            let (check, covered) = words.split_last().unwrap();
            let error = checksum(0, covered) ^ clean ^ u32::from_le_bytes(*check);
            assert!(errors.insert(error), "byte {index}, mask {mask:#x}");
        }
    }
}
