// SPDX-License-Identifier: Apache-2.0
//! A reproducible source of words (xorshift, Marsaglia 2003).

/// The state of the generator; not 0.
pub struct Random(u32);

impl Random {
    /// A generator with this seed.
    pub fn new(seed: u32) -> Self {
        Self(seed ^ 0x5eed_1234)
    }

    /// The next word.
    pub fn word(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u32) -> u32 {
        self.word() % bound
    }

    /// One of `choices`.
    pub fn one_of(&mut self, choices: &[u32]) -> u32 {
        choices[self.below(choices.len() as u32) as usize]
    }
}
