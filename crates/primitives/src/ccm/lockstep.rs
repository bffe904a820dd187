// SPDX-License-Identifier: Apache-2.0
//! CBC-MAC and counter mode in lockstep: one call of the cipher serves both.

use super::format;
use crate::aes::{BLOCK_BYTES, Block, BlockPair, BlockPairCipher};

/// The state of both modes.
pub(super) struct Lockstep {
    /// The MAC block, with what was added to it and waits for encryption; and the key stream of
    /// the current block of data. Each call of the cipher replaces both.
    blocks: BlockPair,
    /// The counter block whose key stream is current.
    counter: Block,
    /// Bytes of the MAC block that have been filled. A full one is encrypted when more follows.
    filled_bytes: u8,
}

impl Lockstep {
    pub(super) const IDLE: Self = Self {
        blocks: BlockPair::ZERO,
        counter: [0; BLOCK_BYTES],
        filled_bytes: 0,
    };

    /// Sets the counter block of number 0.
    pub(super) fn set_counter(&mut self, counter: Block) {
        self.counter = counter;
    }

    /// Begins the MAC with the block that states the lengths.
    pub(super) fn begin(&mut self, has_additional: bool, data_bytes: u32, tag_bytes: u8) {
        let [mac, _] = &mut self.blocks.0;
        *mac = format::first_block(&self.counter, has_additional, data_bytes, tag_bytes);
        self.end_block();
    }

    /// Adds `data` to the MAC alone; half of each call of the cipher is wasted.
    pub(super) fn authenticate(&mut self, cipher: &impl BlockPairCipher, data: &[u8]) {
        let mut rest = data;
        while !rest.is_empty() {
            if self.is_full() {
                cipher.encrypt(&mut self.blocks);
                self.filled_bytes = 0;
            }
            let [mac, _] = &mut self.blocks.0;
            let room = mac
                .get_mut(usize::from(self.filled_bytes)..)
                .unwrap_or_default();
            let (now, later) = rest.split_at_checked(room.len()).unwrap_or((rest, &[]));
            for (mac, data) in room.iter_mut().zip(now) {
                *mac ^= data;
            }
            self.filled_bytes = self.filled_bytes.wrapping_add(now.len() as u8);
            rest = later;
        }
    }

    /// Fills the rest of the block with zeros.
    pub(super) fn end_block(&mut self) {
        self.filled_bytes = BLOCK_BYTES as u8;
    }

    /// Adds the key stream to `data` and the plaintext to the MAC. `mask` tells which is the
    /// plaintext: all ones if it comes out, zero if it goes in.
    pub(super) fn crypt(&mut self, cipher: &impl BlockPairCipher, mask: u32, data: &mut [u8]) {
        let mut rest = data;
        while !rest.is_empty() {
            if self.is_full() {
                self.step(cipher);
            }
            if self.filled_bytes == 0 && rest.len() >= BLOCK_BYTES {
                let Some((block, later)) = rest.split_first_chunk_mut() else {
                    return;
                };
                self.crypt_block(mask, block);
                rest = later;
            } else {
                rest = self.crypt_bytes(mask as u8, rest);
            }
        }
    }

    /// Encrypts the last block and returns the tag.
    pub(super) fn tag(&mut self, cipher: &impl BlockPairCipher, nonce_bytes: u8) -> Block {
        format::reset_counter(&mut self.counter, nonce_bytes);
        let [_, stream] = &mut self.blocks.0;
        *stream = self.counter;
        cipher.encrypt(&mut self.blocks);
        let [mac, stream] = &self.blocks.0;
        let mut tag = *mac;
        for (tag, stream) in tag.iter_mut().zip(stream) {
            *tag ^= stream;
        }
        tag
    }

    fn is_full(&self) -> bool {
        usize::from(self.filled_bytes) >= BLOCK_BYTES
    }

    /// Encrypts the full MAC block and the next counter block.
    fn step(&mut self, cipher: &impl BlockPairCipher) {
        format::count(&mut self.counter);
        let [_, stream] = &mut self.blocks.0;
        *stream = self.counter;
        cipher.encrypt(&mut self.blocks);
        self.filled_bytes = 0;
    }

    /// A whole block, word by word.
    fn crypt_block(&mut self, mask: u32, data: &mut Block) {
        let [mac, stream] = &mut self.blocks.0;
        let mac = mac.as_chunks_mut().0;
        let stream = stream.as_chunks().0;
        let data = data.as_chunks_mut().0;
        for ((data, mac), stream) in data.iter_mut().zip(mac).zip(stream) {
            let input = u32::from_ne_bytes(*data);
            let stream = u32::from_ne_bytes(*stream);
            let added = u32::from_ne_bytes(*mac) ^ input ^ (stream & mask);
            *mac = added.to_ne_bytes();
            *data = (input ^ stream).to_ne_bytes();
        }
        self.end_block();
    }

    /// A part of a block, or what ends one; returns the rest of `data`.
    fn crypt_bytes<'a>(&mut self, mask: u8, data: &'a mut [u8]) -> &'a mut [u8] {
        let filled = usize::from(self.filled_bytes);
        let [mac, stream] = &mut self.blocks.0;
        let places = mac.iter_mut().zip(stream).skip(filled);
        let mut rest = data.iter_mut();
        let mut done = 0u8;
        for ((mac, stream), data) in places.zip(rest.by_ref()) {
            let input = *data;
            *mac ^= input ^ (*stream & mask);
            *data = input ^ *stream;
            done += 1;
        }
        self.filled_bytes = self.filled_bytes.wrapping_add(done);
        rest.into_slice()
    }
}
