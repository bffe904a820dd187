// SPDX-License-Identifier: Apache-2.0
//! The result of a boot in which one instruction was skipped.

use super::code::{self, status_after_skip};
use super::outcome::{End, Outcome};
use super::worker::Worker;
use anyhow::{Result, ensure};
use probe::target::Registers;
use std::ops::Range;
use std::time::Duration;

/// Most trials come to a stop in this time; of one that does not it is looked whether it ever can.
const SOON: Duration = Duration::from_millis(100);
/// An instruction that takes longer waits for an event.
const WAITS: Duration = Duration::from_secs(1);
/// A device that has not come to a stop in so much of the host's processor time hangs: a whole
/// boot takes a third of it.
const PATIENCE: Duration = Duration::from_millis(300);
/// Instructions in which a loop that never ends comes back to where it was.
const LOOP_STEPS: usize = 48;

/// Passes over the instruction at which the device stands, and sees what comes of it.
pub fn skip(worker: &mut Worker<'_>, at: &Registers) -> Result<End> {
    let registers = skipped(worker, at)?;
    run(worker, &registers)
}

/// The registers without the instruction at which the device stands.
pub fn skipped(worker: &Worker<'_>, at: &Registers) -> Result<Registers> {
    let address = at.program_counter();
    let mut registers = at.clone();
    registers.set_program_counter(address + worker.setting.code.instruction_bytes(address)?);
    registers.set_status(status_after_skip(at.status()));
    Ok(registers)
}

/// Has the device run from these registers until its end is known.
pub fn run(worker: &mut Worker<'_>, registers: &Registers) -> Result<End> {
    worker.target.set_registers(registers)?;
    let end = end(worker);
    if end.as_ref().is_ok_and(|end| end.passed_checkpoint) {
        worker.target.set_breakpoint(worker.setting.checkpoint)?;
    }
    end
}

fn end(worker: &mut Worker<'_>) -> Result<End> {
    let mut passed_checkpoint = false;
    loop {
        let has_stopped = worker.target.run(SOON)?;
        if !has_stopped && let Some(end) = linger(worker)? {
            return Ok(End {
                passed_checkpoint,
                ..end
            });
        }
        let now = worker.target.registers()?;
        let address = now.program_counter();
        if worker.setting.is_in_a_slot(address) && !can_execute(worker, address)? {
            continue; // it faults
        }
        if let Some(outcome) = stopped(worker, &now)? {
            return Ok(End {
                outcome,
                address: Some(address),
                passed_checkpoint,
            });
        }
        // What is different here is compared with nothing again.
        if !passed_checkpoint {
            worker.target.clear_breakpoint(address)?;
            passed_checkpoint = true;
        }
    }
}

/// Whether the device executes the instruction in a slot at which it stands: a breakpoint stops it
/// before it looks whether it may.
fn can_execute(worker: &mut Worker<'_>, address: u32) -> Result<bool> {
    worker.pass_breakpoint(address)?;
    let next = worker.target.registers()?.program_counter();
    Ok(worker.setting.is_in_a_slot(next))
}

/// What a stop at a breakpoint means; nothing if the boot goes on.
pub fn stopped(worker: &mut Worker<'_>, now: &Registers) -> Result<Option<Outcome>> {
    let address = now.program_counter();
    let setting = worker.setting;
    if setting.halts.contains(&address) {
        return Ok(Some(Outcome::Refused));
    }
    if address == setting.fault {
        return Ok(Some(Outcome::Faulted));
    }
    if setting.is_in_a_slot(address) {
        return started(worker, address).map(Some);
    }
    ensure!(
        address == setting.checkpoint,
        "a stop at {address:#x}, where no breakpoint is"
    );
    let has_converged = has_converged(worker, now)?;
    Ok(has_converged.then_some(Outcome::Converged))
}

/// Waits for a device that does not stop soon; nothing if it comes to a breakpoint after all.
fn linger(worker: &mut Worker<'_>) -> Result<Option<End>> {
    worker.target.stop()?;
    let now = worker.target.registers()?;
    let at_breakpoint = |worker: &Worker<'_>, address| worker.setting.stops.contains(&address);
    if at_breakpoint(worker, now.program_counter()) {
        return Ok(None);
    }
    if !is_still(worker, &now)? {
        // The steps may have led to a breakpoint.
        let address = worker.target.registers()?.program_counter();
        if at_breakpoint(worker, address) {
            return Ok(None);
        }
        let end = worker.target.processor_time()? + PATIENCE;
        let mut has_stopped = worker.target.run(SOON)?;
        while !has_stopped && worker.target.processor_time()? < end {
            has_stopped = worker.target.run_on(SOON)?;
        }
        if has_stopped {
            return Ok(None);
        }
        worker.target.stop()?;
    }
    let address = worker.target.registers()?.program_counter();
    if at_breakpoint(worker, address) {
        return Ok(None);
    }
    let outcome = if worker.setting.is_in_a_slot(address) {
        started(worker, address)?
    } else if worker.setting.code.range().contains(&address) {
        Outcome::Hung
    } else {
        Outcome::Astray
    };
    Ok(Some(End {
        outcome,
        address: Some(address),
        passed_checkpoint: false,
    }))
}

/// Whether the device waits for an event that does not come, or loops without a change.
fn is_still(worker: &mut Worker<'_>, now: &Registers) -> Result<bool> {
    let address = now.program_counter();
    if worker.setting.code.half_word(address.wrapping_sub(2)) == Some(code::WAIT) {
        return Ok(true);
    }
    for _ in 0..LOOP_STEPS {
        if !worker.target.try_step(WAITS)? {
            return Ok(true);
        }
        let then = worker.target.registers()?;
        if then == *now {
            return Ok(true);
        }
        if worker.setting.stops.contains(&then.program_counter()) {
            return Ok(false);
        }
    }
    Ok(false)
}

/// Something in a slot is executed: is it what may be?
fn started(worker: &Worker<'_>, address: u32) -> Result<Outcome> {
    let is_allowed = match &worker.scenario.allowed {
        Some(image) => {
            let primary = worker.flash.read("primary")?;
            primary.starts_with(image) && worker.setting.primary.contains(&address)
        }
        None => false,
    };
    Ok(if is_allowed {
        Outcome::StartedGood
    } else {
        Outcome::StartedBad
    })
}

/// Whether the device stands as it has stood there without a fault: in all registers that count at
/// the entry of a function, in the stack, and in flash. The future is the same then.
fn has_converged(worker: &mut Worker<'_>, now: &Registers) -> Result<bool> {
    if worker.checkpoints.is_empty() {
        return Ok(false);
    }
    let memory = worker.memory()?;
    let flash = worker.setting.flash_content(&worker.flash)?;
    let rights = worker.flash_rights()?;
    let known = worker.checkpoints.iter();
    let mut alike = known.filter(|known| {
        LIVE_AT_ENTRY
            .into_iter()
            .all(|register| known.registers.get(register) == now.get(register))
            && live(&known.memory, worker, now) == live(&memory, worker, now)
            && known.flash == flash
            && known.flash_rights == rights
    });
    Ok(alike.next().is_some())
}

/// Not r12, which a function may overwrite before it is entered, and no flags.
const LIVE_AT_ENTRY: [usize; 15] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15];

/// The memory from the stack pointer up: what is below is unused.
fn live<'m>(memory: &'m [u8], worker: &Worker<'_>, now: &Registers) -> Option<&'m [u8]> {
    let Range { start, .. } = worker.setting.memory;
    memory.get(now.stack_pointer().checked_sub(start)? as usize..)
}
