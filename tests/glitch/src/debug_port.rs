// SPDX-License-Identifier: Apache-2.0
//! The debug port of a secured device is closed at the first read of data that an attacker could
//! change, whichever instruction is skipped before.

use super::golden::Golden;
use super::path::Extent;
use super::trial;
use super::worker::Worker;
use anyhow::{Context as _, Result, ensure};
use probe::debug_port::{CLOSED, STATUS};
use std::time::Duration;

/// A boot comes there in much less.
const TIME: Duration = Duration::from_millis(200);
const STATUS_BYTES: usize = 4;

/// Tries the last execution of each instruction; how many those are.
pub fn try_all(worker: &mut Worker<'_>, golden: &Golden) -> Result<usize> {
    let setting = worker.setting;
    let head = golden.way.first(setting.head).context("a boot reads OTP")?;
    worker.go_to(&golden.way, head)?;
    ensure!(is_closed(worker)?, "the port is open without a fault");
    let chosen = golden.way.chosen(head, &setting.code, Extent::Short);
    for position in &chosen {
        worker.reset()?;
        ensure!(!is_closed(worker)?, "the port is closed at the reset");
        worker.go_to(&golden.way, *position)?;
        let is_open = is_open_without(worker);
        let is_open = match is_open {
            // QEMU gives up when a fault comes in the handling of a fault.
            Err(_) if worker.target.is_gone() => worker.power_cycle().map(|()| false),
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
fn is_open_without(worker: &mut Worker<'_>) -> Result<bool> {
    let head = worker.setting.head;
    let registers = worker.target.registers()?;
    worker
        .target
        .set_registers(&trial::skipped(worker, &registers)?)?;
    worker.target.set_breakpoint(head)?;
    if !worker.target.run(TIME)? {
        worker.target.stop()?;
    }
    worker.target.clear_breakpoint(head)?;
    let comes_on = worker.target.registers()?.program_counter() == head;
    Ok(comes_on && !is_closed(worker)?)
}

fn is_closed(worker: &mut Worker<'_>) -> Result<bool> {
    let status = worker.target.read(STATUS, STATUS_BYTES)?;
    Ok(status == CLOSED.to_le_bytes())
}
