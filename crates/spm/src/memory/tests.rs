// SPDX-License-Identifier: Apache-2.0
use proptest::prelude::*;

use super::*;
use crate::fake::{FakeMemory, Rights};

const RAM: u32 = 0x2800_0000;
const RAM_BYTES: u32 = 0x100;

fn world() -> FakeMemory {
    FakeMemory::new()
        .with_region(RAM, RAM_BYTES, Rights::ReadWrite)
        .with_region(RAM + RAM_BYTES, RAM_BYTES, Rights::Secure)
        .with_region(RAM - RAM_BYTES, RAM_BYTES, Rights::ReadOnly)
        .with_region(0xFFFF_FF00, 0x100, Rights::ReadWrite)
}

fn allowed(base: u32, length_bytes: u32, access: Access) -> bool {
    ClientRange::check(&world(), base, length_bytes, access).is_ok()
}

#[test]
fn nothing_is_permitted_anywhere_and_overlaps_nothing() {
    for base in [0, 1, RAM, RAM + RAM_BYTES, u32::MAX] {
        let empty = ClientRange::check(&world(), base, 0, Access::Write).unwrap();
        assert_eq!(empty.length(), 0);
        let all = ClientRange::check(&world(), RAM, RAM_BYTES, Access::Write).unwrap();
        assert!(!empty.overlaps(&all) && !all.overlaps(&empty) && !empty.overlaps(&empty));
    }
}

#[test]
fn a_range_ends_where_the_rights_end() {
    assert!(allowed(RAM, RAM_BYTES, Access::Write));
    assert!(!allowed(RAM, RAM_BYTES + 1, Access::Write));
    assert!(!allowed(RAM, RAM_BYTES + 1, Access::Read));
    assert!(!allowed(RAM - 1, 2, Access::Write));
    assert!(allowed(RAM - 1, 1, Access::Read));
    assert!(!allowed(RAM - 1, 1, Access::Write));
    assert!(!allowed(RAM + RAM_BYTES, 1, Access::Read));
}

#[test]
fn a_range_that_wraps_around_is_refused_though_both_ends_are_permitted() {
    assert!(allowed(0xFFFF_FF00, 0x100, Access::Write));
    assert!(!allowed(0xFFFF_FF00, 0x101, Access::Write));
    assert!(!allowed(RAM, u32::MAX, Access::Read));
    assert!(!allowed(RAM + 16, 0u32.wrapping_sub(8), Access::Read));
}

proptest! {
    #[test]
    fn overlap_is_a_shared_byte(a in 0u32..64, n in 0u32..32, b in 0u32..64, m in 0u32..32,
                                top in any::<bool>()) {
        let start = if top { 0xFFFF_FF80 } else { RAM };
        let range = |offset, length| {
            ClientRange::check(&world(), start + offset, length, Access::Read).unwrap()
        };
        let shared = (a..a + n).any(|byte| (b..b + m).contains(&byte));
        prop_assert_eq!(range(a, n).overlaps(&range(b, m)), shared);
    }
}
