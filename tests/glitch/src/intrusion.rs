// SPDX-License-Identifier: Apache-2.0
//! Direct consequences of a fault: a jump out of the boot ROM, or a write through a wrong pointer.
//! Each must end in the fault handler.

use super::golden::Golden;
use super::outcome::Outcome;
use super::setting::Setting;
use super::worker::Worker;
use anyhow::{Context as _, Result, ensure};
use probe::target::Registers;

/// What is written astray.
const WORD: u32 = 0xA5A5_A5A5;

/// Tries them on a good image, when it is verified.
pub fn try_all(worker: &mut Worker<'_>, golden: &Golden) -> Result<()> {
    let setting = worker.setting;
    let position = golden.way.first(setting.checkpoint);
    let position = position.context("a good image is verified")?;
    worker.go_to(&golden.way, position)?;
    let moment = worker.target.registers()?;
    for (name, address) in places(setting) {
        let mut jump = moment.clone();
        jump.set_program_counter(address);
        expect_fault(
            worker,
            golden,
            position,
            &jump,
            &format!("a jump to {name}"),
        )?;
        let mut write = moment.clone();
        write.set(0, WORD);
        write.set(1, address);
        write.set_program_counter(setting.store);
        if name != "its RAM" {
            let what = format!("a write to {name}");
            expect_fault(worker, golden, position, &write, &what)?;
        }
    }
    Ok(())
}

/// Where nothing is to be executed, and but for RAM nothing written.
fn places(setting: &Setting) -> [(&'static str, u32); 5] {
    let flash = setting.effective.number("flash.origin") as u32;
    let otp = flash + setting.effective.number("flash.areas.otp.offset_bytes") as u32;
    let handler = setting.handler;
    [
        ("the image", handler),
        ("the primary slot", setting.primary.end - 4),
        ("the secondary slot", setting.secondary.start),
        ("one-time programmable memory", otp),
        ("its RAM", setting.memory.start),
    ]
}

fn expect_fault(
    worker: &mut Worker<'_>,
    golden: &Golden,
    position: usize,
    registers: &Registers,
    what: &str,
) -> Result<()> {
    let end = worker.try_from(&golden.way, position, registers)?;
    ensure!(
        matches!(end.outcome, Outcome::Faulted | Outcome::LockedUp),
        "{what} ends so: {:?}",
        end.outcome
    );
    Ok(())
}
