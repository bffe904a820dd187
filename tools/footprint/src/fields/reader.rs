// SPDX-License-Identifier: Apache-2.0
//! Reads types from DWARF.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

use anyhow::{Context, Result};
use gimli::{
    AttributeValue, DebuggingInformationEntry, DwTag, EndianSlice, LittleEndian, Unit, UnitOffset,
};
use object::read::elf::ElfFile32;
use object::{Endianness, Object as _, ObjectSection as _};

use super::Field;
use crate::names::readable;

type Slice<'a> = EndianSlice<'a, LittleEndian>;
type Entry<'a> = DebuggingInformationEntry<Slice<'a>>;

/// Members of members; more is a damaged file, where a type contains itself.
const MAXIMUM_DEPTH: u32 = 24;
/// Members of one object, all together.
const MAXIMUM_MEMBERS: u32 = 100_000;
/// What is smaller is not taken apart.
const SMALLEST_BYTES: u64 = 32;

/// Crates whose types only wrap what matters: cells, options, locks.
const WRAPPERS: [&str; 3] = ["core", "alloc", "std"];

/// All static objects with a type, by readable name.
pub(super) fn objects(elf: &[u8]) -> Result<BTreeMap<String, Field>> {
    let file = ElfFile32::<Endianness>::parse(elf).context("not a 32-bit ELF file")?;
    let sections = gimli::DwarfSections::load(|id| -> Result<Cow<'_, [u8]>> {
        let section = file.section_by_name(id.name());
        let data = section.map_or(Ok(&[][..]), |section| section.data())?;
        Ok(Cow::Borrowed(data))
    })?;
    let dwarf = sections.borrow(|data| EndianSlice::new(data, LittleEndian));
    let mut objects = BTreeMap::new();
    let mut units = dwarf.units();
    while let Some(header) = units.next().context("damaged debugging information")? {
        let unit = dwarf
            .unit(header)
            .context("damaged debugging information")?;
        let types = Types {
            dwarf: &dwarf,
            unit: &unit,
            crates: crates(&dwarf, &unit)?,
            left: Cell::new(MAXIMUM_MEMBERS),
        };
        let mut cursor = unit.entries();
        while let Some(entry) = cursor.next_dfs()? {
            if entry.tag() != gimli::DW_TAG_variable {
                continue;
            }
            let Some(name) = types.text(entry, gimli::DW_AT_linkage_name) else {
                continue;
            };
            if let Some(type_of) = types.type_of(entry) {
                types.left.set(MAXIMUM_MEMBERS);
                let mut field = types.field(String::new(), type_of, MAXIMUM_DEPTH)?;
                field.name = readable(&name);
                if field.bytes > 0 {
                    objects.insert(field.name.clone(), field);
                }
            }
        }
    }
    Ok(objects)
}

/// The crate around each type of a unit: the outermost name space.
fn crates(
    dwarf: &gimli::Dwarf<Slice<'_>>,
    unit: &Unit<Slice<'_>>,
) -> Result<BTreeMap<usize, String>> {
    let mut crates = BTreeMap::new();
    let mut outermost = String::new();
    let mut cursor = unit.entries();
    while let Some(entry) = cursor.next_dfs()? {
        if entry.depth() == 1 {
            outermost = String::new();
            if entry.tag() == gimli::DW_TAG_namespace
                && let Some(name) = entry.attr_value(gimli::DW_AT_name)
            {
                outermost = dwarf
                    .attr_string(unit, name)?
                    .to_string_lossy()
                    .into_owned();
            }
        } else if is_type(entry.tag()) && !outermost.is_empty() {
            crates.insert(entry.offset().0, outermost.clone());
        }
    }
    Ok(crates)
}

fn is_type(tag: DwTag) -> bool {
    [
        gimli::DW_TAG_structure_type,
        gimli::DW_TAG_union_type,
        gimli::DW_TAG_enumeration_type,
    ]
    .contains(&tag)
}

struct Types<'a, 'data> {
    dwarf: &'a gimli::Dwarf<Slice<'data>>,
    unit: &'a Unit<Slice<'data>>,
    crates: BTreeMap<usize, String>,
    /// Members that the object at hand may still have.
    left: Cell<u32>,
}

