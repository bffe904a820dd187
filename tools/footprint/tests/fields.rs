// SPDX-License-Identifier: Apache-2.0
//! A state in one object is divided among its owners; damaged types are errors, not panics.

mod common;

use common::{ALLOC, LABEL, NOBITS, OBJECT, PROGBITS, Section, Symbol, WRITE, elf};
use footprint::component::ComponentMap;
use footprint::fields::Fields;
use footprint::size::{Footprint, measure};

const STATE: &str = "_RNvCs4CfyhUQdZ49_3spm5STATE";

/// Tag, children, attributes with their forms (DWARF 4, 7.5.3).
type Abbreviation = (u8, bool, &'static [(u8, u8)]);
/// Numbered from 1.
const ABBREVIATIONS: [Abbreviation; 8] = [
    (0x11, true, &[]),                            // compile unit
    (0x39, true, &[(0x03, 0x08)]),                // name space: name
    (0x13, true, &[(0x03, 0x08), (0x0B, 0x0F)]),  // structure: name, bytes
    (0x0D, false, &[(0x03, 0x08), (0x49, 0x13)]), // member: name, type
    (0x24, false, &[(0x0B, 0x0F)]),               // number: bytes
    (0x01, true, &[(0x49, 0x13)]),                // array: type of elements
    (0x21, false, &[(0x37, 0x0F)]),               // elements: count
    (0x34, false, &[(0x6E, 0x08), (0x49, 0x13)]), // variable: symbol, type
];
const UNIT: u8 = 1;
const SPACE: u8 = 2;
const STRUCTURE: u8 = 3;
const MEMBER: u8 = 4;
const NUMBER: u8 = 5;
const ARRAY: u8 = 6;
const ELEMENTS: u8 = 7;
const VARIABLE: u8 = 8;
const END: u8 = 0;

fn abbreviations() -> Vec<u8> {
    let mut data = Vec::new();
    for (number, (tag, children, attributes)) in (1..).zip(ABBREVIATIONS) {
        data.extend([number, tag, u8::from(children)]);
        for (attribute, form) in attributes {
            data.extend([*attribute, *form]);
        }
        data.extend([0, 0]);
    }
    data.push(0);
    data
}

/// A unit of debugging information in the making.
struct Unit(Vec<u8>);

impl Unit {
    fn new() -> Self {
        let mut unit = Self(vec![0; 4]);
        // Version, offset of the abbreviations, bytes of an address.
        unit.0.extend([4, 0, 0, 0, 0, 0, 4, UNIT]);
        unit
    }

    /// Returns where the entry is.
    fn entry(&mut self, code: u8, name: Option<&str>) -> u32 {
        let place = u32::try_from(self.0.len()).unwrap();
        self.0.push(code);
        if let Some(name) = name {
            self.0.extend(name.as_bytes());
            self.0.push(0);
        }
        place
    }

    fn structure(&mut self, space: &str, name: &str, bytes: u8, members: &[(&str, u32)]) -> u32 {
        self.entry(SPACE, Some(space));
        let place = self.entry(STRUCTURE, Some(name));
        self.0.push(bytes);
        for (name, of) in members {
            self.entry(MEMBER, Some(name));
            self.0.extend(of.to_le_bytes());
        }
        self.0.extend([END, END]);
        place
    }

    fn array(&mut self, of: u32, count: u8) -> u32 {
        let place = self.entry(ARRAY, None);
        self.0.extend(of.to_le_bytes());
        self.entry(ELEMENTS, None);
        self.0.extend([count, END]);
        place
    }

    fn variable(mut self, of: u32) -> Vec<u8> {
        self.entry(VARIABLE, Some(STATE));
        self.0.extend(of.to_le_bytes());
        self.0.push(END);
        let length = u32::try_from(self.0.len() - 4).unwrap();
        self.0[..4].copy_from_slice(&length.to_le_bytes());
        self.0
    }
}

/// The state of a manager with two partitions, 100 bytes.
fn types() -> Vec<u8> {
    let mut unit = Unit::new();
    let word = unit.entry(NUMBER, None);
    unit.0.push(4);
    let words = unit.array(word, 8);
    let store = unit.structure("its", "Store", 40, &[("index", words), ("state", word)]);
    let cell = unit.structure("core", "Cell", 40, &[("value", store)]);
    let drbg = unit.structure("primitives", "Drbg", 32, &[("value", words)]);
    let crypto = unit.structure("crypto", "Crypto", 36, &[("random", drbg), ("last", word)]);
    let all = [("its", cell), ("crypto", crypto), ("count", word)];
    let services = unit.structure("secure", "Services", 80, &all);
    let manager = [("partitions", services), ("open", word)];
    let manager = unit.structure("spm", "Spm", 100, &manager);
    unit.variable(manager)
}

fn file(information: Vec<u8>, state_bytes: u32) -> Vec<u8> {
    let debug = |name, data| Section {
        name,
        kind: PROGBITS,
        flags: 0,
        address: 0,
        load_address: 0,
        data,
    };
    let bss = Section {
        name: ".bss",
        kind: NOBITS,
        flags: ALLOC | WRITE,
        address: 0x3800_0000,
        load_address: 0x3800_0000,
        data: vec![0; state_bytes as usize],
    };
    let sections = [
        bss,
        debug(".debug_info", information),
        debug(".debug_abbrev", abbreviations()),
    ];
    let symbol = |name: &str, size, kind| Symbol {
        name: name.into(),
        address: 0x3800_0000,
        size,
        kind,
        section: 0,
    };
    elf(
        &sections,
        &[
            symbol(STATE, state_bytes, OBJECT),
            symbol("__bss_start", 0, LABEL),
        ],
    )
}

fn measured(fields: &Fields) -> anyhow::Result<Footprint> {
    measure(&file(types(), 100), &ComponentMap::default(), fields)
}

#[test]
fn each_partition_owns_its_state() {
    let fields = Fields::read(&file(types(), 100)).unwrap();
    let image = measured(&fields).unwrap();
    let parts: Vec<_> = image
        .parts
        .iter()
        .map(|part| {
            let path = [part.path.clone(), vec![part.name.clone()]].concat();
            (
                part.component.as_str(),
                path.join("."),
                part.ram,
                part.count,
            )
        })
        .collect();
    let expected = [
        ("ITS", "index", 32, Some(8)),
        ("ITS", "state", 4, None),
        ("ITS", "padding", 4, None),
        ("crypto partition", "random", 32, Some(8)),
        ("crypto partition", "last", 4, None),
        ("SPM", "partitions.count", 4, None),
        ("SPM", "open", 4, None),
        ("SPM", "padding", 16, None),
    ];
    let expected =
        expected.map(|(component, path, bytes, count)| (component, path.to_owned(), bytes, count));
    assert_eq!(parts, expected);
    assert_eq!(image.ram, 100);
}

#[test]
fn without_types_the_state_is_of_the_crate_that_defines_it() {
    let image = measured(&Fields::default()).unwrap();
    assert_eq!(image.components["SPM"].ram, 100);
    let none = Fields::read(&file(Vec::new(), 100)).unwrap();
    assert_eq!(measured(&none).unwrap(), image);
}

#[test]
fn types_of_another_build_are_refused() {
    let fields = Fields::read(&file(types(), 100)).unwrap();
    let other = measure(&file(types(), 96), &ComponentMap::default(), &fields);
    let error = other.unwrap_err().to_string();
    assert!(error.contains("spm::STATE has 96 bytes and 100"), "{error}");
}

#[test]
fn a_type_that_contains_itself_ends() {
    let mut unit = Unit::new();
    // The structure stands behind its name space: a byte, `spm` and 0.
    let place = u32::try_from(unit.0.len()).unwrap() + 5;
    let itself = [("a", place), ("b", place)];
    assert_eq!(unit.structure("spm", "Spm", 100, &itself), place);
    assert!(Fields::read(&file(unit.variable(place), 100)).is_err());
}

#[test]
fn damaged_types_do_no_harm() {
    let whole = types();
    for length in 0..whole.len() {
        let _ = Fields::read(&file(whole[..length].to_vec(), 100));
    }
    for place in 0..whole.len() {
        for bit in 0..8 {
            let mut damaged = whole.clone();
            damaged[place] ^= 1 << bit;
            if let Ok(fields) = Fields::read(&file(damaged, 100))
                && let Ok(image) = measured(&fields)
            {
                assert_eq!(image.ram, 100, "byte {place}, bit {bit}");
            }
        }
    }
}
