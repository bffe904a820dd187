// SPDX-License-Identifier: Apache-2.0
//! ChaCha20 (RFC 8439, 2.4): a key stream from additions, rotations and exclusive ors, which take
//! constant time.

use crate::clear;

/// Size of a key in bytes.
pub const KEY_BYTES: usize = 32;
/// Size of a nonce in bytes.
pub const NONCE_BYTES: usize = 12;
/// Bytes of key stream from one counter.
const STREAM_BYTES: usize = 64;
/// A double round has a quarter round for each column and one for each diagonal.
const DOUBLE_ROUNDS: usize = 10;

/// "expand 32-byte k".
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

type Words = [u32; 16];

/// The key stream of a nonce is at its end: the counter would repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyStreamEnd;

/// A key stream.
pub struct ChaCha20 {
    /// Constants, key, counter, nonce.
    input: Words,
    stream: [u8; STREAM_BYTES],
    /// Of the stream, at its end.
    left_bytes: u8,
    /// The counter has a value that was not used for this nonce.
    goes_on: bool,
}

impl ChaCha20 {
    /// Without a key: a stream without bytes.
    pub const BLANK: Self = Self {
        input: [0; 16],
        stream: [0; STREAM_BYTES],
        left_bytes: 0,
        goes_on: false,
    };

    /// Sets the key; a nonce has to follow.
    pub fn set_key(&mut self, key: &[u8; KEY_BYTES]) {
        let words = key
            .as_chunks()
            .0
            .iter()
            .map(|word| u32::from_le_bytes(*word));
        let all = CONSTANTS.into_iter().chain(words);
        for (place, word) in self.input.iter_mut().zip(all) {
            *place = word;
        }
    }

    /// Begins the key stream of a nonce at this counter.
    pub fn start(&mut self, nonce: &[u8; NONCE_BYTES], counter: u32) {
        let words = nonce
            .as_chunks()
            .0
            .iter()
            .map(|word| u32::from_le_bytes(*word));
        let all = core::iter::once(counter).chain(words);
        for (place, word) in self
            .input
            .iter_mut()
            .skip(CONSTANTS.len() + KEY_BYTES / 4)
            .zip(all)
        {
            *place = word;
        }
        self.left_bytes = 0;
        self.goes_on = true;
    }

    /// Adds the key stream to `data`.
    ///
    /// # Errors
    /// [`KeyStreamEnd`]: behind the last counter, or before any was started. Some of `data` may
    /// have been encrypted.
    pub fn apply(&mut self, data: &mut [u8]) -> Result<(), KeyStreamEnd> {
        for byte in data {
            if self.left_bytes == 0 {
                self.step()?;
            }
            let used_bytes = STREAM_BYTES.saturating_sub(self.left_bytes.into());
            if let Some(stream) = self.stream.get(used_bytes) {
                *byte ^= stream;
            }
            self.left_bytes = self.left_bytes.wrapping_sub(1);
        }
        Ok(())
    }

    /// Discards the rest of the key stream of this counter.
    pub(crate) fn skip(&mut self) {
        self.left_bytes = 0;
    }

    /// Wipes the state.
    pub fn clear(&mut self) {
        clear::replace(self, Self::BLANK);
    }

    fn step(&mut self) -> Result<(), KeyStreamEnd> {
        if !self.goes_on {
            return Err(KeyStreamEnd);
        }
        let mut words = self.input;
        for _ in 0..DOUBLE_ROUNDS {
            double_round(&mut words);
        }
        let sums = words.iter().zip(&self.input);
        for (place, (word, input)) in self.stream.as_chunks_mut().0.iter_mut().zip(sums) {
            *place = word.wrapping_add(*input).to_le_bytes();
        }
        clear::replace(&mut words, [0; 16]);
        let [.., counter, _, _, _] = &mut self.input;
        *counter = counter.wrapping_add(1);
        self.goes_on = *counter != 0;
        self.left_bytes = STREAM_BYTES as u8;
        Ok(())
    }
}

fn double_round(words: &mut Words) {
    let [
        a0,
        a1,
        a2,
        a3,
        b0,
        b1,
        b2,
        b3,
        c0,
        c1,
        c2,
        c3,
        d0,
        d1,
        d2,
        d3,
    ] = words;
    quarter_round(a0, b0, c0, d0);
    quarter_round(a1, b1, c1, d1);
    quarter_round(a2, b2, c2, d2);
    quarter_round(a3, b3, c3, d3);
    quarter_round(a0, b1, c2, d3);
    quarter_round(a1, b2, c3, d0);
    quarter_round(a2, b3, c0, d1);
    quarter_round(a3, b0, c1, d2);
}

#[inline(never)] // eight times in a double round
fn quarter_round(a: &mut u32, b: &mut u32, c: &mut u32, d: &mut u32) {
    for (left, right) in [(16, 12), (8, 7)] {
        *a = a.wrapping_add(*b);
        *d = (*d ^ *a).rotate_left(left);
        *c = c.wrapping_add(*d);
        *b = (*b ^ *c).rotate_left(right);
    }
}

#[cfg(test)]
mod tests;
