// SPDX-License-Identifier: Apache-2.0
//! Checks of the layout as a whole: alignments, bounds, overlaps.
//!
//! SAU regions have a granule of 32 bytes (Armv8-M Architecture Reference Manual, SAU_RBAR); a
//! vector table is aligned to its size rounded up to a power of two (VTOR).

use crate::effective::Effective;
use crate::problems::Problems;
use crate::schema::{AREAS, REGIONS};

const SAU_GRANULE_BYTES: u64 = 32;
/// 16 exceptions and at most 112 interrupts, four bytes each.
const VECTOR_TABLE_BYTES: u64 = 512;
/// Size of a client id, a word of 32 bits.
const CLIENT_ID_BYTES: u64 = 4;
/// The procedure call standard keeps the stack pointer at a multiple of this.
const STACK_ALIGNMENT_BYTES: u64 = 8;

/// The largest program unit that boot ROM and OTP know.
const LARGEST_PROGRAM_UNIT_BYTES: u64 = 32;
/// The least size of an OTP area in bytes (`provisioning::layout::MINIMUM_BYTES`).
const OTP_BYTES_MIN: u64 = 0x800;
/// The seed of random numbers has two slots of whole sectors, of which one is always whole.
const SEED_SLOTS: u64 = 2;
/// The record of a fault, and the most that a boot ROM tells: both have their place in the boot
/// data.
const BOOT_DATA_BYTES_MIN: u64 = 0x200;

/// Bytes of each flag in the trailer of a slot.
const FLAG_BYTES: u64 = 8;

struct Range {
    key: String,
    start: u64,
    size_bytes: u64,
}

impl Range {
    fn end(&self) -> u64 {
        self.start + self.size_bytes
    }

    fn overlaps(&self, other: &Range) -> bool {
        self.start < other.end() && other.start < self.end()
    }
}

/// Adds to `problems` what is wrong with the layout.
pub fn check(effective: &Effective, problems: &mut Problems) {
    let mut checks = Checks {
        effective,
        problems,
    };
    checks.regions();
    checks.flash();
    checks.slots();
    checks.images();
    checks.client_id_word();
}

struct Checks<'a> {
    effective: &'a Effective,
    problems: &'a mut Problems,
}

