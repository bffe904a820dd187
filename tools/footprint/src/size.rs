// SPDX-License-Identifier: Apache-2.0
//! Bytes of flash and RAM, in total and by component.
//!
//! Flash is what the file stores: code, read-only data and the initial values of data, with
//! the gaps between sections that the linker left for alignment. RAM is what the firmware
//! occupies when it runs: data, bss and stacks. Every byte is in exactly one component, so
//! the components add up to the totals.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::component::{ALIGNMENT, ComponentMap, READ_ONLY_DATA};
use crate::elf::{Image, Kind, Section, Symbol};

/// Sections further apart than this are separate areas of memory, not one with a gap.
const MAXIMUM_GAP_BYTES: u64 = 4096;

/// Bytes of one component.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Bytes of flash.
    pub flash: u64,
    /// Bytes of RAM.
    pub ram: u64,
}

/// Bytes of an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Bytes of flash.
    pub flash: u64,
    /// Bytes of RAM.
    pub ram: u64,
    /// The same bytes by component.
    pub components: BTreeMap<String, Size>,
}

impl Footprint {
    fn add(&mut self, component: &str, bytes: u64, flash: bool, ram: bool) {
        let flash = if flash { bytes } else { 0 };
        let ram = if ram { bytes } else { 0 };
        if bytes == 0 {
            return;
        }
        self.flash += flash;
        self.ram += ram;
        let size = self.components.entry(component.to_owned()).or_default();
        size.flash += flash;
        size.ram += ram;
    }
}

/// Measures a linked file.
pub fn measure(elf: &[u8], map: &ComponentMap) -> Result<Footprint> {
    let image = Image::parse(elf)?;
    let mut footprint = Footprint::default();
    let mut flash_ranges = Vec::new();
    let mut ram_ranges = Vec::new();
    for section in image.sections.iter().filter(|section| section.allocated) {
        let bytes = section.range.end - section.range.start;
        if bytes == 0 {
            continue;
        }
        let flash = section.load_address.is_some();
        // Without stored content, writable, or copied elsewhere at start: RAM.
        let ram = section.load_address != Some(section.range.start) || section.writable;
        if let Some(address) = section.load_address {
            flash_ranges.push(address..address + bytes);
        }
        if ram {
            ram_ranges.push(section.range.clone());
        }
        for (component, bytes) in parts(&image, section, map) {
            footprint.add(&component, bytes, flash, ram);
        }
    }
    footprint.add(ALIGNMENT, gaps(flash_ranges), true, false);
    footprint.add(ALIGNMENT, gaps(ram_ranges), false, true);
    Ok(footprint)
}

/// Bytes between sections that lie close to each other.
fn gaps(mut ranges: Vec<std::ops::Range<u64>>) -> u64 {
    ranges.sort_by_key(|range| range.start);
    let pairs = ranges.iter().zip(ranges.iter().skip(1));
    let gaps = pairs.map(|(before, after)| after.start.saturating_sub(before.end));
    gaps.filter(|gap| *gap <= MAXIMUM_GAP_BYTES).sum()
}

/// Divides a section among components; the parts add up to the section.
fn parts(image: &Image, section: &Section, map: &ComponentMap) -> Vec<(String, u64)> {
    let end = section.range.end;
    if let Some(component) = map.of_section(&section.name) {
        return vec![(component.to_owned(), end - section.range.start)];
    }
    let named = |symbol: &&Symbol| {
        symbol.section == section.index
            && section.range.contains(&symbol.address)
            // Labels without size mark places, not objects; assembly functions may lack one.
            && (symbol.size_bytes > 0 || symbol.kind == Kind::Function)
    };
    let symbols: Vec<&Symbol> = image.symbols.iter().filter(named).collect();
    let mut parts = Vec::new();
    let mut cursor = section.range.start;
    for (index, symbol) in symbols.iter().enumerate() {
        if symbol.address > cursor {
            parts.push((
                unnamed(section, cursor, symbol.address, map),
                symbol.address - cursor,
            ));
            cursor = symbol.address;
        }
        let next = symbols.get(index + 1..).and_then(|rest| {
            rest.iter()
                .map(|next| next.address)
                .find(|address| *address > symbol.address)
        });
        let symbol_end = match symbol.size_bytes {
            // Another name of the same place may know the size.
            0 if symbols
                .iter()
                .any(|other| other.address == symbol.address && other.size_bytes > 0) =>
            {
                cursor
            }
            0 => next.unwrap_or(end),
            bytes => symbol.address + bytes,
        };
        // Names may overlap (aliases): the first one takes the bytes.
        let symbol_end = symbol_end.min(end);
        if symbol_end > cursor {
            parts.push((map.of_symbol(&symbol.name).to_owned(), symbol_end - cursor));
            cursor = symbol_end;
        }
    }
    if end > cursor {
        parts.push((unnamed(section, cursor, end, map), end - cursor));
    }
    parts
}

/// The component of bytes that no symbol covers.
fn unnamed(section: &Section, start: u64, end: u64, map: &ComponentMap) -> String {
    let offset =
        |address: u64| usize::try_from(address - section.range.start).unwrap_or(usize::MAX);
    let content = section
        .data
        .get(offset(start)..offset(end))
        .unwrap_or_default();
    // Functions are aligned to words; objects to as much as their address shows.
    let alignment_bytes = if section.executable {
        4
    } else {
        1 << end.trailing_zeros().min(12)
    };
    let aligns = end - start < alignment_bytes;
    let component = if aligns && (section.executable || content.iter().all(|byte| *byte == 0)) {
        ALIGNMENT
    } else if section.executable || section.writable {
        map.rest()
    } else {
        READ_ONLY_DATA
    };
    component.to_owned()
}
