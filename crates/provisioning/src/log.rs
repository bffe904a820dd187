// SPDX-License-Identifier: Apache-2.0
//! A value that changes in memory that can only be written once: each change appends an
//! entry.
//!
//! An entry is the value and its complement: each of the 32 bits is cleared on exactly one of
//! the two sides. Programming only clears bits, so a torn write, whatever of it arrived, leaves
//! a bit cleared on neither side and is no entry. The rest of the entry stays erased, or has the
//! entry of a second value in place of one of the first.

/// Size of an entry: the largest program unit that is supported.
pub const ENTRY_BYTES: usize = 16;

/// An entry as it is programmed.
#[must_use]
pub fn encode(value: u32) -> [u8; ENTRY_BYTES] {
    let pair = u64::from(!value) << u32::BITS | u64::from(value);
    (u128::MAX << u64::BITS | u128::from(pair)).to_le_bytes()
}

/// The values of all valid entries, in the order in which they were written.
pub fn values(log: &[u8]) -> impl Iterator<Item = u32> {
    let (entries, _) = log.as_chunks::<ENTRY_BYTES>();
    entries.iter().filter_map(decode)
}

/// The greatest value. A smaller value that is written later has no effect.
#[must_use]
#[inline(never)] // once in an image is enough
pub fn greatest(log: &[u8]) -> Option<u32> {
    values(log).fold(None, |greatest, value| greatest.max(Some(value)))
}

/// Where the next value goes, in bytes from the beginning of the log: after every entry that was
/// written, torn entries included. `None` when the log is full.
#[must_use]
#[inline(never)] // once in an image is enough
pub fn free_offset(log: &[u8]) -> Option<usize> {
    let (entries, _) = log.as_chunks::<ENTRY_BYTES>();
    let is_written = |entry: &[u8; ENTRY_BYTES]| u128::from_ne_bytes(*entry) != u128::MAX;
    let last = entries.iter().rposition(is_written);
    let next = last.map_or(0, |last| last + 1);
    (next < entries.len()).then_some(next * ENTRY_BYTES)
}

/// An entry of a second value in the same log: where an entry of the first one stays erased. Readers
/// of the first one skip it.
#[must_use]
pub fn encode_second(value: u32) -> [u8; ENTRY_BYTES] {
    u128::from_le_bytes(encode(value))
        .rotate_left(u64::BITS)
        .to_le_bytes()
}

/// The greatest second value.
#[must_use]
pub fn greatest_second(log: &[u8]) -> Option<u32> {
    let (entries, _) = log.as_chunks::<ENTRY_BYTES>();
    let entries = entries.iter().map(|entry| {
        u128::from_le_bytes(*entry)
            .rotate_right(u64::BITS)
            .to_le_bytes()
    });
    entries.filter_map(|entry| decode(&entry)).max()
}

fn decode(entry: &[u8; ENTRY_BYTES]) -> Option<u32> {
    let (value, rest) = entry.split_first_chunk()?;
    let value = u32::from_le_bytes(*value);
    let complement = u32::from_le_bytes(*rest.first_chunk()?);
    (value == !complement).then_some(value)
}
