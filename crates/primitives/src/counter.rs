// SPDX-License-Identifier: Apache-2.0
//! Counter mode (NIST SP 800-38A, 6.5): a key stream from encrypted counters, two at a time.

use crate::aes::{BLOCK_BYTES, Block, BlockPair, BlockPairCipher};

/// Bytes of key stream from one call of the cipher.
const STREAM_BYTES: u8 = 2 * BLOCK_BYTES as u8;

/// A key stream, whose counter is the last `COUNTER_BYTES` of the block: all of it in CTR, four
/// in GCM.
pub struct Counter<const COUNTER_BYTES: usize> {
    next: Block,
    stream: BlockPair,
    used_bytes: u8,
}

impl<const COUNTER_BYTES: usize> Counter<COUNTER_BYTES> {
    /// Before the first block.
    pub const BLANK: Self = Self {
        next: [0; BLOCK_BYTES],
        stream: BlockPair::ZERO,
        used_bytes: 0,
    };

    /// Begins with this counter block.
    pub fn start(&mut self, first: &Block) {
        self.next = *first;
        self.used_bytes = STREAM_BYTES;
    }

    /// Adds the key stream to `data`.
    pub fn apply(&mut self, cipher: &impl BlockPairCipher, data: &mut [u8]) {
        let mut rest = data;
        while !rest.is_empty() {
            if self.used_bytes >= STREAM_BYTES {
                self.step(cipher);
            }
            let stream = self.stream.0.as_flattened();
            let stream = stream.get(usize::from(self.used_bytes)..);
            let stream = stream.unwrap_or_default();
            let middle = stream.len().min(rest.len());
            let Some((now, later)) = rest.split_at_mut_checked(middle) else {
                return;
            };
            for (data, stream) in now.iter_mut().zip(stream) {
                *data ^= stream;
            }
            self.used_bytes = self.used_bytes.wrapping_add(middle as u8);
            rest = later;
        }
    }

    fn step(&mut self, cipher: &impl BlockPairCipher) {
        for block in &mut self.stream.0 {
            *block = self.next;
            let mut carry = true;
            for byte in self.next.iter_mut().rev().take(COUNTER_BYTES) {
                (*byte, carry) = byte.overflowing_add(u8::from(carry));
            }
        }
        cipher.encrypt(&mut self.stream);
        self.used_bytes = 0;
    }
}
