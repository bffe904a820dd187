// SPDX-License-Identifier: Apache-2.0
//! The logs of the lifecycle and of the security counter.

use super::{area, write_log_entry};
use crate::{DebugAccess, Device, Error, Lifecycle, layout, log};

#[test]
fn the_greatest_counter_wins_wherever_it_stands() {
    let mut area = area();
    for (index, value) in [9, 8, 300, 1].into_iter().enumerate() {
        let offset_bytes = layout::SECURITY_COUNTER_START + (index + 1) * log::ENTRY_BYTES;
        write_log_entry(&mut area, offset_bytes, &log::encode(value));
    }
    assert_eq!(Device::read(&area).unwrap().security_counter, 300);
}

#[test]
fn the_most_advanced_lifecycle_wins_wherever_it_stands() {
    for first in Lifecycle::ALL {
        for second in Lifecycle::ALL {
            let mut area = area();
            area[layout::LIFECYCLE].fill(0xFF);
            for (index, state) in [first, second].into_iter().enumerate() {
                let offset_bytes = layout::LIFECYCLE.start + index * log::ENTRY_BYTES;
                write_log_entry(&mut area, offset_bytes, &log::encode(state as u32));
            }
            let later = if first as u32 > second as u32 {
                first
            } else {
                second
            };
            assert_eq!(Lifecycle::read(&area), Ok(later));
            let mut alone = area.clone();
            alone[layout::LIFECYCLE].fill(0xFF);
            write_log_entry(
                &mut alone,
                layout::LIFECYCLE.start,
                &log::encode(later as u32),
            );
            assert_eq!(DebugAccess::of(&area), DebugAccess::of(&alone));
        }
    }
}

#[test]
fn a_later_entry_does_not_open_the_debug_port_again() {
    let secured = area();
    let entries = layout::LIFECYCLE.len() / log::ENTRY_BYTES;
    for value in [0x1000, 0x2000, 0, 1, 0x0FFF, 0x2FFF] {
        for index in 1..entries {
            let mut area = secured.clone();
            let offset_bytes = layout::LIFECYCLE.start + index * log::ENTRY_BYTES;
            write_log_entry(&mut area, offset_bytes, &log::encode(value));
            assert_eq!(Lifecycle::read(&area), Ok(Lifecycle::Secured), "{value:#x}");
            assert_eq!(DebugAccess::of(&area), DebugAccess::Nothing, "{value:#x}");
        }
    }
}

#[test]
fn a_new_state_is_read_behind_the_old_one() {
    let mut area = area();
    let offset_bytes = layout::LIFECYCLE.start + log::ENTRY_BYTES;
    write_log_entry(
        &mut area,
        offset_bytes,
        &log::encode(Lifecycle::Decommissioned as u32),
    );
    assert_eq!(
        Device::read(&area).unwrap().lifecycle,
        Lifecycle::Decommissioned
    );
}

#[test]
fn a_torn_entry_is_no_entry() {
    let entry = log::encode(0x0001_F3A5);
    let offset_bytes = layout::SECURITY_COUNTER_START + log::ENTRY_BYTES;
    for arrived in 0..8 {
        for bits in 0..=0xFFu8 {
            let mut torn = entry;
            torn[arrived] |= bits;
            torn[arrived + 1..].fill(0xFF);
            if torn == entry {
                continue;
            }
            let mut area = area();
            write_log_entry(&mut area, offset_bytes, &torn);
            assert_eq!(
                Device::read(&area).unwrap().security_counter,
                7,
                "{arrived} {bits}"
            );
        }
    }
}

#[test]
fn missing_logs_are_named() {
    let mut blank = area();
    blank[layout::LIFECYCLE].fill(0xFF);
    assert_eq!(Device::read(&blank), Err(Error::LifecycleMissing));
    let mut blank = area();
    blank[layout::SECURITY_COUNTER_START..].fill(0xFF);
    assert_eq!(Device::read(&blank), Err(Error::SecurityCounterMissing));
    let mut unknown = area();
    write_log_entry(&mut unknown, layout::LIFECYCLE.start, &log::encode(0x3001));
    assert_eq!(Device::read(&unknown), Err(Error::LifecycleUnknown));
}
