// SPDX-License-Identifier: Apache-2.0
//! The regions of the memory under both security aliases, and how images and stacks lie in them.

use crate::{problem, request};
use configure::load;

#[test]
fn the_word_for_thread_ids_lies_in_the_other_world() {
    for good in ["0", "0x2801_0000", "0x281F_FFFC"] {
        assert!(load(&request(&[&format!("spm.client_id_word={good}")])).is_ok());
    }
    // Beside it, in the secure alias, in secure memory, in the flash, not aligned.
    for bad in [
        "0x2820_0000",
        "0x3801_0000",
        "0x3800_0000",
        "0x8000_0000",
        "0x2801_0002",
    ] {
        let text = problem(&[&format!("spm.client_id_word={bad}")]);
        assert!(text.contains("`spm.client_id_word` is 0x"), "{text}");
        assert!(
            text.contains("must be a word of `memory.nonsecure_ram`"),
            "{text}"
        );
    }
}

#[test]
fn regions_are_aligned_and_apart_under_both_aliases() {
    for (setting, words) in [
        ("memory.secure_ram.origin=0x38000010", "SAU's granule"),
        ("memory.secure_ram.size_bytes=100", "SAU's granule"),
        (
            "memory.nonsecure_ram.origin=0x28008000",
            "overlaps `memory.secure_ram.origin`",
        ),
        (
            "memory.secure_ram.origin=0xFFFFFFE0",
            "beyond the 32-bit address space",
        ),
        ("memory.security_alias=0x30000000", "one bit"),
        ("memory.boot_data_bytes=0x10000", "leaves nothing"),
        ("memory.boot_data_bytes=4", "multiple of 0x20"),
        (
            "flash.origin=0x10000000",
            "overlaps `memory.boot_code.origin`",
        ),
    ] {
        let text = problem(&[setting]);
        assert!(text.contains(words), "{setting}: {text}");
    }
    assert!(load(&request(&["memory.security_alias=0"])).is_ok());
}

#[test]
fn images_keep_vector_tables_and_stacks_aligned() {
    for setting in [
        "boot.header_bytes=0x300",
        "boot.header_bytes=0x100",
        "boot.header_bytes=0",
        "boot.header_bytes=0x100000",
        "nonsecure.alignment_bytes=96",
        "stack.boot_bytes=1001",
        "stack.secure_main_bytes=0",
    ] {
        let key = setting.split_once('=').unwrap().0;
        let text = problem(&[setting]);
        assert!(
            text.contains(key) || text.contains("no room"),
            "{setting}: {text}"
        );
    }
}
