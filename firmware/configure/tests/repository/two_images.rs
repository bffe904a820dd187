// SPDX-License-Identifier: Apache-2.0
//! Two images: what does not go together with them is refused by name.

use crate::{problem, request, workspace};
use configure::{areas, load};

const TWO: &str = "boot.image_number=2";

#[test]
fn two_images_divide_each_slot() {
    let effective = load(&request(&[TWO])).unwrap();
    assert!(effective.has_two_images());
    let [secure, nonsecure] = areas::divided(&effective, "primary");
    assert_eq!(secure, (0x10_0000, 0x4_0000));
    assert_eq!(nonsecure, (0x14_0000, 0xC_0000));
    let [secure, nonsecure] = areas::divided(&effective, "secondary");
    assert_eq!([secure.1, nonsecure.1], [0x4_0000, 0xC_0000]);
    assert!(!load(&request(&[])).unwrap().has_two_images());
    assert!(problem(&["boot.image_number=3"]).contains("1 to 2"));
}

#[test]
fn both_images_have_room() {
    for bytes in [
        "0",
        "0x1000",
        "0x2000",
        "0x40001",
        "0x40010",
        "0x100000",
        "0xFE000",
        "0xFFFFFFFF",
    ] {
        let text = problem(&[TWO, &format!("boot.secure_slot_bytes={bytes}")]);
        assert!(
            text.contains("`boot.secure_slot_bytes` is"),
            "{bytes}: {text}"
        );
        assert!(load(&request(&[&format!("boot.secure_slot_bytes={bytes}")])).is_ok());
    }
    for bytes in ["0x3000", "0x80000", "0xFD000"] {
        let fits = format!("boot.secure_slot_bytes={bytes}");
        assert!(load(&request(&[TWO, &fits])).is_ok(), "{bytes}");
    }
    assert!(problem(&[TWO, "memory.boot_data_bytes=0x200"]).contains("records of two images"));
}

#[test]
fn what_knows_one_image_only_is_refused() {
    for setting in [
        "boot.loader=none",
        "boot.upgrade=swap",
        "boot.recovery=true",
    ] {
        assert!(load(&request(&[setting])).is_ok(), "{setting}");
        let text = problem(&[TWO, setting]);
        let (key, _) = setting.split_once('=').unwrap();
        assert!(text.contains(&format!("--set: `{key}` is ")), "{text}");
        assert!(
            text.contains("`boot.image_number` is 2, set at --set"),
            "{text}"
        );
    }
    let mut updates = request(&[TWO]);
    updates
        .files
        .push(workspace().join("profiles/examples/firmware_update.toml"));
    let text = load(&updates).unwrap_err().to_string();
    assert!(text.contains("lists `firmware_update`"), "{text}");
}
