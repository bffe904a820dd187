// SPDX-License-Identifier: Apache-2.0
//! Modes that encrypt without authentication (NIST SP 800-38A): CBC and ECB on whole blocks, CFB
//! on bytes, and the padding of PKCS #7 (RFC 5652, 6.3). Counter mode is in `counter`.
//!
//! An attacker who learns whether a padding is right can decrypt a message with many queries (padding
//! oracle). Here a caller gets one answer, after the same instructions for every padding.

use core::hint::black_box;

use crate::aes::{Aes, BLOCK_BYTES, Block, BlockPair, BlockPairCipher};

/// Encrypts a block in CBC; `chain` is the initialisation vector, then the last ciphertext.
pub fn cbc_encrypt(cipher: &impl BlockPairCipher, chain: &mut Block, block: &mut Block) {
    add(block, chain);
    encrypt_one(cipher, block);
    *chain = *block;
}

/// Decrypts a block in CBC.
pub fn cbc_decrypt(cipher: &Aes, chain: &mut Block, block: &mut Block) {
    let ciphertext = *block;
    decrypt_one(cipher, block);
    add(block, chain);
    *chain = ciphertext;
}

/// Encrypts a block by itself.
pub fn encrypt_one(cipher: &impl BlockPairCipher, block: &mut Block) {
    let mut pair = BlockPair([*block, [0; BLOCK_BYTES]]);
    cipher.encrypt(&mut pair);
    let [first, _] = pair.0;
    *block = first;
}

/// Decrypts a block by itself.
pub fn decrypt_one(cipher: &Aes, block: &mut Block) {
    let mut pair = BlockPair([*block, [0; BLOCK_BYTES]]);
    cipher.decrypt(&mut pair);
    let [first, _] = pair.0;
    *block = first;
}

fn add(block: &mut Block, other: &Block) {
    for (byte, other) in block.iter_mut().zip(other) {
        *byte ^= other;
    }
}

/// Encrypts or decrypts bytes in CFB with whole blocks of feedback. `register` is the
/// initialisation vector at first; `used_bytes` of it are spent, all 16 at first.
pub fn cfb(
    cipher: &impl BlockPairCipher,
    register: &mut Block,
    used_bytes: &mut u8,
    is_decryption: bool,
    data: &mut [u8],
) {
    for byte in data {
        if usize::from(*used_bytes) >= BLOCK_BYTES {
            encrypt_one(cipher, register);
            *used_bytes = 0;
        }
        if let Some(place) = register.get_mut(usize::from(*used_bytes)) {
            let input = *byte;
            *byte ^= *place;
            *place = if is_decryption { input } else { *byte };
        }
        *used_bytes = used_bytes.wrapping_add(1);
    }
}

/// Fills a block of which `filled_bytes`, at most 15, are data.
pub fn pad(block: &mut Block, filled_bytes: u8) {
    let padding = (BLOCK_BYTES as u8).wrapping_sub(filled_bytes);
    for byte in block.iter_mut().skip(usize::from(filled_bytes)) {
        *byte = padding;
    }
}

/// How many bytes of the last block are data; `None` if it has no padding.
#[must_use]
pub fn unpad(block: &Block) -> Option<usize> {
    let [.., padding] = *block;
    let least = u32::from(padding);
    // A borrow is a bit at the top.
    let mut wrong = least.wrapping_sub(1) | (BLOCK_BYTES as u32).wrapping_sub(least);
    wrong >>= 31;
    for (byte, distance) in block.iter().rev().zip(0u32..) {
        // All ones while the byte belongs to the padding.
        let belongs = black_box(distance.wrapping_sub(least) >> 31).wrapping_neg();
        wrong |= belongs & u32::from(byte ^ padding);
    }
    if black_box(wrong) == 0 {
        BLOCK_BYTES.checked_sub(usize::from(padding))
    } else {
        None
    }
}

#[cfg(test)]
mod tests;
