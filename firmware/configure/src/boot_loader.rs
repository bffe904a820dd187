// SPDX-License-Identifier: Apache-2.0
//! A device with a boot loader of its own: what is our boot ROM's alone can't be asked of it.

use crate::effective::Effective;
use crate::partitions::Partition;
use crate::problems::Problems;

const LOADER: &str = "boot.loader";
/// The partition that asks our boot ROM for upgrades.
const UPDATES_MODULE: &str = "firmware_update";

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
    let why = format!(
        "`{LOADER}` is \"none\", set at {}: there is no boot ROM that would do it",
        effective.origin(LOADER)
    );
    for (name, neutral) in OF_OUR_BOOT_ROM {
        let setting = effective.settings().find(|one| one.key.name == name);
        let Some(setting) = setting else { continue };
        let value = setting.value.to_toml(setting.key.kind);
        if value != neutral {
            problems.add(format!(
                "{}: `{name}` is {value}, but {why}; leave {neutral} and let the loader decide",
                effective.origin(name)
            ));
        }
    }
    let has_updates = partitions.iter().any(|one| one.module == UPDATES_MODULE);
    let line = effective.lines().find(|one| one.module == UPDATES_MODULE);
    if let Some(line) = line.filter(|_| has_updates) {
        problems.add(format!(
            "{}: `[partitions]` lists `{UPDATES_MODULE}`, which asks for upgrades in the slots, but {why}",
            line.origin
        ));
    }
}
