// SPDX-License-Identifier: Apache-2.0
//! A device with a boot loader of its own: what is our boot ROM's alone can't be asked of it.

use crate::effective::Effective;
use crate::excluded::Excluded;
use crate::partitions::Partition;
use crate::problems::Problems;

const LOADER: &str = "boot.loader";

/// What our boot ROM does beyond starting an image, and the value that asks for nothing of it.
const OF_OUR_BOOT_ROM: [(&str, &str); 5] = [
    ("boot.upgrade", "\"overwrite\""),
    ("boot.key", "\"otp\""),
    ("boot.keys", "1"),
    ("boot.anti_rollback", "true"),
    ("boot.recovery", "false"),
];

/// Adds to `problems` what a foreign loader is asked for in vain.
pub fn check(partitions: &[Partition], effective: &Effective, problems: &mut Problems) {
    if effective.has_boot_rom() {
        return;
    }
    let excluded = Excluded {
        keys: &OF_OUR_BOOT_ROM,
        why: format!(
            "`{LOADER}` is \"none\", set at {}: there is no boot ROM that would do it",
            effective.origin(LOADER)
        ),
        hint: " and let the loader decide",
        updates: ", which asks for upgrades in the slots",
    };
    excluded.check(partitions, effective, problems);
}
