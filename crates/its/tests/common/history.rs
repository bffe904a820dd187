// SPDX-License-Identifier: Apache-2.0
//! Random histories of requests, the same ones for the same seed.

use super::{CRYPTO, NON_SECURE};

/// A request, or a restart.
#[derive(Clone, Debug)]
pub enum Operation {
    Set((i32, u64), Vec<u8>, u32),
    Remove((i32, u64)),
    Restart,
}

/// A xorshift generator.
#[derive(Clone, Debug)]
pub struct Generator(u64);

impl Generator {
    pub fn new(seed: u64) -> Self {
        let mut generator = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..8 {
            generator.below(2);
        }
        generator
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }

    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.below(256) as u8).collect()
    }
}

/// The objects that histories are about: few, so that they meet again, of two owners who use the
/// same numbers.
pub fn keys(count: usize) -> Vec<(i32, u64)> {
    (0..count)
        .map(|index| {
            let owner = if index % 3 == 2 { CRYPTO } else { NON_SECURE };
            (owner, 1 + (index as u64 / 3) * 0x1_0000_0001)
        })
        .enumerate()
        .map(|(index, (owner, uid))| {
            if index % 3 == 1 {
                (owner, uid + 7)
            } else {
                (owner, uid)
            }
        })
        .collect()
}

/// A history about `key_count` objects of at most `most_bytes`.
pub fn history(
    seed: u64,
    operations: usize,
    key_count: usize,
    most_bytes: usize,
) -> (Vec<(i32, u64)>, Vec<Operation>) {
    let keys = keys(key_count);
    let mut generator = Generator::new(seed);
    let history = (0..operations)
        .map(|_| {
            let key = keys[generator.below(keys.len())];
            match generator.below(16) {
                0 => Operation::Restart,
                1..=4 => Operation::Remove(key),
                kind => {
                    let length = match generator.below(4) {
                        0 => 0,
                        1 => most_bytes,
                        _ => generator.below(most_bytes + 1),
                    };
                    let flags = match kind {
                        5 => 2,
                        6 => 6,
                        // Seldom: such an object stays for good.
                        7 if generator.below(24) == 0 => 1,
                        _ => 0,
                    };
                    Operation::Set(key, generator.bytes(length), flags)
                }
            }
        })
        .collect();
    (keys, history)
}
