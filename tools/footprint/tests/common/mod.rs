// SPDX-License-Identifier: Apache-2.0
//! Writes small linked ELF files, so that the tests need no cross tools.

#![allow(dead_code)] // Each test program uses a part.

/// Section types and flags, symbol types.
pub const PROGBITS: u32 = 1;
pub const NOBITS: u32 = 8;
pub const WRITE: u32 = 1;
pub const ALLOC: u32 = 2;
pub const EXECUTE: u32 = 4;
pub const LABEL: u8 = 0;
pub const OBJECT: u8 = 1;
pub const FUNCTION: u8 = 2;

pub struct Section {
    pub name: &'static str,
    pub kind: u32,
    pub flags: u32,
    pub address: u32,
    pub load_address: u32,
    pub data: Vec<u8>,
}

pub struct Symbol {
    pub name: String,
    pub address: u32,
    pub size: u32,
    pub kind: u8,
    /// Index into the sections given.
    pub section: u16,
}

/// Adds a text to a table of strings, and tells where it is.
fn add(table: &mut Vec<u8>, text: &str) -> u32 {
    let at = u32::try_from(table.len()).unwrap();
    table.extend_from_slice(text.as_bytes());
    table.push(0);
    at
}

fn words(out: &mut Vec<u8>, words: &[u32]) {
    words
        .iter()
        .for_each(|word| out.extend_from_slice(&word.to_le_bytes()));
}

/// The file: header, one segment per allocated section, contents, section headers.
pub fn elf(sections: &[Section], symbols: &[Symbol]) -> Vec<u8> {
    let length = |data: &[u8]| u32::try_from(data.len()).unwrap();
    let loaded: Vec<&Section> = sections
        .iter()
        .filter(|section| section.flags & ALLOC != 0)
        .collect();
    let segments = u32::try_from(loaded.len()).unwrap();
    let mut strings = vec![0];
    let mut table = vec![0; 16];
    for symbol in symbols {
        words(
            &mut table,
            &[add(&mut strings, &symbol.name), symbol.address, symbol.size],
        );
        table.extend_from_slice(&[symbol.kind, 0]);
        table.extend_from_slice(&(symbol.section + 1).to_le_bytes());
    }
    let mut names = vec![0];
    let mut contents = Vec::new();
    let mut headers = vec![0; 40];
    let first = 52 + 32 * segments;
    let mut program = Vec::new();
    for section in sections {
        let offset = first + length(&contents);
        let name = add(&mut names, section.name);
        let size = length(&section.data);
        words(
            &mut headers,
            &[
                name,
                section.kind,
                section.flags,
                section.address,
                offset,
                size,
                0,
                0,
                4,
                0,
            ],
        );
        if section.flags & ALLOC != 0 {
            let stored = if section.kind == NOBITS { 0 } else { size };
            words(
                &mut program,
                &[
                    1,
                    offset,
                    section.address,
                    section.load_address,
                    stored,
                    size,
                    7,
                    4,
                ],
            );
        }
        if section.kind != NOBITS {
            contents.extend_from_slice(&section.data);
        }
    }
    let count = u32::try_from(sections.len()).unwrap();
    let table_at = first + length(&contents);
    let name = add(&mut names, ".symtab");
    words(
        &mut headers,
        &[name, 2, 0, 0, table_at, length(&table), count + 2, 1, 4, 16],
    );
    contents.extend_from_slice(&table);
    let strings_at = first + length(&contents);
    let name = add(&mut names, ".strtab");
    words(
        &mut headers,
        &[name, 3, 0, 0, strings_at, length(&strings), 0, 0, 1, 0],
    );
    contents.extend_from_slice(&strings);
    let names_at = first + length(&contents);
    let name = add(&mut names, ".shstrtab");
    words(
        &mut headers,
        &[name, 3, 0, 0, names_at, length(&names), 0, 0, 1, 0],
    );
    contents.extend_from_slice(&names);
    let mut out = vec![
        0x7F, b'E', b'L', b'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 40, 0,
    ];
    words(
        &mut out,
        &[1, 0, 52, first + length(&contents), 0x0500_0000],
    );
    for half in [
        52,
        32,
        loaded.len(),
        40,
        sections.len() + 4,
        sections.len() + 3,
    ] {
        out.extend_from_slice(&u16::try_from(half).unwrap().to_le_bytes());
    }
    out.extend_from_slice(&program);
    out.extend_from_slice(&contents);
    out.extend_from_slice(&headers);
    out
}

