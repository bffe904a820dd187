// SPDX-License-Identifier: Apache-2.0
//! On a core with a floating-point unit the non-secure world has none, whatever NSACR was before the
//! secure firmware started.

use super::Tally;
use super::test_bed::TestBed;
use anyhow::{Context as _, Result, ensure};
use builder::firmware::Linked;
use builder::flash_file::FlashFile;
use builder::qemu::Settings;
use builder::workspace::read;
use configure::Effective;
use probe::target::Target;
use signer::Payload;
use std::time::Duration;
use std::{env, process};

/// What the test is called.
pub const NAME: &str = "the non-secure world has no coprocessors";
/// The machine with a core that may have a floating-point unit.
const MACHINE: &str = "mps2-an521";
/// The emulated core gets the unit that it may have.
const WITH_UNIT: [&str; 2] = ["-global", "sse-200.CPU0_FPU=on"];
/// NSACR, and what it says of CP10 and CP11, the floating-point unit.
const ACCESS: u32 = 0xE000_ED8C;
const ACCESS_BYTES: usize = 4;
const TO_UNIT: u32 = 0b11 << 10;
/// `str r0, [r1]`, and `bxns r0`, which leaves for the non-secure world.
const STORE: u16 = 0x6008;
const LEAVE: u16 = 0x4704;
/// A device comes to its application in less, on a busy host too.
const TIME: Duration = Duration::from_secs(20);

/// Whether the emulated device can have the unit.
pub fn has_device(effective: &Effective) -> bool {
    effective.text("qemu.machine") == MACHINE
}

/// Starts a device whose register was written by somebody before.
pub fn run(bed: &TestBed<'_>, image: &[u8], tally: &mut Tally) {
    let outcome = check(bed, image);
    tally.check(NAME, outcome);
}

fn check(bed: &TestBed<'_>, image: &[u8]) -> Result<()> {
    let effective = &bed.configured.effective;
    let file = bed.configured.folder.join("test-coprocessors.bin");
    let flash = FlashFile::create(&file, effective, bed.otp)?;
    flash.write("primary", image)?;
    let options = [&WITH_UNIT[..], &["-serial", "null"]].concat();
    let settings = Settings {
        effective,
        boot_elf: bed.world.boot_elf()?,
        flash: flash.path(),
        arguments: &[],
        options: &options,
    };
    let elf = read(&bed.world.secure_elf)?;
    let code = Payload::from_elf(&elf)?;
    let reset = Linked::parse(&elf)?.symbol("reset")? as u32 & !1;
    let store = places(&code, STORE).next().context("a store")?;
    let socket = env::temp_dir().join(format!("coprocessors-{}", process::id()));
    let mut target = Target::start(&settings, &socket)?;

    target.set_breakpoint(reset)?;
    ensure!(target.run(TIME)?, "the secure image does not start");
    target.clear_breakpoint(reset)?;
    let registers = target.registers()?;
    let mut write = registers.clone();
    write.set(0, TO_UNIT);
    write.set(1, ACCESS);
    write.set_program_counter(store);
    target.set_registers(&write)?;
    target.step()?;
    ensure!(access(&mut target)? == TO_UNIT, "the core has no unit");

    target.set_registers(&registers)?;
    for place in places(&code, LEAVE) {
        target.set_breakpoint(place)?;
    }
    ensure!(target.run(TIME)?, "no application is started");
    let access = access(&mut target)?;
    ensure!(access == 0, "the register is {access:#x}");
    Ok(())
}

/// Where a half-word of code is.
fn places(code: &Payload, instruction: u16) -> impl Iterator<Item = u32> {
    let half_words = code.bytes.as_chunks().0.iter();
    let addresses = (code.address as u32..).step_by(2);
    let found = addresses.zip(half_words.map(|bytes| u16::from_le_bytes(*bytes)));
    found.filter_map(move |(address, half_word)| (half_word == instruction).then_some(address))
}

fn access(target: &mut Target) -> Result<u32> {
    let bytes = target.read(ACCESS, ACCESS_BYTES)?;
    Ok(u32::from_le_bytes(*bytes.first_chunk().context("a word")?))
}
