// SPDX-License-Identifier: Apache-2.0
//! A 32-bit cyclic redundancy check (CRC) of whole words, by shifts alone, without a table.
//!
//! The polynomial is x^32 + x^21 + x^16 + x^11 + 1 (0x80108400 in the notation of P. Koopman, "32-Bit
//! Cyclic Redundancy Codes for Internet Applications", 2002, which finds that it detects all errors
//! of up to four bits in 65,505; that of Ethernet detects all of up to three). Because it has few
//! terms, nine operations divide a whole word. Of larger errors it misses one in 2^32. It detects
//! damage, not attacks: only the store can write its flash.

/// Data is padded with erased bytes to a multiple of this.
pub(crate) const WORD_BYTES: usize = 4;

/// A little endian word on flash.
pub(crate) type Word = [u8; WORD_BYTES];

/// The checksum of all words so far: `previous` is that of the words before, 0 if there are none.
#[inline(never)]
pub(crate) fn checksum(previous: u32, words: &[Word]) -> u32 {
    let mut remainder = !previous;
    for word in words {
        remainder = shift_word(remainder ^ u32::from_le_bytes(*word));
    }
    !remainder
}

/// The remainder of the polynomial `value` times x^32. The bit of the highest power comes first,
/// in bit 0, so that the order of bits is that of the bytes.
#[inline(always)]
const fn shift_word(value: u32) -> u32 {
    // Times x^32 is times x^21 + x^16 + x^11 + 1, which leaves powers from 32 on, `over`, on which
    // the same is done again; after that none is left.
    let over = value << 11 ^ value << 16 ^ value << 21;
    let sum = value ^ over ^ over << 11 ^ over << 16;
    sum ^ sum >> 11 ^ sum >> 16 ^ sum >> 21
}

#[cfg(test)]
mod tests;
