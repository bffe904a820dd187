// SPDX-License-Identifier: Apache-2.0
//! Two images: what does not go together with them, and whether both slots have room.

use crate::areas;
use crate::effective::Effective;
use crate::excluded::Excluded;
use crate::partitions::Partition;
use crate::problems::Problems;

const NUMBER: &str = "boot.image_number";
const SECURE_SLOT: &str = "boot.secure_slot_bytes";
/// Boot data, with one more record, and the record of a fault.
const BOOT_DATA_BYTES_MIN: u64 = 0x280;

/// What knows one image only, and the value that does without it.
const OF_ONE_IMAGE: [(&str, &str); 3] = [
    ("boot.loader", "\"casemate\""),
    ("boot.upgrade", "\"overwrite\""),
    ("boot.recovery", "false"),
];

/// Adds to `problems` what does not go together with two images, if there are two.
pub fn check(partitions: &[Partition], effective: &Effective, problems: &mut Problems) {
    if !effective.has_two_images() {
        return;
    }
    let excluded = Excluded {
        keys: &OF_ONE_IMAGE,
        why: format!(
            "`{NUMBER}` is 2, set at {}: this works on one image only",
            effective.origin(NUMBER)
        ),
        hint: "",
        updates: "",
    };
    excluded.check(partitions, effective, problems);
    let boot_data = effective.number("memory.boot_data_bytes");
    if boot_data < BOOT_DATA_BYTES_MIN {
        problems.add(format!(
            "{}: `memory.boot_data_bytes` is {boot_data:#x}, but the records of two images need \
             {BOOT_DATA_BYTES_MIN:#x} (`{NUMBER}` is 2)",
            effective.origin("memory.boot_data_bytes")
        ));
    }
    check_slots(effective, problems);
}

/// Each part of a slot has room for a header, a vector table and a trailer.
fn check_slots(effective: &Effective, problems: &mut Problems) {
    let sector_bytes = effective.number("flash.sector_bytes");
    let bytes = effective.number(SECURE_SLOT);
    let slot_bytes = effective.number("flash.areas.primary.size_bytes");
    let least = effective.number("boot.header_bytes") + 2 * sector_bytes;
    let fits = |part: u64| part >= least;
    let [_, (_, rest_bytes)] = areas::divided(effective, "primary");
    let is_aligned = sector_bytes > 0 && bytes.is_multiple_of(sector_bytes);
    if !is_aligned || !fits(bytes) || !fits(rest_bytes) {
        problems.add(format!(
            "{}: `{SECURE_SLOT}` is {bytes:#x}, but must be a multiple of the sector, \
             {sector_bytes:#x}, from {least:#x} to {:#x}: both images need room in a slot of \
             {slot_bytes:#x} (`{NUMBER}` is 2, set at {})",
            effective.origin(SECURE_SLOT),
            slot_bytes.saturating_sub(least),
            effective.origin(NUMBER),
        ));
    }
}
