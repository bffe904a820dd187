// SPDX-License-Identifier: Apache-2.0
//! An independent model of the format, with wide numbers that can't wrap. It decides whether an
//! image is valid, without a reason.

use std::ops::Range;

use boot::Trust as _;
use primitives::sha256::Sha256;

use super::{Device, KEY, SECURITY_COUNTER, signature_of};

/// An image that is right.
pub struct Image {
    pub payload: Range<usize>,
    pub image_bytes: usize,
    pub security_counter: u32,
    pub boot_record: Option<Range<usize>>,
    pub digest: [u8; 32],
}

/// Type and place of a value.
type Entry = (u64, Range<usize>);

/// The image in a slot, if it is right in every way.
pub fn judge(slot: &[u8]) -> Option<Image> {
    let header_bytes = number(slot, 8, 2)?;
    let protected_bytes = number(slot, 10, 2)?;
    let payload_bytes = number(slot, 12, 4)?;
    let protected = header_bytes + payload_bytes;
    let unprotected = protected + protected_bytes;
    let has_header = number(slot, 0, 4)? == 0x96f3_b83d
        && range(slot, 0, 32).is_some()
        && header_bytes >= 32
        && payload_bytes >= 8
        && number(slot, 16, 4)? <= 1;
    let in_protected = area(slot, protected, 0x6908)?;
    let in_unprotected = area(slot, unprotected, 0x6907)?;
    let total_bytes = number(slot, unprotected + 2, 2)?;

    let all = |entries: &[Entry], kind| {
        let of_kind = entries.iter().filter(|entry| entry.0 == kind);
        of_kind.map(|entry| entry.1.clone()).collect::<Vec<_>>()
    };
    let counters = all(&in_protected, 0x50);
    let records = all(&in_protected, 0x60);
    let dependencies = all(&in_protected, 0x40);
    let known = counters.len() + records.len() + dependencies.len();
    // Of no image but this one, and of no later version than it has.
    let version = |start: u64| {
        let fields = [(0, 1), (1, 1), (2, 2), (4, 4)];
        fields.map(|(offset, bytes)| number(slot, start + offset, bytes))
    };
    let is_met = |range: &Range<usize>| {
        let start = range.start as u64;
        range.len() == 12 && number(slot, start, 4) == Some(0) && version(start + 4) <= version(20)
    };
    let others = in_protected
        .iter()
        .filter(|entry| (0xA0..0xFFFF).contains(&entry.0));
    let is_free = known + others.count() == in_protected.len();
    let ends_empty = |range: &Range<usize>| {
        let record = &slot[range.clone()];
        let head = [&[2, 0x58, 32][..], &[0; 32]].concat();
        record.ends_with(&head)
    };
    let [counter] = &counters[..] else {
        return None;
    };
    let security_counter = number(slot, counter.start as u64, 4)? as u32;
    let is_protected = has_header
        && number(slot, protected + 2, 2)? == protected_bytes
        && is_free
        && dependencies.iter().all(is_met)
        && counter.len() == 4
        && records.len() <= 1
        && records.iter().all(ends_empty);

    let only = |kind| match &all(&in_unprotected, kind)[..] {
        [value] => Some(slot[value.clone()].to_vec()),
        _ => None,
    };
    let digest = Sha256::digest(&slot[range(slot, 0, unprotected)?]);
    let is_proven = in_unprotected.len() == 3
        && only(0x10)? == digest
        && only(0x02)? == KEY
        && Device.accepts_key(&Sha256::digest(&only(0x02)?))
        && only(0x24)? == signature_of(&digest)
        && security_counter >= SECURITY_COUNTER;
    (is_protected && is_proven).then_some(Image {
        payload: range(slot, header_bytes, payload_bytes)?,
        image_bytes: (unprotected + total_bytes) as usize,
        security_counter,
        boot_record: records.first().cloned(),
        digest,
    })
}

/// The entries of an area that begins at `start` with this magic, if they fill it.
fn area(slot: &[u8], start: u64, magic: u64) -> Option<Vec<Entry>> {
    let end = start + number(slot, start + 2, 2)?;
    range(slot, start, end - start)?;
    let mut entries = Vec::new();
    let mut place = start + 4;
    while place < end && place + 4 <= end {
        let length = number(slot, place + 2, 2)?;
        entries.push((number(slot, place, 2)?, range(slot, place + 4, length)?));
        place += 4 + length;
    }
    (number(slot, start, 2)? == magic && place == end).then_some(entries)
}

/// A little endian number of this length in bytes.
fn number(slot: &[u8], start: u64, bytes: u64) -> Option<u64> {
    let digits = slot[range(slot, start, bytes)?].iter().rev();
    Some(digits.fold(0, |number, digit| number << 8 | u64::from(*digit)))
}

/// This number of bytes of the slot, if it has them.
fn range(slot: &[u8], start: u64, bytes: u64) -> Option<Range<usize>> {
    let end = start + bytes;
    (end <= slot.len() as u64).then_some(start as usize..end as usize)
}
