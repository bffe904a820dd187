// SPDX-License-Identifier: Apache-2.0
//! One device that follows the path of a boot and skips the instruction at each selected place.
//!
//! A trial begins with a copy of registers, memory and flash and ends with putting them back. What
//! cannot be put back, as the state of exceptions, is cleared by a reset.

use super::path::{Leap, Way};
use super::scenario::Scenario;
use super::setting::Setting;
use anyhow::{Context as _, Result, ensure};
use builder::flash_file::FlashFile;
use builder::qemu::Settings;
use builder::slots;
use probe::target::{Registers, Target};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Questions to the device for one stop of a leap, where a step is one.
const STOP_COST: usize = 5;
/// A boot without a fault is done in this time, on a busy host too.
pub const BOOT_TIME: Duration = Duration::from_secs(20);

/// MPU_RBAR: the base of a region, of the flash while the boot ROM runs, and what may be done
/// there.
const REGION_BASE: u32 = 0xE000_ED9C;
const REGION_BASE_BYTES: usize = 4;

/// A device on its way.
pub struct Worker<'a> {
    pub setting: &'a Setting,
    pub scenario: &'a Scenario,
    /// How the device stands without a fault wherever it passes the checkpoint.
    pub checkpoints: &'a [Moment],
    pub target: Target,
    pub flash: FlashFile<'a>,
    socket: PathBuf,
    /// How many instructions of the way were executed.
    pub position: usize,
    /// The flash at the reset.
    initial_flash: Vec<Vec<u8>>,
}

/// A moment of a device.
pub struct Moment {
    pub registers: Registers,
    pub memory: Vec<u8>,
    pub flash_rights: u32,
    pub flash: Vec<Vec<u8>>,
}

impl<'a> Worker<'a> {
    /// Switches a device on; `name` is that of its files, which no other has.
    pub fn start(
        setting: &'a Setting,
        scenario: &'a Scenario,
        checkpoints: &'a [Moment],
        folder: &Path,
        name: &str,
        options: &[&str],
    ) -> Result<Self> {
        let path = folder.join(format!("glitch-{name}.bin"));
        let flash = FlashFile::create(&path, &setting.effective, &scenario.otp)?;
        slots::install(&flash, &scenario.primary)?;
        if let Some(image) = &scenario.secondary {
            slots::request(&flash, image)?;
        }
        // Paths of sockets are short.
        let socket = std::env::temp_dir().join(format!("glitch-{}-{name}", std::process::id()));
        let target = power_up(setting, &path, &socket, options)?;
        let initial_flash = setting.flash_content(&flash)?;
        let mut worker = Self {
            setting,
            scenario,
            checkpoints,
            target,
            flash,
            socket,
            position: 0,
            initial_flash,
        };
        worker.set_breakpoints()?;
        Ok(worker)
    }

    fn set_breakpoints(&mut self) -> Result<()> {
        let mut places = self.setting.stops.iter();
        places.try_for_each(|place| self.target.set_breakpoint(*place))
    }

    /// Switches the device off and on again, with the flash that it had at first.
    pub fn power_cycle(&mut self) -> Result<()> {
        self.setting
            .restore_flash(&self.flash, &self.initial_flash)?;
        self.target = power_up(self.setting, self.flash.path(), &self.socket, &[])?;
        self.position = 0;
        self.set_breakpoints()
    }

    /// Goes to a position of the way, back over a reset if need be.
    pub fn go_to(&mut self, way: &Way, position: usize) -> Result<()> {
        if position < self.position {
            self.reset()?;
        }
        while let Some(leap) = way.leap(self.position, position) {
            // A leap of many stops is slower than as many steps.
            if leap.stops * STOP_COST >= position - self.position {
                self.pass(way)?;
            } else {
                self.leap(way, &leap)?;
            }
        }
        let at = self.target.registers()?.program_counter();
        let expected = way.at(position);
        ensure!(
            expected.is_none_or(|expected| expected == at),
            "instruction {position} of the boot is at {at:#x} this time: it is not reproducible"
        );
        Ok(())
    }

