// SPDX-License-Identifier: Apache-2.0
//! An application that does nothing but read the OTP area, which is secure.

use crate::test_bed::TestBed;
use anyhow::Result;
use builder::process;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Where it faults.
pub const FAULTS_AT: &str = "faulting.s:10";

/// The linked application.
pub struct Application {
    pub elf: PathBuf,
}

impl Application {
    /// Assembles and links it for the secure image, with an instruction more.
    pub fn build(bed: &TestBed<'_>, more: &str) -> Result<Self> {
        let folder = bed.configured.folder.join("tool");
        fs::create_dir_all(&folder)?;
        let number = |key| bed.configured.effective.number(key);
        let stack = number("memory.nonsecure_ram.origin") + 0x400;
        let otp = number("flash.origin") + number("flash.areas.otp.offset_bytes");
        let source = format!(
            ".syntax unified\n.cpu cortex-m33\n.thumb\n.text\n.word {stack:#x}, reset\n\
             .type reset, %function\n.global reset\nreset:\n\
             ldr r0, =0x{otp:x}\nldr r1, [r0]\n{more}\nb reset\n.ltorg\n"
        );
        let [source_file, object, elf] =
            ["s", "o", "elf"].map(|end| folder.join("faulting").with_extension(end));
        fs::write(&source_file, source)?;
        let mut assemble = Command::new("arm-none-eabi-as");
        assemble.arg("-g").arg(&source_file).arg("-o").arg(&object);
        process::output(&mut assemble)?;
        let mut link = Command::new("arm-none-eabi-ld");
        link.arg(format!("-Ttext={:#x}", bed.world.nonsecure_start));
        link.args(["--nmagic", "-e", "reset"])
            .arg(&object)
            .arg("-o")
            .arg(&elf);
        process::output(&mut link)?;
        Ok(Self { elf })
    }
}
