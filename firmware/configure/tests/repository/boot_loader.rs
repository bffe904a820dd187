// SPDX-License-Identifier: Apache-2.0
//! A device with a boot loader of its own is asked for nothing that only our boot ROM does.

use crate::{problem, request, workspace};
use configure::load;

const NONE: &str = "boot.loader=none";

#[test]
fn a_device_may_have_a_boot_loader_of_its_own() {
    let effective = load(&request(&[NONE])).unwrap();
    assert!(!effective.has_boot_rom());
    assert!(load(&request(&[])).unwrap().has_boot_rom());
    assert!(problem(&["boot.loader=mcuboot"]).contains("`boot.loader`"));
}

#[test]
fn what_only_our_boot_rom_does_is_refused() {
    for setting in [
        "boot.upgrade=swap",
        "boot.key=builtin",
        "boot.keys=2",
        "boot.anti_rollback=false",
        "boot.recovery=true",
    ] {
        assert!(load(&request(&[setting])).is_ok(), "{setting}");
        let text = problem(&[NONE, setting]);
        let (key, _) = setting.split_once('=').unwrap();
        assert!(text.starts_with(&format!("--set: `{key}` is ")), "{text}");
        assert!(
            text.contains("`boot.loader` is \"none\", set at --set"),
            "{text}"
        );
    }
    let all = problem(&[NONE, "boot.upgrade=swap", "boot.recovery=true"]);
    assert_eq!(all.lines().count(), 2, "{all}");
}

#[test]
fn upgrades_by_the_application_need_our_boot_rom() {
    let mut updates = request(&[NONE]);
    let file = workspace().join("profiles/examples/firmware_update.toml");
    updates.files.push(file);
    let text = load(&updates).unwrap_err().to_string();
    assert!(text.contains("firmware_update.toml:"), "{text}");
    assert!(text.contains("lists `firmware_update`"), "{text}");
}
