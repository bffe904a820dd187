// SPDX-License-Identifier: Apache-2.0
//! SP 800-38A, appendix F, for all modes and keys; every padding.

use super::*;
use crate::counter::Counter;

const PLAIN: &str = "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51\
                     30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710";
const VECTOR: &str = "000102030405060708090a0b0c0d0e0f";
const KEYS: [&str; 3] = [
    "2b7e151628aed2a6abf7158809cf4f3c",
    "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
    "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
];

fn bytes(text: &str) -> Vec<u8> {
    hex::decode(text).unwrap()
}

fn block(text: &str) -> Block {
    bytes(text).try_into().unwrap()
}

fn cipher(key: &str) -> Aes {
    let mut cipher = Aes::WITHOUT_KEY;
    cipher.set_key(&bytes(key)).unwrap();
    cipher
}

/// Runs a mode over each block of some data.
fn blocks(data: &[u8], mut run: impl FnMut(&mut Block)) -> Vec<u8> {
    let mut data = data.to_vec();
    data.as_chunks_mut().0.iter_mut().for_each(&mut run);
    data
}

/// F.1: the first and the last block.
#[test]
fn ecb() {
    for (key, first, last) in [
        (
            KEYS[0],
            "3ad77bb40d7a3660a89ecaf32466ef97",
            "7b0c785e27e8ad3f8223207104725dd4",
        ),
        (
            KEYS[1],
            "bd334f1d6e45f25ff712a214571fa5cc",
            "9a4b41ba738d6c72fb16691603c18e0e",
        ),
        (
            KEYS[2],
            "f3eed1bdb5d2a03c064b5a7e3db181f8",
            "23304b7a39f9f3ff067d8d8f9e24ecc7",
        ),
    ] {
        let cipher = cipher(key);
        let sealed = blocks(&bytes(PLAIN), |block| encrypt_one(&cipher, block));
        assert_eq!(
            (&sealed[..16], &sealed[48..]),
            (&bytes(first)[..], &bytes(last)[..])
        );
        assert_eq!(
            blocks(&sealed, |block| decrypt_one(&cipher, block)),
            bytes(PLAIN)
        );
    }
}

/// F.2.
#[test]
fn cbc() {
    for (key, first, last) in [
        (
            KEYS[0],
            "7649abac8119b246cee98e9b12e9197d",
            "3ff1caa1681fac09120eca307586e1a7",
        ),
        (
            KEYS[1],
            "4f021db243bc633d7178183a9fa071e8",
            "08b0e27988598881d920a9e64f5615cd",
        ),
        (
            KEYS[2],
            "f58c4c04d6e5f1ba779eabfb5f7bfbd6",
            "b2eb05e2c39be9fcda6c19078c6a9d1b",
        ),
    ] {
        let cipher = cipher(key);
        let mut chain = block(VECTOR);
        let sealed = blocks(&bytes(PLAIN), |block| {
            cbc_encrypt(&cipher, &mut chain, block)
        });
        assert_eq!(
            (&sealed[..16], &sealed[48..]),
            (&bytes(first)[..], &bytes(last)[..])
        );
        let mut chain = block(VECTOR);
        let opened = blocks(&sealed, |block| cbc_decrypt(&cipher, &mut chain, block));
        assert_eq!(opened, bytes(PLAIN));
    }
}

/// F.3, with whole blocks of feedback.
#[test]
fn cfb_in_any_parts() {
    for (key, first, last) in [
        (
            KEYS[0],
            "3b3fd92eb72dad20333449f8e83cfb4a",
            "c04b05357c5d1c0eeac4c66f9ff7f2e6",
        ),
        (
            KEYS[1],
            "cdc80d6fddf18cab34c25909c99a4174",
            "c05f9f9ca9834fa042ae8fba584b09ff",
        ),
        (
            KEYS[2],
            "dc7e84bfda79164b7ecd8486985d3860",
            "75a385741ab9cef82031623d55b1e471",
        ),
    ] {
        let cipher = cipher(key);
        for part_bytes in [1, 16, 17, 64] {
            let (mut register, mut used) = (block(VECTOR), 16);
            let mut data = bytes(PLAIN);
            for part in data.chunks_mut(part_bytes) {
                cfb(&cipher, &mut register, &mut used, false, part);
            }
            assert_eq!(
                (&data[..16], &data[48..]),
                (&bytes(first)[..], &bytes(last)[..])
            );
            let (mut register, mut used) = (block(VECTOR), 16);
            for part in data.chunks_mut(part_bytes) {
                cfb(&cipher, &mut register, &mut used, true, part);
            }
            assert_eq!(data, bytes(PLAIN));
        }
    }
}

/// F.5.
#[test]
fn ctr_in_any_parts() {
    for (key, first, last) in [
        (
            KEYS[0],
            "874d6191b620e3261bef6864990db6ce",
            "1e031dda2fbe03d1792170a0f3009cee",
        ),
        (
            KEYS[1],
            "1abc932417521ca24f2b0459fe7e6e0b",
            "4f78a7f6d29809585a97daec58c6b050",
        ),
        (
            KEYS[2],
            "601ec313775789a5b7a7f504bbf3d228",
            "dfc9c58db67aada613c2dd08457941a6",
        ),
    ] {
        let cipher = cipher(key);
        for part_bytes in [1, 15, 32, 33, 64] {
            let mut counter = Counter::<16>::BLANK;
            counter.start(&block("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
            let mut data = bytes(PLAIN);
            for part in data.chunks_mut(part_bytes) {
                counter.apply(&cipher, part);
            }
            assert_eq!(
                (&data[..16], &data[48..]),
                (&bytes(first)[..], &bytes(last)[..])
            );
        }
    }
}

/// The counter goes round through all bytes, or through the last four.
#[test]
fn counters_go_round() {
    let cipher = cipher(KEYS[0]);
    let stream = |first: Block, wide: bool| {
        let mut data = [0; 32];
        if wide {
            let mut counter = Counter::<16>::BLANK;
            counter.start(&first);
            counter.apply(&cipher, &mut data);
        } else {
            let mut counter = Counter::<4>::BLANK;
            counter.start(&first);
            counter.apply(&cipher, &mut data);
        }
        data[16..].to_vec()
    };
    let encrypted = |mut block: Block| {
        encrypt_one(&cipher, &mut block);
        block.to_vec()
    };
    assert_eq!(stream([0xFF; 16], true), encrypted([0; 16]));
    let mut next = [0xFF; 16];
    next[12..].fill(0);
    assert_eq!(stream([0xFF; 16], false), encrypted(next));
}

#[test]
fn paddings() {
    for filled in 0..16 {
        let mut block = [0x77; 16];
        pad(&mut block, filled);
        assert_eq!(unpad(&block), Some(usize::from(filled)));
        let padding = 16 - filled;
        assert!(
            block[..usize::from(filled)]
                .iter()
                .all(|byte| *byte == 0x77)
        );
        // Each byte of the padding counts, no byte before it does.
        for index in 0..16u8 {
            let mut wrong = block;
            wrong[usize::from(index)] ^= 0x40;
            let expected = (index < filled).then_some(usize::from(filled));
            assert_eq!(unpad(&wrong), expected, "byte {index} of padding {padding}");
        }
    }
    for last in (17..=255).chain([0]) {
        assert_eq!(unpad(&[last; 16]), None);
    }
}
