// SPDX-License-Identifier: Apache-2.0
//! The debug port of a secured device, when the first thing that an attacker could change is read:
//! closed, whichever instruction before that is skipped.

use super::golden::Golden;
use super::lane::Lane;
use super::path::Extent;
use super::trial;
use crate::testing::debug_port::{CLOSED, STATUS};
use anyhow::{Context as _, Result, ensure};
use std::time::Duration;

/// A boot comes there in much less.
const TIME: Duration = Duration::from_millis(200);
const STATUS_BYTES: usize = 4;

/// Tries the last execution of each instruction; how many those are.
pub fn try_all(lane: &mut Lane<'_>, golden: &Golden) -> Result<usize> {
    let setting = lane.setting;
    let head = golden.way.first(setting.head).context("a boot reads OTP")?;
    lane.go_to(&golden.way, head)?;
    ensure!(is_closed(lane)?, "the port is open without a fault");
    let chosen = golden.way.chosen(head, &setting.code, Extent::Short);
    for position in &chosen {
        lane.reset()?;
        ensure!(!is_closed(lane)?, "the port is closed at the reset");
        lane.go_to(&golden.way, *position)?;
        let is_open = is_open_without(lane);
        let is_open = match is_open {
            // QEMU gives up when a fault comes in the handling of a fault.
            Err(_) if lane.target.is_gone() => lane.power_cycle().map(|()| false),
            is_open => is_open,
        };
        let address = golden.way.at(*position).unwrap_or_default();
        ensure!(
            !is_open?,
            "the port is open when the boot does without {}",
            setting.code.place(address)
        );
    }
    Ok(chosen.len())
}

/// Whether the boot comes to the device with an open port, when it does without the instruction at
/// which it stands.
fn is_open_without(lane: &mut Lane<'_>) -> Result<bool> {
    let head = lane.setting.head;
    let registers = lane.target.registers()?;
    lane.target
        .set_registers(&trial::skipped(lane, &registers)?)?;
    lane.target.set_breakpoint(head)?;
    if !lane.target.run(TIME)? {
        lane.target.stop()?;
    }
    lane.target.clear_breakpoint(head)?;
    let comes_on = lane.target.registers()?.program_counter() == head;
    Ok(comes_on && !is_closed(lane)?)
}

fn is_closed(lane: &mut Lane<'_>) -> Result<bool> {
    let status = lane.target.read(STATUS, STATUS_BYTES)?;
    Ok(status == CLOSED.to_le_bytes())
}
