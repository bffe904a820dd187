// SPDX-License-Identifier: Apache-2.0
//! Bytes of flash and RAM, in total and by component.
//!
//! Flash is what the file stores: code, read-only data and the initial values of data, with
//! the gaps between sections that the linker left for alignment. RAM is what the firmware
//! occupies when it runs: data, bss and stacks. Every byte is in exactly one component, so
//! the components add up to the totals.

mod divided;
mod objects;

use std::collections::BTreeMap;

use anyhow::Result;

use crate::component::{ALIGNMENT, ComponentMap};
use crate::elf::Image;
use crate::fields::Fields;
use divided::Divided;

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

/// A function, an object or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The component that it belongs to.
    pub component: String,
    /// Where it stands: crate and modules of a function, the fields around a part of an object.
    pub path: Vec<String>,
    /// Short name.
    pub name: String,
    /// The whole readable name of a function or object.
    pub symbol: String,
    /// Number of elements, of an array.
    pub count: Option<u64>,
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
    /// The same bytes by function, object and field, in ascending order of addresses.
    pub parts: Vec<Part>,
}

impl Footprint {
    fn add(&mut self, part: Part) {
        if part.flash + part.ram == 0 {
            return;
        }
        self.flash += part.flash;
        self.ram += part.ram;
        let size = self.components.entry(part.component.clone()).or_default();
        size.flash += part.flash;
        size.ram += part.ram;
        self.parts.push(part);
    }

    fn align(&mut self, flash: u64, ram: u64) {
        self.add(Part {
            component: ALIGNMENT.into(),
            name: "between sections".into(),
            flash,
            ram,
            ..Part::default()
        });
    }
}

/// Measures a linked file. `fields` tells what its static objects are made of; without, each
/// belongs as a whole to the crate that defines it.
pub fn measure(elf: &[u8], map: &ComponentMap, fields: &Fields) -> Result<Footprint> {
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
        let divided = Divided {
            image: &image,
            section,
            map,
        };
        for (part, bytes) in divided.parts() {
            let known = if ram && !flash {
                fields.of(&part.symbol, bytes)?
            } else {
                None
            };
            match known {
                Some(field) => objects::parts(field, map)
                    .into_iter()
                    .for_each(|part| footprint.add(part)),
                None => footprint.add(Part {
                    flash: if flash { bytes } else { 0 },
                    ram: if ram { bytes } else { 0 },
                    ..part
                }),
            }
        }
    }
    footprint.align(gaps(flash_ranges), 0);
    footprint.align(0, gaps(ram_ranges));
    Ok(footprint)
}

/// Bytes between sections that lie close to each other.
fn gaps(mut ranges: Vec<std::ops::Range<u64>>) -> u64 {
    ranges.sort_by_key(|range| range.start);
    let pairs = ranges.iter().zip(ranges.iter().skip(1));
    let gaps = pairs.map(|(before, after)| after.start.saturating_sub(before.end));
    gaps.filter(|gap| *gap <= MAXIMUM_GAP_BYTES).sum()
}
