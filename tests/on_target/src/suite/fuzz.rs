// SPDX-License-Identifier: Apache-2.0
//! Random calls of all veneers: whatever they say, the device goes on working.

use psa::Status;
use psa::crypto::{Algorithm, Function, Pack};
use psa::service::CRYPTO;

use super::raw::{self, SECURE_ADDRESSES};

const CALLS: u32 = 100_000;
const ARENA_WORDS: usize = 128;
const PACK_WORDS: usize = 14;

/// A reproducible source of words (xorshift, Marsaglia 2003).
struct Random(u32);

impl Random {
    fn word(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.word() % bound
    }

    fn one_of(&mut self, choices: &[u32]) -> u32 {
        choices[self.below(choices.len() as u32) as usize]
    }
}

/// Where a hostile caller may point: its own memory, at its edge, at the secure world, anywhere.
fn address(random: &mut Random, arena: u32) -> u32 {
    match random.below(8) {
        0 => random.one_of(SECURE_ADDRESSES),
        1 => random.one_of(&[
            0,
            1,
            0x2801_0000 - 4,
            0x281f_fffc,
            0x2820_0000,
            u32::MAX - 7,
        ]),
        2 => arena + random.below(64),
        _ => arena + random.below(64) * 4,
    }
}

/// Fills the descriptors and the pack with things that are wrong in one way or another.
fn scramble(random: &mut Random, arena: &mut [u32; ARENA_WORDS]) {
    let base = raw::address(arena);
    for descriptor in arena[..16].chunks_exact_mut(2) {
        descriptor[0] = address(random, base + 64);
        descriptor[1] = match random.below(4) {
            0 => random.word(),
            1 => 56,
            _ => random.below(96),
        };
    }
    if random.below(2) == 0 {
        arena[0] = base + 64;
        arena[1] = 56;
    }
    let pack = Pack::new(Function(0x0300 + random.below(16) as u16))
        .with_algorithm(Algorithm(random.one_of(&[
            0,
            Algorithm::SHA_256.0,
            0x0200_0008,
            u32::MAX,
        ])))
        .with_operation_handle(random.below(12));
    let bytes = pack.bytes().chunks_exact(4);
    for (word, bytes) in arena[16..16 + PACK_WORDS].iter_mut().zip(bytes) {
        *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
}

fn control(random: &mut Random) -> u32 {
    match random.below(4) {
        0 => random.word(),
        1 => raw::control(random.below(4) as u16, random.below(8), random.below(8)),
        _ => raw::control(0, 1 + random.below(3), random.below(3)),
    }
}

pub fn random_calls_do_no_harm() {
    let mut random = Random(0x5eed_1234);
    let mut arena = [0u32; ARENA_WORDS];
    let mut successes = 0;
    for _ in 0..CALLS {
        scramble(&mut random, &mut arena);
        let base = raw::address(&arena);
        let handle = match random.below(8) {
            0 => random.word(),
            _ => CRYPTO.handle().bits(),
        };
        let inputs = if random.below(8) == 0 {
            address(&mut random, base)
        } else {
            base
        };
        let outputs = if random.below(8) == 0 {
            address(&mut random, base)
        } else {
            base + 32
        };
        let answer = match random.below(16) {
            0 => raw::connect(random.word(), random.word()),
            1 => {
                raw::close(random.word());
                Status::SUCCESS
            }
            _ => raw::call(handle, control(&mut random), inputs, outputs),
        };
        successes += u32::from(answer == Status::SUCCESS);
    }
    assert!(
        successes > CALLS / 100,
        "only {successes} calls got through the checks"
    );
}
