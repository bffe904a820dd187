// SPDX-License-Identifier: Apache-2.0
//! FIPS 197 and comparison with another implementation.

use super::{Aes, Aes128, Block, BlockPair, BlockPairCipher, KeyLengthError};
use ::aes::cipher::{BlockDecrypt, BlockEncrypt, KeyInit};
use proptest::prelude::*;

fn with_key(key: &[u8; 16]) -> Aes128 {
    let mut cipher = Aes128::WITHOUT_KEY;
    cipher.set_key(key).unwrap();
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
    cipher.set_key(&[2; 16]).unwrap();
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

fn with_any_key(key: &[u8]) -> Aes {
    let mut cipher = Aes::WITHOUT_KEY;
    cipher.set_key(key).unwrap();
    cipher
}

/// FIPS 197, appendices C.1 to C.3, both ways.
#[test]
fn published_examples_for_all_keys() {
    let key: Vec<u8> = (0..32).collect();
    let plain = block("00112233445566778899aabbccddeeff");
    for (key, cipher) in [
        (&key[..16], "69c4e0d86a7b0430d8cdb78070b4c55a"),
        (&key[..24], "dda97ca4864cdfe06eaf70a0ec0d7191"),
        (&key[..], "8ea2b7ca516745bfeafc49904b496089"),
    ] {
        let mut pair = BlockPair([plain; 2]);
        with_any_key(key).encrypt(&mut pair);
        assert_eq!(pair.0, [block(cipher); 2]);
        with_any_key(key).decrypt(&mut pair);
        assert_eq!(pair.0, [plain; 2]);
    }
}

/// Each value of a byte in each place of a block, backwards.
#[test]
fn every_byte_in_every_place_is_decrypted() {
    let cipher = with_any_key(&[0x3C; 24]);
    for value in 0..=255u8 {
        for place in 0..16 {
            let mut block = [0; 16];
            block[place] = value;
            let mut pair = BlockPair([block, [value; 16]]);
            cipher.decrypt(&mut pair);
            cipher.encrypt(&mut pair);
            assert_eq!(pair.0, [block, [value; 16]]);
        }
    }
}

#[test]
fn keys_of_no_other_length() {
    for length in (0..40).filter(|length| ![16, 24, 32].contains(length)) {
        let mut cipher = with_any_key(&[1; 16]);
        assert_eq!(cipher.set_key(&vec![1; length]), Err(KeyLengthError));
    }
}

proptest! {
    #[test]
    fn all_keys_agree_with_another_implementation(key: [u8; 32], blocks: [Block; 2]) {
        compare::<::aes::Aes128>(&key[..16], blocks);
        compare::<::aes::Aes192>(&key[..24], blocks);
        compare::<::aes::Aes256>(&key, blocks);
    }
}

fn compare<C: KeyInit + BlockEncrypt + BlockDecrypt>(key: &[u8], blocks: [Block; 2]) {
    let (own, other) = (with_any_key(key), C::new_from_slice(key).unwrap());
    for back in [false, true] {
        let mut expected = blocks;
        for block in &mut expected {
            run(&other, block, back);
        }
        let mut pair = BlockPair(blocks);
        if back {
            own.decrypt(&mut pair);
        } else {
            own.encrypt(&mut pair);
        }
        assert_eq!(pair.0, expected);
    }
}

fn run(cipher: &(impl BlockEncrypt + BlockDecrypt), block: &mut Block, back: bool) {
    let mut buffer = ::aes::cipher::Block::<::aes::Aes128>::clone_from_slice(block);
    let place = ::aes::cipher::generic_array::GenericArray::from_mut_slice(&mut buffer[..]);
    if back {
        cipher.decrypt_block(place);
    } else {
        cipher.encrypt_block(place);
    }
    block.copy_from_slice(place);
}

proptest! {
    #[test]
    fn the_table_agrees_with_the_circuit(key: [u8; 16], blocks: [Block; 2]) {
        let mut table = super::table::Aes128::WITHOUT_KEY;
        table.set_key(&key).unwrap();
        let mut pair = BlockPair(blocks);
        table.encrypt(&mut pair);
        prop_assert_eq!(pair.0, encrypt(&key, blocks[0], blocks[1]));
    }
}