    /// Goes back to the reset, with the flash of then.
    pub fn reset(&mut self) -> Result<()> {
        self.target.reset()?;
        self.position = 0;
        self.setting.restore_flash(&self.flash, &self.initial_flash)
    }

    fn leap(&mut self, way: &Way, leap: &Leap) -> Result<()> {
        let is_kept = self.setting.stops.contains(&leap.address);
        let mut is_there = way.at(self.position) == Some(leap.address);
        for _ in 0..leap.stops {
            match (is_there, is_kept) {
                (true, true) => self.pass_breakpoint(leap.address)?,
                (true, false) => self.target.step()?,
                (false, _) => {}
            }
            self.come_to(leap.address)?;
            is_there = true;
        }
        self.position = leap.position;
        Ok(())
    }

    /// Runs to an address, at which the device does not stand.
    fn come_to(&mut self, address: u32) -> Result<()> {
        let is_kept = self.setting.stops.contains(&address);
        if !is_kept {
            self.target.set_breakpoint(address)?;
        }
        loop {
            ensure!(
                self.target.run(BOOT_TIME)?,
                "the boot does not come from instruction {} to {address:#x}",
                self.position
            );
            let at = self.target.registers()?.program_counter();
            if at == address {
                break;
            }
            self.pass_breakpoint(at)?;
        }
        if !is_kept {
            self.target.clear_breakpoint(address)?;
        }
        Ok(())
    }

    /// Executes the next instruction of the way.
    fn pass(&mut self, way: &Way) -> Result<()> {
        let (here, next) = way
            .at(self.position)
            .zip(way.at(self.position + 1))
            .context("a way")?;
        if self.setting.stops.contains(&here) {
            self.pass_breakpoint(here)?;
        } else if here == next {
            self.target.step()?;
        } else {
            // QEMU forgets all that it has translated at a step, but not at a breakpoint.
            self.come_to(next)?;
        }
        self.position += 1;
        Ok(())
    }

    /// Executes the instruction at which the device stands and a breakpoint is.
    pub fn pass_breakpoint(&mut self, address: u32) -> Result<()> {
        self.target.clear_breakpoint(address)?;
        self.target.step()?;
        self.target.set_breakpoint(address)
    }

    /// The device as it stands.
    pub fn moment(&mut self) -> Result<Moment> {
        Ok(Moment {
            registers: self.target.registers()?,
            memory: self.memory()?,
            flash_rights: self.flash_rights()?,
            flash: self.setting.flash_content(&self.flash)?,
        })
    }

    /// What the boot ROM may have written, from the bottom of its stack up.
    pub fn memory(&mut self) -> Result<Vec<u8>> {
        let memory = &self.setting.memory;
        self.target.read(memory.start, memory.len())
    }

    /// Switches the device off in an orderly manner.
    pub fn finish(self) -> Result<()> {
        self.target.finish()
    }

    /// What may be done with the flash, as the memory protection unit has it.
    pub fn flash_rights(&mut self) -> Result<u32> {
        let bytes = self.target.read(REGION_BASE, REGION_BASE_BYTES)?;
        let word = bytes.first_chunk().context("a register")?;
        Ok(u32::from_le_bytes(*word))
    }

    /// The stub writes no registers of devices: an instruction of the boot ROM does it.
    pub fn set_flash_rights(&mut self, rights: u32) -> Result<()> {
        let mut registers = self.target.registers()?;
        registers.set(0, rights);
        registers.set(1, REGION_BASE);
        registers.set_program_counter(self.setting.store);
        self.target.set_registers(&registers)?;
        self.target.step()?;
        ensure!(
            self.flash_rights()? == rights,
            "the rights to flash are not put back"
        );
        Ok(())
    }
}

/// Switches a device on without reading its console.
fn power_up(setting: &Setting, flash: &Path, socket: &Path, options: &[&str]) -> Result<Target> {
    let options = [options, &["-serial", "null"]].concat();
    let settings = Settings {
        effective: &setting.effective,
        boot_elf: &setting.boot_elf,
        flash,
        arguments: &[],
        options: &options,
    };
    Target::start(&settings, socket)
}
