// SPDX-License-Identifier: Apache-2.0
//! What the device and the budgets leave for images and stacks.

use crate::effective::Effective;
use crypto::sizes::KEY_ROW_BYTES;

/// The most that a stack is given before its bound is known.
const MOST_PROCESS_STACK_BYTES: u64 = 16 << 10;
const MOST_MAIN_STACK_BYTES: u64 = 4 << 10;
const MOST_BOOT_STACK_BYTES: u64 = 16 << 10;
/// The alignment of stacks, and the least of one.
const ALIGNMENT_BYTES: u64 = 8;

/// What the profile calls the partitions whose memory is known.
const CRYPTO_MODULE: &str = "crypto";
const STORAGE_MODULE: &str = "its";

/// What a primary slot has between header and trailer.
pub(super) fn image_bytes(effective: &Effective) -> u64 {
    let slot = effective.number("flash.areas.primary.size_bytes");
    let taken = effective.number("boot.header_bytes") + effective.number("flash.sector_bytes");
    slot.saturating_sub(taken)
}

/// The secure RAM behind the boot data.
pub(super) fn secure_ram_bytes(effective: &Effective) -> u64 {
    let ram = effective.number("memory.secure_ram.size_bytes");
    ram.saturating_sub(effective.number("memory.boot_data_bytes"))
}

/// What is known of the RAM of the secure image: each key, its bytes, and what they are for.
pub(crate) fn known_ram_bytes(effective: &Effective) -> Vec<(&'static str, u64, &'static str)> {
    let mut parts = Vec::new();
    if effective.lines.contains_key(CRYPTO_MODULE) {
        let buffer = "crypto.engine_buffer_bytes";
        parts.push((buffer, effective.number(buffer), "contexts and keys"));
        let slots = "crypto.key_slots";
        let rows = effective.number(slots) * KEY_ROW_BYTES as u64;
        parts.push((slots, rows, "attributes of keys"));
    }
    if effective.lines.contains_key(STORAGE_MODULE) {
        let buffer = "its.buffer_bytes";
        parts.push((buffer, effective.number(buffer), "buffer of the storage"));
    }
    parts
}

pub(super) fn process_stack_bytes(effective: &Effective) -> u64 {
    stack(left(effective), MOST_PROCESS_STACK_BYTES)
}

pub(super) fn main_stack_bytes(effective: &Effective) -> u64 {
    stack(left(effective), MOST_MAIN_STACK_BYTES)
}

pub(super) fn boot_stack_bytes(effective: &Effective) -> u64 {
    let budget = effective.number("budget.boot.ram_bytes");
    stack(budget, MOST_BOOT_STACK_BYTES)
}

fn left(effective: &Effective) -> u64 {
    let known = known_ram_bytes(effective);
    let known: u64 = known.iter().map(|(_, bytes, _)| bytes).sum();
    effective
        .number("budget.secure.ram_bytes")
        .saturating_sub(known)
}

/// A multiple of the alignment that is not zero.
fn stack(bytes: u64, most: u64) -> u64 {
    let bytes = bytes.clamp(ALIGNMENT_BYTES, most);
    bytes - bytes % ALIGNMENT_BYTES
}
