// SPDX-License-Identifier: Apache-2.0
//! What the fuzzer of `fuzz/` does with images, on stable Rust: contents of slots, and plans of
//! images that are signed. `CASEMATE_FUZZ_CALLS` sets another number of inputs,
//! `CASEMATE_FUZZ_SEED` other ones.

use std::collections::HashMap;

use boot::Error;
use signer::fuzz;

/// Numbers by xorshift.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % limit
    }

    fn bytes(&mut self, count: u64) -> Vec<u8> {
        (0..count).map(|_| self.below(256) as u8).collect()
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.map_or(otherwise, |text| text.parse().expect(name))
}

#[test]
fn arbitrary_images() {
    let inputs = number("CASEMATE_FUZZ_CALLS", 4_000);
    let mut dice = Dice(number("CASEMATE_FUZZ_SEED", 0x5EED) | 1);
    let mut outcomes: HashMap<Result<(), Error>, u64> = HashMap::new();
    for _ in 0..inputs {
        let data = match dice.below(8) {
            0 => {
                let count = dice.below(300);
                [vec![0], dice.bytes(count)].concat()
            }
            // A plan of what is usual, with some bytes of it changed.
            _ => {
                let mut plan = vec![1; 200];
                for _ in 0..dice.below(6) {
                    let within = [199, 40][dice.below(2) as usize];
                    let place = 1 + dice.below(within);
                    plan[place as usize] = dice.below(256) as u8;
                }
                plan
            }
        };
        *outcomes.entry(fuzz::fuzz(&data)).or_default() += 1;
    }
    let accepted = outcomes.get(&Ok(())).copied().unwrap_or_default();
    let reasons = outcomes.len() - 1;
    println!("{inputs} images, {accepted} accepted, the others refused for {reasons} reasons");
    assert!(accepted > inputs / 20);
    assert!(reasons > 20, "{reasons} of {} reasons", Error::ALL.len());
}
