// SPDX-License-Identifier: Apache-2.0
//! FIPS 197 and comparison with another implementation.

use super::{Aes128, Block, BlockPair, BlockPairCipher};
use ::aes::cipher::{BlockEncrypt, KeyInit};
use proptest::prelude::*;

fn with_key(key: &[u8; 16]) -> Aes128 {
    let mut cipher = Aes128::WITHOUT_KEY;
    cipher.set_key(key);
    cipher
}

fn encrypt(key: &[u8; 16], first: Block, second: Block) -> [Block; 2] {
    let mut pair = BlockPair([first, second]);
    with_key(key).encrypt(&mut pair);
    pair.0
}

fn reference(key: &[u8; 16], block: Block) -> Block {
    let mut block = block.into();
    ::aes::Aes128::new(key.into()).encrypt_block(&mut block);
    block.into()
}

fn block(text: &str) -> Block {
    u128::from_str_radix(text, 16).unwrap().to_be_bytes()
}

/// FIPS 197, appendices B and C.1.
#[test]
fn published_examples() {
    let table = [
        (
            "2b7e151628aed2a6abf7158809cf4f3c",
            "3243f6a8885a308d313198a2e0370734",
            "3925841d02dc09fbdc118597196a0b32",
        ),
        (
            "000102030405060708090a0b0c0d0e0f",
            "00112233445566778899aabbccddeeff",
            "69c4e0d86a7b0430d8cdb78070b4c55a",
        ),
    ];
    for (key, plain, cipher) in table {
        let plain = block(plain);
        let cipher = block(cipher);
        let other = [0x5A; 16];
        let result = encrypt(&block(key), plain, other);
        assert_eq!(result, [cipher, reference(&block(key), other)]);
        let result = encrypt(&block(key), other, plain);
        assert_eq!(result, [reference(&block(key), other), cipher]);
    }
}

/// FIPS 197, appendix A.1: the last round key, unmade from its slices.
#[test]
fn last_round_key() {
    let cipher = with_key(&block("2b7e151628aed2a6abf7158809cf4f3c"));
    let mut pair = BlockPair::ZERO;
    super::unpack(&mut cipher.round_keys[10].clone(), &mut pair);
    let expected = block("d014f9a8c9ee2589e13f0cc8b6630ca6");
    assert_eq!(pair.0, [expected; 2]);
}

/// Each byte value at each place of both blocks: the whole of the S-box in every lane.
#[test]
fn every_byte_in_every_place() {
    for value in 0..=255u8 {
        for place in 0..16 {
            let mut key = [0; 16];
            key[place] = value;
            let mut plain = [0; 16];
            plain[15 - place] = value;
            let expected = [reference(&key, plain), reference(&key, [value; 16])];
            assert_eq!(encrypt(&key, plain, [value; 16]), expected);
        }
    }
}

#[test]
fn a_new_key_replaces_the_old_one() {
    let mut cipher = with_key(&[1; 16]);
    cipher.set_key(&[2; 16]);
    let mut pair = BlockPair::ZERO;
    cipher.encrypt(&mut pair);
    assert_eq!(pair.0, [reference(&[2; 16], [0; 16]); 2]);
}

proptest! {
    #[test]
    fn agrees_with_another_implementation(key: [u8; 16], first: Block, second: Block) {
        let expected = [reference(&key, first), reference(&key, second)];
        prop_assert_eq!(encrypt(&key, first, second), expected);
    }
}
