// SPDX-License-Identifier: Apache-2.0
//! What a debugger may reach.

use super::{area, write_log_entry};
use crate::{DebugAccess, Lifecycle, layout, log};

#[test]
fn each_state_opens_its_part_of_the_debug_port() {
    use DebugAccess::{Everything, NonSecure, Nothing};
    for (state, access) in [
        (Lifecycle::Unknown, Nothing),
        (Lifecycle::AssemblyAndTest, Everything),
        (Lifecycle::Provisioning, Everything),
        (Lifecycle::Secured, Nothing),
        (Lifecycle::NonPsaRotDebug, NonSecure),
        (Lifecycle::RecoverablePsaRotDebug, NonSecure),
        (Lifecycle::Decommissioned, Nothing),
    ] {
        let mut area = area();
        area[layout::LIFECYCLE].fill(0xFF);
        write_log_entry(
            &mut area,
            layout::LIFECYCLE.start,
            &log::encode(state as u32),
        );
        assert_eq!(DebugAccess::of(&area), access, "{state:?}");
        // It does not hang on the rest of the area.
        area[layout::RECORD].fill(0);
        assert_eq!(DebugAccess::of(&area), access, "{state:?}");
    }
}

#[test]
fn a_state_that_cannot_be_told_closes_the_debug_port() {
    let mut secured = area();
    let second = layout::LIFECYCLE.start + log::ENTRY_BYTES;
    for value in [1, 0x0FFF, 0x1001, 0x2001, 0x3001, 0x7000, u32::MAX] {
        let mut area = secured.clone();
        write_log_entry(&mut area, second, &log::encode(value));
        assert_eq!(DebugAccess::of(&area), DebugAccess::Nothing, "{value:#x}");
    }
    // A torn entry opens nothing.
    let torn = log::encode(Lifecycle::AssemblyAndTest as u32 | 1);
    write_log_entry(&mut secured, second, &torn[..6]);
    assert_eq!(DebugAccess::of(&secured), DebugAccess::Nothing);
    assert_eq!(DebugAccess::of(&secured[..0x7FF]), DebugAccess::Nothing);
    // A device fresh from its silicon is open.
    assert_eq!(DebugAccess::of(&[0xFF; 0x800]), DebugAccess::Everything);
}
