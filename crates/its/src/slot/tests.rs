// SPDX-License-Identifier: Apache-2.0
use super::*;

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
    words[4] = checksum(&words[..4]);
    assert_eq!(
        words[..4],
        [0xFFFF_FFFB, 0x89AB_CDEF, 0x0123_4567, 0x5021_0200]
    );
    assert_eq!(Header::decode(&words), Some(header));
    for bit in 0..8 * HEADER_BYTES {
        let mut damaged = words;
        damaged[bit / 32] ^= 1 << (bit % 32);
        assert_eq!(Header::decode(&damaged), None);
    }
    assert_eq!(Header::decode(&[u32::MAX; 5]), None);
    assert_eq!(Header::decode(&[0; 5]), None);
}

const WRITE_ONCE_AND_MORE: u32 = 5;

fn flipped(words: [u32; 2], bits: &[usize]) -> [u32; 2] {
    bits.iter().fold(words, |mut words, bit| {
        words[bit / 32] ^= 1 << (bit % 32);
        words
    })
}

#[test]
fn commits_notice_flipped_bits() {
    for seed in 0..50u32 {
        let commit = Commit {
            data_checksum: seed.wrapping_mul(0x9E37_79B1),
            tag: (seed * 977) as u16,
        };
        let words = commit.encode();
        assert_eq!(Commit::tag_of(&words), Some(commit.tag));
        for first in 0..64 {
            assert_eq!(Commit::tag_of(&flipped(words, &[first])), None);
            assert!(!Commit::is_erased(&flipped(words, &[first])));
            for second in 0..first {
                assert_eq!(Commit::tag_of(&flipped(words, &[first, second])), None);
            }
        }
    }
}

#[test]
fn one_bit_does_not_make_a_commit_but_two_do() {
    let erased = [u32::MAX; 2];
    assert!(Commit::is_erased(&erased));
    for first in 0..64 {
        assert!(Commit::is_erased(&flipped(erased, &[first])));
        for second in 0..first {
            assert!(!Commit::is_erased(&flipped(erased, &[first, second])));
        }
    }
}

#[test]
fn nothing_and_zeros_are_no_commits() {
    assert_eq!(Commit::tag_of(&[u32::MAX; 2]), None);
    assert_eq!(Commit::tag_of(&[0; 2]), None);
}

#[test]
fn tags_spread() {
    let mut tags: std::vec::Vec<u16> = (1..=1000).map(|uid| Identity::new(-1, uid).tag()).collect();
    tags.sort_unstable();
    tags.dedup();
    assert!(tags.len() > 950, "{}", tags.len());
    assert_ne!(Identity::new(-1, 1).tag(), Identity::new(3, 1).tag());
}