impl<'data> Types<'_, 'data> {
    fn text(&self, entry: &Entry<'data>, name: gimli::DwAt) -> Option<String> {
        let text = self.dwarf.attr_string(self.unit, entry.attr_value(name)?);
        Some(text.ok()?.to_string_lossy().into_owned())
    }

    fn type_of(&self, entry: &Entry<'data>) -> Option<UnitOffset> {
        match entry.attr_value(gimli::DW_AT_type)? {
            AttributeValue::UnitRef(offset) => Some(offset),
            _ => None,
        }
    }

    /// A member of a type, and what that is made of.
    fn field(&self, name: String, offset: UnitOffset, depth: u32) -> Result<Field> {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.context("a type without an end")?);
        let entry = self.unit.entry(offset)?;
        let mut field = Field {
            name,
            crate_name: self.crates.get(&offset.0).cloned().unwrap_or_default(),
            bytes: number(&entry, gimli::DW_AT_byte_size).unwrap_or(0),
            ..Field::default()
        };
        let Some(depth) = depth.checked_sub(1) else {
            return Ok(field);
        };
        match entry.tag() {
            gimli::DW_TAG_array_type => {
                let count = self.count(offset)?;
                let element = self.type_of(&entry).map(|element| {
                    let element = self.field(String::new(), element, depth)?;
                    anyhow::Ok(element.bytes)
                });
                field.bytes = element.transpose()?.unwrap_or(0).saturating_mul(count);
                field.count = Some(count);
            }
            gimli::DW_TAG_structure_type | gimli::DW_TAG_union_type => {
                let members = self.members(offset, depth)?;
                take_apart(&mut field, members);
            }
            _ => {}
        }
        Ok(field)
    }

    /// The number of elements of an array.
    fn count(&self, array: UnitOffset) -> Result<u64> {
        let mut tree = self.unit.entries_tree(Some(array))?;
        let mut children = tree.root()?.children();
        let mut count = 1_u64;
        while let Some(child) = children.next()? {
            let elements = number(child.entry(), gimli::DW_AT_count);
            count = count.saturating_mul(elements.unwrap_or(1));
        }
        Ok(count)
    }

    /// The members of a type; empty for one with variants.
    fn members(&self, of: UnitOffset, depth: u32) -> Result<Vec<Field>> {
        let mut tree = self.unit.entries_tree(Some(of))?;
        let mut children = tree.root()?.children();
        let mut members = Vec::new();
        while let Some(child) = children.next()? {
            let entry = child.entry();
            if entry.tag() == gimli::DW_TAG_variant_part {
                return Ok(Vec::new());
            }
            if entry.tag() != gimli::DW_TAG_member {
                continue;
            }
            let name = self.text(entry, gimli::DW_AT_name).unwrap_or_default();
            if let Some(type_of) = self.type_of(entry) {
                let member = self.field(name, type_of, depth)?;
                if member.bytes > 0 {
                    members.push(member);
                }
            }
        }
        Ok(members)
    }
}

fn number(entry: &Entry<'_>, name: gimli::DwAt) -> Option<u64> {
    entry.attr_value(name)?.udata_value()
}

/// Gives a type its members, unless they say nothing.
fn take_apart(field: &mut Field, mut members: Vec<Field>) {
    let sum = members
        .iter()
        .fold(0_u64, |sum, member| sum.saturating_add(member.bytes));
    // Members that share their place are those of a union.
    if sum > field.bytes || members.is_empty() {
        return;
    }
    let only = members.len() == 1;
    for member in &mut members {
        let says_nothing = member.name.starts_with("__") || member.name == "value";
        if says_nothing || (only && !member.members.is_empty()) {
            member.name = String::new();
        }
    }
    if only && sum == field.bytes {
        // A type around one other: the other is what it is made of, and the outer says whose it is.
        if let Some(inner) = members.pop() {
            field.count = inner.count;
            field.members = inner.members;
            if field.crate_name.is_empty() || WRAPPERS.contains(&field.crate_name.as_str()) {
                field.crate_name = inner.crate_name;
            }
        }
        return;
    }
    if field.bytes < SMALLEST_BYTES {
        return;
    }
    if sum < field.bytes {
        members.push(Field {
            name: "padding".into(),
            bytes: field.bytes - sum,
            ..Field::default()
        });
    }
    field.members = members;
}
