// SPDX-License-Identifier: Apache-2.0
//! Damaged and stripped files: an error, never a panic.

mod common;

use common::Piece::{Call, Code, Data};
use common::{elf, linked, program};
use footprint::component::ComponentMap;
use footprint::fields::Fields;
use footprint::{call_sites, size, stack, symbol_address};

fn sample() -> Vec<u8> {
    linked(&[
        (
            "entry",
            Some(8),
            &[Code(&[0xB510]), Call(1), Code(&[0xBD10])],
        ),
        (
            "_RNvCs5QzH3LyIQk4_6crypto6pseudo",
            Some(0),
            &[Code(&[0xE8DF, 0xF000]), Data(&[1, 1]), Code(&[0x4770])],
        ),
    ])
}

/// All questions; whatever the answers are, they come.
fn ask(file: &[u8]) -> bool {
    let sizes = size::measure(file, &ComponentMap::default(), &Fields::default());
    if let Ok(sizes) = &sizes {
        let sum: u64 = sizes
            .components
            .values()
            .map(|size| size.flash + size.ram)
            .sum();
        assert_eq!(sum, sizes.flash + sizes.ram);
    }
    let bound = stack::bound(file, "entry", &[]);
    let sites = call_sites(file, "crypto::pseudo");
    let address = symbol_address(file, "entry");
    sizes.is_ok() && bound.is_ok() && sites.is_ok() && address.is_ok()
}

#[test]
fn the_sample_is_good() {
    let file = sample();
    assert!(ask(&file));
    assert_eq!(call_sites(&file, "crypto::pseudo").unwrap(), [0x1000_0006]);
    assert_eq!(symbol_address(&file, "pseudo").unwrap(), 0x1000_0040);
}

#[test]
fn a_cut_file_is_refused() {
    let file = sample();
    for length in 0..file.len() {
        assert!(!ask(&file[..length]), "{length}");
    }
}

#[test]
fn a_changed_byte_does_no_harm() {
    let file = sample();
    for position in 0..file.len() {
        for value in [0, 1, 0x40, 0x7F, 0x80, 0xFF] {
            let mut changed = file.clone();
            changed[position] = value;
            ask(&changed);
        }
    }
}

#[test]
fn other_files_are_refused() {
    for file in [&b""[..], b"\x7FELF", b"#!/bin/sh\n", &[0; 4096]] {
        assert!(!ask(file));
    }
    let mut other_machine = sample();
    other_machine[18] = 3;
    let error =
        size::measure(&other_machine, &ComponentMap::default(), &Fields::default()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("not an ELF file for little-endian Arm"),
        "{error}"
    );
}

#[test]
fn what_was_stripped_is_named() {
    let functions = [("entry", Some(0), &[Code(&[0x4770])][..])];
    let error = |file: &[u8]| format!("{:#}", stack::bound(file, "entry", &[]).unwrap_err());
    let (sections, symbols) = program(&functions);
    let without_marks: Vec<_> = symbols
        .into_iter()
        .filter(|symbol| !symbol.name.starts_with('$'))
        .collect();
    assert!(error(&elf(&sections, &without_marks)).contains("no mapping symbols"));
    let (sections, symbols) = program(&functions);
    assert!(error(&elf(&sections[..1], &symbols)).contains("no section .stack_sizes"));
    let (mut sections, symbols) = program(&functions);
    sections[1].data.pop();
    assert!(error(&elf(&sections, &symbols)).contains("ends within a size"));
    sections[1].data.truncate(2);
    assert!(error(&elf(&sections, &symbols)).contains("ends within an address"));
}
