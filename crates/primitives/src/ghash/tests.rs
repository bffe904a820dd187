// SPDX-License-Identifier: Apache-2.0
//! The example of the GCM specification, and the definition bit by bit.

use super::{Block, Ghash};
use proptest::prelude::*;

fn hash(key: &Block, blocks: &[Block]) -> Block {
    let mut hash = Ghash::BLANK;
    hash.start(key);
    blocks.iter().for_each(|block| hash.update(block));
    hash.value()
}

fn block(text: &str) -> Block {
    u128::from_str_radix(text, 16).unwrap().to_be_bytes()
}

/// SP 800-38D, algorithm 1, literally.
fn product(left: u128, right: u128) -> u128 {
    let (mut z, mut v) = (0, right);
    for bit in (0..128).rev() {
        if left >> bit & 1 == 1 {
            z ^= v;
        }
        v = (v >> 1) ^ ((v & 1) * (0xE1 << 120));
    }
    z
}

/// McGrew and Viega, "The Galois/Counter Mode of Operation", test case 2.
#[test]
fn published_example() {
    let key = block("66e94bd4ef8a2c3b884cfa59ca342b2e");
    let blocks = [
        block("0388dace60b6a392f328c2b971b2fe78"),
        block("00000000000000000000000000000080"),
    ];
    assert_eq!(
        hash(&key, &blocks),
        block("f38cbb1ad69223dcc3457ae5b6b0f885")
    );
}

#[test]
fn nothing_hashes_to_zero_and_a_restart_forgets() {
    let mut hash = Ghash::BLANK;
    hash.start(&[3; 16]);
    hash.update(&[1; 16]);
    assert_ne!(hash.value(), [0; 16]);
    hash.restart();
    assert_eq!(hash.value(), [0; 16]);
}

proptest! {
    #[test]
    fn agrees_with_the_definition(key: Block, first: Block, second: Block) {
        let key_number = u128::from_be_bytes(key);
        let sum = product(u128::from_be_bytes(first), key_number);
        let sum = product(sum ^ u128::from_be_bytes(second), key_number);
        prop_assert_eq!(hash(&key, &[first, second]), sum.to_be_bytes());
    }
}