impl Checks<'_> {
    fn wrong(&mut self, key: &str, what: &str) {
        let origin = self.effective.origin(key);
        self.problems.add(format!("{origin}: `{key}` {what}"));
    }

    fn multiple(&mut self, key: &str, of: u64, why: &str) {
        let number = self.effective.number(key);
        if number == 0 || !number.is_multiple_of(of) {
            self.wrong(
                key,
                &format!("is {number:#x}, but must be a multiple of {of:#x}: {why}"),
            );
        }
    }

    fn power_of_two(&mut self, key: &str, least: u64, why: &str) {
        let number = self.effective.number(key);
        if !number.is_power_of_two() || number < least {
            let text = format!("is {number:#x}, but must be a power of two from {least:#x}: {why}");
            self.wrong(key, &text);
        }
    }

    fn range(&self, prefix: &str, start: &str) -> Range {
        Range {
            key: format!("{prefix}.{start}"),
            start: self.effective.number(&format!("{prefix}.{start}")),
            size_bytes: self.effective.number(&format!("{prefix}.size_bytes")),
        }
    }

    fn disjoint(&mut self, ranges: &[Range]) {
        for (index, second) in ranges.iter().enumerate() {
            for first in ranges
                .iter()
                .take(index)
                .filter(|first| first.overlaps(second))
            {
                let text = format!(
                    "overlaps `{}`, set at {}",
                    first.key,
                    self.effective.origin(&first.key)
                );
                self.wrong(&second.key, &text);
            }
        }
    }

    fn regions(&mut self) {
        let mut ranges: Vec<Range> = REGIONS
            .iter()
            .map(|name| self.range(&format!("memory.{name}"), "origin"))
            .collect();
        ranges.push(self.range("flash", "origin"));
        let alias = self.effective.number("memory.security_alias");
        if alias != 0 && !alias.is_power_of_two() {
            self.wrong(
                "memory.security_alias",
                "must be one bit of an address, or 0",
            );
            return;
        }
        for range in &ranges {
            if !range.start.is_multiple_of(SAU_GRANULE_BYTES) {
                self.wrong(&range.key, "must be a multiple of 32: the SAU's granule");
            }
            if range.end() > 1 << 32 {
                self.wrong(&range.key, "ends beyond the 32-bit address space");
            }
        }
        for prefix in REGIONS
            .iter()
            .map(|name| format!("memory.{name}"))
            .chain(["flash".into()])
        {
            self.multiple(
                &format!("{prefix}.size_bytes"),
                SAU_GRANULE_BYTES,
                "the SAU's granule",
            );
        }
        for range in &ranges {
            let last = range.end().saturating_sub(1);
            if (range.start ^ last) & alias != 0 || range.size_bytes > alias && alias != 0 {
                self.wrong(&range.key, "reaches from one security alias into the other");
            }
        }
        // Two aliases are one memory: they are compared with the alias bit cleared.
        ranges.iter_mut().for_each(|range| range.start &= !alias);
        self.disjoint(&ranges);
        let boot_data = "memory.boot_data_bytes";
        self.multiple(
            boot_data,
            SAU_GRANULE_BYTES,
            "the RAM behind it stays aligned",
        );
        if self.effective.number(boot_data) < BOOT_DATA_BYTES_MIN {
            let text = format!(
                "has no room for boot data and the record of a fault: {BOOT_DATA_BYTES_MIN:#x}"
            );
            self.wrong(boot_data, &text);
        }
        if self.effective.number(boot_data) >= self.effective.number("memory.secure_ram.size_bytes")
        {
            self.wrong(boot_data, "leaves nothing of `memory.secure_ram`");
        }
    }

    fn flash(&mut self) {
        let sector_bytes = self.effective.number("flash.sector_bytes");
        self.power_of_two(
            "flash.sector_bytes",
            SAU_GRANULE_BYTES,
            "sectors are erased by address",
        );
        self.power_of_two(
            "flash.program_unit_bytes",
            1,
            "a sector is a whole number of units",
        );
        if self.effective.number("flash.program_unit_bytes") > sector_bytes {
            self.wrong(
                "flash.program_unit_bytes",
                "is larger than `flash.sector_bytes`",
            );
        }
        if self.effective.number("flash.program_unit_bytes") > LARGEST_PROGRAM_UNIT_BYTES {
            let text = format!(
                "is more than {LARGEST_PROGRAM_UNIT_BYTES}: program units of that size are not supported"
            );
            self.wrong("flash.program_unit_bytes", &text);
        }
        if sector_bytes == 0 {
            return;
        }
        self.multiple(
            "flash.size_bytes",
            sector_bytes,
            "the flash is erased by sector",
        );
        self.multiple(
            "flash.origin",
            sector_bytes,
            "sectors are erased by address",
        );
        let seed = "flash.areas.entropy_seed.size_bytes";
        self.multiple(
            seed,
            SEED_SLOTS * sector_bytes,
            "it has two slots of whole sectors",
        );
        if self.effective.number("flash.areas.otp.size_bytes") < OTP_BYTES_MIN {
            let text = format!("is less than an OTP area has, {OTP_BYTES_MIN:#x}");
            self.wrong("flash.areas.otp.size_bytes", &text);
        }
        let areas: Vec<Range> = AREAS
            .iter()
            .map(|name| self.range(&format!("flash.areas.{name}"), "offset_bytes"))
            .collect();
        let flash_bytes = self.effective.number("flash.size_bytes");
        for (area, name) in areas.iter().zip(AREAS) {
            if !area.start.is_multiple_of(sector_bytes) {
                self.wrong(
                    &area.key,
                    &format!("must be a multiple of the sector, {sector_bytes:#x}"),
                );
            }
            self.multiple(
                &format!("flash.areas.{name}.size_bytes"),
                sector_bytes,
                "areas are erased by sector",
            );
            if area.end() > flash_bytes {
                let text = format!(
                    "ends at {:#x}, beyond the flash of {flash_bytes:#x} bytes",
                    area.end()
                );
                self.wrong(&area.key, &text);
            }
        }
        self.disjoint(&areas);
    }

    /// Firmware Update takes both slots, and what lies between them, as one piece of flash that is
    /// its own; the boards count on that (`memory_map::Slots`). Behind the slots and before them
    /// anything may lie: whatever writes to a slot stays in it (`boot::Area`).
    fn slots(&mut self) {
        let slot = |name: &str| self.range(&format!("flash.areas.{name}"), "offset_bytes");
        let (primary, secondary) = (slot("primary"), slot("secondary"));
        if secondary.start < primary.end() {
            self.wrong(&secondary.key, "must lie behind `flash.areas.primary`");
            return;
        }
        let both = Range {
            key: String::new(),
            start: primary.start,
            size_bytes: secondary.end() - primary.start,
        };
        for name in AREAS
            .iter()
            .filter(|name| !["primary", "secondary"].contains(name))
        {
            let area = self.range(&format!("flash.areas.{name}"), "offset_bytes");
            if area.overlaps(&both) && !area.overlaps(&primary) && !area.overlaps(&secondary) {
                let text =
                    "lies between the slots, which are one piece of flash for Firmware Update";
                self.wrong(&area.key, text);
            }
        }
    }

    /// The word lies where only the non-secure world keeps data, in the alias of that world.
    fn client_id_word(&mut self) {
        let key = "spm.client_id_word";
        let word = self.effective.number(key);
        if word == 0 {
            return;
        }
        let ram = self.range("memory.nonsecure_ram", "origin");
        let inside = word >= ram.start && word + CLIENT_ID_BYTES <= ram.end();
        if !inside || !word.is_multiple_of(CLIENT_ID_BYTES) {
            let text = format!(
                "is {word:#x}, but must be a word of `memory.nonsecure_ram`, {:#x} to {:#x}",
                ram.start,
                ram.end()
            );
            self.wrong(key, &text);
        }
    }

    fn images(&mut self) {
        let table = "a vector table follows";
        self.power_of_two("boot.header_bytes", VECTOR_TABLE_BYTES, table);
        self.power_of_two("nonsecure.alignment_bytes", VECTOR_TABLE_BYTES, table);
        for key in [
            "stack.secure_process_bytes",
            "stack.secure_main_bytes",
            "stack.boot_bytes",
        ] {
            self.multiple(key, STACK_ALIGNMENT_BYTES, "the stack pointer's alignment");
        }
        let address = self.effective.image_address();
        if !address.is_multiple_of(VECTOR_TABLE_BYTES) {
            let text = format!(
                "puts the vector table of the secure image to {address:#x}, no multiple of {VECTOR_TABLE_BYTES:#x}"
            );
            self.wrong("flash.areas.primary.offset_bytes", &text);
        }
        let slot_bytes = self.effective.number("flash.areas.primary.size_bytes");
        let is_swap = self.effective.text("boot.upgrade") == "swap";
        let sectors = if is_swap { 2 } else { 1 }; // that of the trailer, and a spare one
        let taken = self.effective.number("boot.header_bytes")
            + sectors * self.effective.number("flash.sector_bytes");
        if is_swap && self.effective.number("flash.program_unit_bytes") > FLAG_BYTES {
            let text =
                "is more than 8, but `boot.upgrade` is \"swap\": a flag of the trailer has 8 bytes";
            self.wrong("flash.program_unit_bytes", text);
        }
        if taken >= slot_bytes {
            self.wrong(
                "flash.areas.primary.size_bytes",
                "has no room beside header and trailer",
            );
        }
        if self.effective.number("flash.areas.secondary.size_bytes") != slot_bytes {
            self.wrong(
                "flash.areas.secondary.size_bytes",
                "must be that of the primary slot",
            );
        }
    }
}
