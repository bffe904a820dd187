// SPDX-License-Identifier: Apache-2.0
//! Common data of all attempts: the code of the boot ROM, its breakpoints, and the memory that it
//! may change.

use super::code::{self, Code};
use super::scenario::HANDLER_OFFSET_BYTES;
use anyhow::{Context as _, Result};
use builder::firmware::SecureWorld;
use builder::flash_file::FlashFile;
use builder::workspace::read;
use configure::Effective;
use std::ops::Range;
use std::path::PathBuf;

/// All images pass here, if they come as far: what came before is compared with a boot without a
/// fault, so that the signature, which takes longest, need not be verified for each trial.
const CHECKPOINT: &str = "boot::verify::verify_signature";
/// The handler of faults.
const FAULT: &str = "armv8m::fault::handle";
/// When it is first called, all is set that neither memory nor registers show: stack limit,
/// console.
const HEAD: &str = "<provisioning::device::Device>::read";
/// Where the image is started.
const START: &str = "armv8m::start::start_image";
/// The half-words from there on, among which one stores r0 where r1 points.
const STORE_WITHIN: usize = 16;
/// The seal at the top of the stack.
const SEAL_BYTES: u32 = 8;

/// A boot ROM on a board.
pub struct Setting {
    pub effective: Effective,
    pub boot_elf: PathBuf,
    pub code: Code,
    /// Where the boot ROM halts.
    pub halts: Vec<u32>,
    pub fault: u32,
    pub checkpoint: u32,
    /// From its first execution on, memory and registers are all that a boot goes by.
    pub head: u32,
    /// The function that starts an image; its arguments make the address of the vector table.
    pub start: u32,
    /// An instruction that stores r0 where r1 points.
    pub store: u32,
    /// All breakpoints: what is above, and the handler at which images begin.
    pub stops: Vec<u32>,
    /// What the boot ROM writes and reads again.
    pub memory: Range<u32>,
    /// Addresses of the primary slot.
    pub primary: Range<u32>,
    pub secondary: Range<u32>,
    /// The program of an image in the primary slot.
    pub handler: u32,
    /// Parts of the flash that boots of small images may change.
    windows: Vec<Range<u64>>,
}

impl Setting {
    /// Of the boot ROM of a configuration.
    pub fn new(effective: &Effective, world: &SecureWorld) -> Result<Self> {
        let code = Code::read(&read(world.boot_elf()?)?)?;
        let number = |key: &str| effective.number(key);
        let area = |name: &str| {
            let key = |part: &str| format!("flash.areas.{name}.{part}");
            let start = number(&key("offset_bytes"));
            start..start + number(&key("size_bytes"))
        };
        let sector_bytes = number("flash.sector_bytes");
        let (primary, secondary) = (area("primary"), area("secondary"));
        let windows = vec![
            area("otp"),
            area("entropy_seed"),
            primary.start..primary.start + 2 * sector_bytes,
            secondary.start..secondary.start + 2 * sector_bytes,
            secondary.end - sector_bytes..secondary.end,
        ];
        let origin = number("flash.origin");
        let mapped =
            |range: &Range<u64>| (origin + range.start) as u32..(origin + range.end) as u32;
        let (halts, fault) = (code.halts(), code.function(FAULT)?);
        let checkpoint = code.function(CHECKPOINT)?;
        let handler = origin + primary.start + number("boot.header_bytes") + HANDLER_OFFSET_BYTES;
        let mut stops = halts.clone();
        let handler = handler as u32;
        stops.extend([fault, checkpoint, handler]);
        let start = code.function(START)?;
        let store = (start..)
            .step_by(2)
            .take(STORE_WITHIN)
            .find(|at| code.half_word(*at) == Some(code::STORE));
        let boot_data_end = number("memory.secure_ram.origin") + number("memory.boot_data_bytes");
        Ok(Self {
            effective: effective.clone(),
            boot_elf: world.boot_elf()?.to_path_buf(),
            halts,
            fault,
            checkpoint,
            head: code.function(HEAD)?,
            start,
            store: store.context("the start of an image stores its vector table")?,
            stops,
            memory: boot_data_end as u32..code.vector(0)? + SEAL_BYTES,
            primary: mapped(&primary),
            secondary: mapped(&secondary),
            handler,
            windows,
            code,
        })
    }

    /// Whether an address is one of an image, or where an image arrives.
    pub fn is_in_a_slot(&self, address: u32) -> bool {
        self.primary.contains(&address) || self.secondary.contains(&address)
    }

    /// The parts of the flash that a boot may change.
    pub fn flash_content(&self, flash: &FlashFile<'_>) -> Result<Vec<Vec<u8>>> {
        let windows = self.windows.iter();
        windows.map(|window| flash.read_range(window)).collect()
    }

    /// Puts those parts back that have changed.
    pub fn restore_flash(&self, flash: &FlashFile<'_>, content: &[Vec<u8>]) -> Result<()> {
        for (window, old) in self.windows.iter().zip(content) {
            if flash.read_range(window)? != *old {
                flash.write_range(window.start, old)?;
            }
        }
        Ok(())
    }
}
