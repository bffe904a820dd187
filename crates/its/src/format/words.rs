// SPDX-License-Identifier: Apache-2.0
//! Words on flash, and the checksum that closes a header.

use super::{
    checksum::{WORD_BYTES, Word, checksum},
    layout::Layout,
    slot,
};
use flash::{ERASED, Flash, LARGEST_PROGRAM_UNIT_BYTES};

/// Reads words.
#[inline(always)]
pub(crate) fn read_words<const WORDS: usize>(
    flash: &impl Flash,
    offset_bytes: u32,
) -> Result<[Word; WORDS], flash::Error> {
    let mut words = [[0; WORD_BYTES]; WORDS];
    flash.read(offset_bytes as usize, words.as_flattened_mut())?;
    Ok(words)
}

/// Reads words; returns whether the last one is the checksum of the others.
#[inline(never)]
pub(crate) fn read_sealed(flash: &impl Flash, offset_bytes: u32, words: &mut [Word]) -> bool {
    let is_read = flash.read(offset_bytes as usize, words.as_flattened_mut());
    is_read.is_ok() && is_sealed(words)
}

/// Reads the header of a slot; returns whether it is whole. Damage within one byte is corrected. This
/// is unambiguous: the tests show that no two headers with such damage are equal.
#[inline(never)]
pub(crate) fn read_header(
    flash: &impl Flash,
    offset_bytes: u32,
    words: &mut [Word; slot::HEADER_WORDS],
) -> bool {
    let mut is_whole = read_sealed(flash, offset_bytes, words);
    for index in 0..slot::HEADER_BYTES {
        for _ in 0..=u8::MAX {
            if is_whole {
                return true;
            }
            if let Some(byte) = words.as_flattened_mut().get_mut(index) {
                *byte = byte.wrapping_add(1);
            }
            is_whole = is_sealed(words);
        }
    }
    is_whole
}

/// Whether the last word is the checksum of the others.
pub(crate) fn is_sealed(words: &[Word]) -> bool {
    let parts = words.split_last();
    parts.is_some_and(|(check, covered)| checksum(0, covered).to_le_bytes() == *check)
}

/// Programs words, padded with erased bytes to whole units.
#[inline(never)]
pub(crate) fn program_words(
    flash: &mut impl Flash,
    offset_bytes: u32,
    words: &[Word],
) -> Result<(), flash::Error> {
    let bytes = words.as_flattened();
    let layout = Layout::of(flash.geometry());
    if layout.program_unit_bytes <= WORD_BYTES as u32 {
        return flash.program(offset_bytes as usize, bytes);
    }
    let mut padded = [ERASED; LARGEST_PROGRAM_UNIT_BYTES];
    for (to, byte) in padded.iter_mut().zip(bytes) {
        *to = *byte;
    }
    let length = layout.whole_units(bytes.len() as u32) as usize;
    let padded = padded.get(..length).ok_or(flash::Error::Failed)?;
    flash.program(offset_bytes as usize, padded)
}

/// Programs words, the last of which becomes the checksum of the others.
#[inline(never)]
pub(crate) fn program_sealed(
    flash: &mut impl Flash,
    offset_bytes: u32,
    words: &mut [Word],
) -> Result<(), flash::Error> {
    if let Some((check, covered)) = words.split_last_mut() {
        *check = checksum(0, covered).to_le_bytes();
    }
    program_words(flash, offset_bytes, words)
}