/// A piece of a function.
#[derive(Clone, Copy)]
pub enum Piece {
    /// Encoded instructions.
    Code(&'static [u16]),
    /// BL to the function with this number.
    Call(usize),
    /// B.W to it.
    Jump(usize),
    /// A word of data: the address of a function, with the Thumb bit.
    Address(usize),
    /// Bytes of data.
    Data(&'static [u8]),
}

/// A function: name, frame bytes if it says so, content.
pub type Function<'a> = (&'a str, Option<u8>, &'a [Piece]);

/// Where functions are.
pub const TEXT: u32 = 0x1000_0000;

pub fn place(number: usize) -> u32 {
    TEXT + 0x40 * u32::try_from(number).unwrap()
}

/// A branch: BL or B.W.
fn branch(from: u32, to: u32, second: u16) -> [u16; 2] {
    let offset = to.wrapping_sub(from + 4);
    let bit = |number: u32| u16::try_from(offset >> number & 1).unwrap();
    let sign = bit(24);
    let first = 0xF000 | sign << 10 | u16::try_from(offset >> 12 & 0x3FF).unwrap();
    let (j1, j2) = ((bit(23) ^ 1) ^ sign, (bit(22) ^ 1) ^ sign);
    [
        first,
        second | j1 << 13 | j2 << 11 | u16::try_from(offset >> 1 & 0x7FF).unwrap(),
    ]
}

/// Text, its symbols and `.stack_sizes` of some functions.
pub fn program(functions: &[Function]) -> (Vec<Section>, Vec<Symbol>) {
    let mut text: Vec<u8> = Vec::new();
    let mut sizes = Vec::new();
    let mut symbols = Vec::new();
    for (number, (name, frame, pieces)) in functions.iter().enumerate() {
        let start = place(number);
        text.resize(usize::try_from(start - TEXT).unwrap(), 0);
        if let Some(frame) = frame {
            words(&mut sizes, &[start | 1]);
            sizes.push(*frame);
        }
        for piece in *pieces {
            let at = TEXT + u32::try_from(text.len()).unwrap();
            let mark = match piece {
                Piece::Address(_) | Piece::Data(_) => "$d",
                _ => "$t",
            };
            symbols.push(Symbol {
                name: mark.into(),
                address: at,
                size: 0,
                kind: LABEL,
                section: 0,
            });
            let codes = match piece {
                Piece::Code(codes) => codes.to_vec(),
                Piece::Call(to) => branch(at, place(*to), 0xD000).to_vec(),
                Piece::Jump(to) => branch(at, place(*to), 0x9000).to_vec(),
                Piece::Address(to) => {
                    words(&mut text, &[place(*to) | 1]);
                    Vec::new()
                }
                Piece::Data(bytes) => {
                    text.extend_from_slice(bytes);
                    Vec::new()
                }
            };
            codes
                .iter()
                .for_each(|code| text.extend_from_slice(&code.to_le_bytes()));
        }
        let size = TEXT + u32::try_from(text.len()).unwrap() - start;
        let name = (*name).to_owned();
        symbols.push(Symbol {
            name,
            address: start | 1,
            size,
            kind: FUNCTION,
            section: 0,
        });
    }
    let text = Section {
        name: ".text",
        kind: PROGBITS,
        flags: ALLOC | EXECUTE,
        address: TEXT,
        load_address: TEXT,
        data: text,
    };
    let sizes = Section {
        name: ".stack_sizes",
        kind: PROGBITS,
        flags: 0,
        address: 0,
        load_address: 0,
        data: sizes,
    };
    (vec![text, sizes], symbols)
}

/// A linked file of some functions.
pub fn linked(functions: &[Function]) -> Vec<u8> {
    let (sections, symbols) = program(functions);
    elf(&sections, &symbols)
}
