// SPDX-License-Identifier: Apache-2.0
//! A section divided among its functions and objects; the parts add up to the section.

use crate::component::{ALIGNMENT, ComponentMap, READ_ONLY_DATA, is_anonymous};
use crate::elf::{Image, Kind, Section, Symbol};
use crate::names::readable;
use crate::short_name::short_name;
use crate::size::Part;

pub(super) struct Divided<'a, 'data> {
    pub image: &'a Image<'data>,
    pub section: &'a Section<'data>,
    pub map: &'a ComponentMap,
}

impl Divided<'_, '_> {
    /// The parts and their bytes.
    pub fn parts(&self) -> Vec<(Part, u64)> {
        let section = self.section;
        let end = section.range.end;
        if let Some(component) = self.map.of_section(&section.name) {
            let part = named(component, section.name.trim_start_matches('.'));
            return vec![(part, end - section.range.start)];
        }
        let symbols = self.symbols();
        let mut parts = Vec::new();
        let mut cursor = section.range.start;
        for (index, symbol) in symbols.iter().enumerate() {
            if symbol.address > cursor {
                let part = self.unnamed(cursor, symbol.address);
                parts.push((part, symbol.address - cursor));
                cursor = symbol.address;
            }
            let next = symbols.get(index + 1..).and_then(|rest| {
                rest.iter()
                    .map(|next| next.address)
                    .find(|address| *address > symbol.address)
            });
            let has_size =
                |other: &&Symbol| other.address == symbol.address && other.size_bytes > 0;
            let symbol_end = match symbol.size_bytes {
                // Another name of the same place may know the size.
                0 if symbols.iter().any(has_size) => cursor,
                0 => next.unwrap_or(end),
                bytes => symbol.address + bytes,
            };
            // Names may overlap (aliases): the first one takes the bytes.
            let symbol_end = symbol_end.min(end);
            if symbol_end > cursor {
                parts.push((self.of_symbol(&symbol.name), symbol_end - cursor));
                cursor = symbol_end;
            }
        }
        if end > cursor {
            parts.push((self.unnamed(cursor, end), end - cursor));
        }
        parts
    }

    /// What is named in this section, in ascending order of addresses.
    fn symbols(&self) -> Vec<&Symbol> {
        let named = |symbol: &&Symbol| {
            symbol.section == self.section.index
                && self.section.range.contains(&symbol.address)
                // Labels without size mark places, not objects; assembly functions may lack one.
                && (symbol.size_bytes > 0 || symbol.kind == Kind::Function)
        };
        self.image.symbols.iter().filter(named).collect()
    }

    fn of_symbol(&self, symbol: &str) -> Part {
        let component = self.map.of_symbol(symbol);
        // The compiler numbers constants, and counts anew in each build.
        if is_anonymous(symbol) {
            return named(&component, "constants");
        }
        let short = short_name(symbol);
        Part {
            component,
            path: short.modules,
            name: short.name,
            symbol: readable(symbol),
            ..Part::default()
        }
    }

    /// Bytes that no symbol covers.
    fn unnamed(&self, start: u64, end: u64) -> Part {
        let section = self.section;
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
        if aligns && (section.executable || content.iter().all(|byte| *byte == 0)) {
            named(ALIGNMENT, "between functions")
        } else if section.executable || section.writable {
            named(self.map.rest(), "without a name")
        } else {
            named(READ_ONLY_DATA, "constants")
        }
    }
}

fn named(component: &str, name: &str) -> Part {
    Part {
        component: component.to_owned(),
        name: name.to_owned(),
        ..Part::default()
    }
}
