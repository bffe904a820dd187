// SPDX-License-Identifier: Apache-2.0
//! State of the modes of a block cipher, for data that come in parts.

use primitives::{
    aes::{BLOCK_BYTES, Block, BlockPairCipher},
    chaining::{cbc_decrypt, cbc_encrypt, decrypt_one, encrypt_one},
    counter::Counter,
};

use super::aes::Aes;
use crate::{
    algorithms::cipher::Mode,
    configuration::{Configuration, presence::Blank},
};

/// Data that go through in one piece: whole blocks, a multiple of both ciphers' key streams.
pub(crate) const PART_BYTES: usize = 64;
/// A piece, behind at most one block that was kept before.
pub(crate) const ROOM_BYTES: usize = BLOCK_BYTES + PART_BYTES;

/// State of the modes of a block cipher.
pub(crate) struct BlockModes<C: Configuration> {
    pub(super) cipher: Aes<C>,
    pub(super) counter: Counter<BLOCK_BYTES>,
    /// The value that is chained to the next block.
    pub(super) chain: Block,
    /// Data of an incomplete block, or a block that may be the last.
    pub(super) kept: Block,
    pub(super) kept_bytes: u8,
}

impl<C: Configuration> Blank for BlockModes<C> {
    const BLANK: Self = Self {
        cipher: Aes::WITHOUT_KEY,
        counter: Counter::BLANK,
        chain: [0; BLOCK_BYTES],
        kept: [0; BLOCK_BYTES],
        kept_bytes: 0,
    };
}

impl<C: Configuration> BlockModes<C> {
    /// Encrypts or decrypts the first `output_bytes`, and keeps the rest.
    pub(super) fn update_blocks(
        &mut self,
        mode: Mode,
        is_decryption: bool,
        room: &mut [u8; ROOM_BYTES],
        input_bytes: usize,
        output_bytes: usize,
    ) {
        let all_bytes = usize::from(self.kept_bytes).saturating_add(input_bytes);
        let data = room.get_mut(..all_bytes).unwrap_or_default();
        let Some((blocks, rest)) = data.split_at_mut_checked(output_bytes) else {
            return;
        };
        for block in blocks.as_chunks_mut().0 {
            self.crypt_block(mode, is_decryption, block);
        }
        for (kept, byte) in self.kept.iter_mut().zip(&*rest) {
            *kept = *byte;
        }
        self.kept_bytes = rest.len() as u8;
    }

    fn crypt_block(&mut self, mode: Mode, is_decryption: bool, block: &mut Block) {
        let is_chained = mode != Mode::Ecb;
        if !is_decryption {
            if is_chained {
                cbc_encrypt(&self.cipher, &mut self.chain, block);
            } else if C::WANTED.ecb_no_padding {
                encrypt_one(&self.cipher, block);
            }
        } else if let Some(cipher) = self.cipher.decryption() {
            if is_chained {
                cbc_decrypt(cipher, &mut self.chain, block);
            } else if C::WANTED.ecb_no_padding {
                decrypt_one(cipher, block);
            }
        }
    }
}
