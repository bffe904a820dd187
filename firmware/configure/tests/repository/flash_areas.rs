// SPDX-License-Identifier: Apache-2.0
//! The areas of the flash: on sectors, apart from each other, and in an order that the board can
//! stand on.

use crate::{problem, request};
use configure::load;

#[test]
fn areas_lie_in_the_flash_on_sectors_and_apart() {
    for (setting, words) in [
        (
            "flash.areas.its.offset_bytes=0x4100",
            "multiple of the sector",
        ),
        ("flash.areas.its.size_bytes=0x4100", "multiple of 0x1000"),
        ("flash.areas.its.size_bytes=0", "multiple of 0x1000"),
        ("flash.areas.its.offset_bytes=0xFFF000", "beyond the flash"),
        (
            "flash.areas.its.offset_bytes=0xFFFFF000",
            "beyond the flash",
        ),
        (
            "flash.areas.its.offset_bytes=0x1000",
            "overlaps `flash.areas.entropy_seed.offset_bytes`",
        ),
        (
            "flash.areas.otp.size_bytes=0x2000",
            "overlaps `flash.areas.otp.offset_bytes`",
        ),
        (
            "flash.areas.secondary.size_bytes=0xF0000",
            "that of the primary slot",
        ),
        ("flash.sector_bytes=0", "power of two"),
        ("flash.sector_bytes=3000", "power of two"),
        ("flash.program_unit_bytes=0x2000", "larger than"),
    ] {
        let text = problem(&[setting]);
        assert!(text.contains(words), "{setting}: {text}");
    }
}

/// What the boards say of their map to the compiler ("SAFETY"), the build holds them to.
#[test]
fn nothing_lies_between_the_slots() {
    let places = [
        "flash.areas.primary.offset_bytes=0x10_0000",
        "flash.areas.secondary.offset_bytes=0x40_0000",
    ];
    let with = |setting: &str| load(&request(&[places[0], places[1], setting]));
    for area in ["otp", "entropy_seed", "its", "nonsecure_data"] {
        let key = format!("flash.areas.{area}.offset_bytes");
        for (offset, is_right) in [
            (0x20_0000, false), // at the end of the primary slot
            (0x30_0000, false),
            (0x3F_8000, false), // up to the secondary slot, or a little before it
            (0x50_0000, true),  // behind both: no copy reaches it
            (0x0F_8000, true),
        ] {
            let outcome = with(&format!("{key}={offset:#x}"));
            match outcome {
                Ok(_) => assert!(is_right, "{key} {offset:#x}"),
                Err(problems) => {
                    let text = problems.to_string();
                    assert!(!is_right, "{text}");
                    assert!(
                        text.contains(&format!("`{key}` lies between the slots")),
                        "{text}"
                    );
                }
            }
        }
        for (offset, other) in [
            (0x10_0000, "primary"),
            (0x1F_F000, "primary"),
            (0x40_0000, "secondary"),
        ] {
            let text = with(&format!("{key}={offset:#x}")).unwrap_err().to_string();
            let words = format!("`flash.areas.{other}.offset_bytes`");
            assert!(text.contains("overlaps") && text.contains(&words), "{text}");
        }
    }
}

#[test]
fn every_two_areas_lie_apart() {
    let areas = [
        "otp",
        "entropy_seed",
        "its",
        "nonsecure_data",
        "primary",
        "secondary",
    ];
    let effective = load(&request(&[])).unwrap();
    for moved in areas {
        for other in areas.into_iter().filter(|other| *other != moved) {
            let start = effective.number(&format!("flash.areas.{other}.offset_bytes"));
            let key = format!("flash.areas.{moved}.offset_bytes");
            let text = problem(&[&format!("{key}={start:#x}")]);
            assert!(text.contains("overlaps"), "{moved} on {other}: {text}");
        }
    }
}

#[test]
fn a_map_that_the_board_could_not_stand_on_is_refused() {
    for (settings, words) in [
        (
            &[
                "flash.areas.secondary.offset_bytes=0x8_0000",
                "flash.areas.secondary.size_bytes=0x8_0000",
                "flash.areas.primary.size_bytes=0x8_0000",
            ][..],
            "must lie behind `flash.areas.primary`",
        ),
        (
            &["flash.areas.entropy_seed.size_bytes=0x1000"],
            "two slots of whole sectors",
        ),
        (
            &["flash.areas.entropy_seed.size_bytes=0x3000"],
            "two slots of whole sectors",
        ),
        (
            &["flash.program_unit_bytes=64"],
            "program units of that size",
        ),
        (
            &[
                "flash.sector_bytes=0x400",
                "flash.areas.otp.size_bytes=0x400",
            ],
            "less than an OTP area has",
        ),
        (
            &["flash.size_bytes=0xFF_F800"],
            "the flash is erased by sector",
        ),
        (
            &["flash.origin=0x8000_0800"],
            "sectors are erased by address",
        ),
        (&["memory.boot_data_bytes=0x40"], "no room for boot data"),
        (
            &["flash.size_bytes=0x2000_0000"],
            "one security alias into the other",
        ),
        (
            &[
                "flash.sector_bytes=0x100",
                "flash.areas.primary.offset_bytes=0x10_0100",
                "flash.areas.secondary.offset_bytes=0x20_0100",
            ],
            "no multiple of 0x200",
        ),
    ] {
        let text = problem(settings);
        assert!(text.contains(words), "{settings:?}: {text}");
    }
}
