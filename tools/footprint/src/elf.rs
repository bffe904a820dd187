// SPDX-License-Identifier: Apache-2.0
//! The parts of a linked 32-bit Arm ELF file that the figures need, checked once.
//!
//! Addresses lose the Thumb bit here, so that the rest compares plain addresses.

use std::ops::Range;

use anyhow::{Context, Result, bail};
use object::elf::{
    EM_ARM, FileHeader32, PT_LOAD, SHF_ALLOC, SHF_EXECINSTR, SHF_WRITE, SHT_NOBITS, STT_FUNC,
    STT_NOTYPE, STT_OBJECT,
};
use object::read::elf::{FileHeader, ProgramHeader, SectionHeader, Sym};
use object::{Endianness, SectionIndex};

/// A section of the file.
pub(crate) struct Section<'data> {
    pub name: String,
    pub index: SectionIndex,
    /// Where the section is when the firmware runs; inclusive start, exclusive end.
    pub range: Range<u64>,
    /// Where its initial content is stored, when it has one.
    pub load_address: Option<u64>,
    pub allocated: bool,
    pub writable: bool,
    pub executable: bool,
    pub data: &'data [u8],
}

/// What a symbol names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Function,
    Object,
    /// A label without a type: from assembly or from the linker script.
    Label,
}

/// A named place in an allocated section.
pub(crate) struct Symbol {
    pub name: String,
    pub kind: Kind,
    pub section: SectionIndex,
    /// Without the Thumb bit.
    pub address: u64,
    pub size_bytes: u64,
}

/// What the bytes from an address on are (ELF for the Arm Architecture, 5.5.5).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mapping {
    pub address: u64,
    pub code: bool,
}

/// A parsed file.
pub(crate) struct Image<'data> {
    pub sections: Vec<Section<'data>>,
    /// Sorted by address.
    pub symbols: Vec<Symbol>,
    /// Sorted by address.
    pub mappings: Vec<Mapping>,
}

impl<'data> Image<'data> {
    /// Reads sections and symbols of a linked file.
    pub fn parse(file: &'data [u8]) -> Result<Self> {
        let header = FileHeader32::<Endianness>::parse(file).context("not a 32-bit ELF file")?;
        let endian = header.endian()?;
        if endian != Endianness::Little || header.e_machine(endian) != EM_ARM {
            bail!("not an ELF file for little-endian Arm");
        }
        let segments = header.program_headers(endian, file)?;
        let table = header.sections(endian, file)?;
        let mut sections = Vec::new();
        for (index, section) in table.enumerate() {
            let flags = section.sh_flags(endian).0;
            let start = u64::from(section.sh_addr(endian));
            let stored = section.sh_type(endian) != SHT_NOBITS;
            let allocated = flags & SHF_ALLOC.0 != 0;
            let name = String::from_utf8_lossy(table.section_name(endian, section)?).into_owned();
            let data = section
                .data(endian, file)
                .with_context(|| format!("section {name} is not inside the file"))?;
            sections.push(Section {
                index,
                range: start..start + u64::from(section.sh_size(endian)),
                load_address: (allocated && stored).then(|| {
                    let segment = segments.iter().find(|segment| {
                        let first = u64::from(segment.p_vaddr(endian));
                        segment.p_type(endian) == PT_LOAD
                            && (first..first + u64::from(segment.p_memsz(endian))).contains(&start)
                    });
                    segment.map_or(start, |segment| {
                        let offset_bytes = start - u64::from(segment.p_vaddr(endian));
                        u64::from(segment.p_paddr(endian)) + offset_bytes
                    })
                }),
                allocated,
                writable: flags & SHF_WRITE.0 != 0,
                executable: flags & SHF_EXECINSTR.0 != 0,
                data,
                name,
            });
        }
        let table = table.symbols(endian, file, object::elf::SHT_SYMTAB)?;
        if table.is_empty() {
            bail!("the file has no symbols: it was stripped");
        }
        let mut symbols = Vec::new();
        let mut mappings = Vec::new();
        for (index, symbol) in table.enumerate() {
            let Some(section) = table.symbol_section(endian, symbol, index)? else {
                continue;
            };
            let kind = match symbol.st_type() {
                STT_FUNC => Kind::Function,
                STT_OBJECT => Kind::Object,
                STT_NOTYPE => Kind::Label,
                _ => continue,
            };
            let name = symbol.name(endian, table.strings())?;
            let name = String::from_utf8_lossy(name).into_owned();
            let address = u64::from(symbol.st_value(endian));
            if kind == Kind::Label && name.starts_with('$') {
                let code = name.starts_with("$t") || name.starts_with("$a");
                mappings.push(Mapping { address, code });
                continue;
            }
            let thumb = if kind == Kind::Function {
                address & 1
            } else {
                0
            };
            symbols.push(Symbol {
                name,
                kind,
                section,
                address: address - thumb,
                size_bytes: u64::from(symbol.st_size(endian)),
            });
        }
        symbols.sort_by_key(|symbol| symbol.address);
        mappings.sort_by_key(|mapping| mapping.address);
        Ok(Self {
            sections,
            symbols,
            mappings,
        })
    }

    /// The section that holds this address when the firmware runs.
    pub fn section_at(&self, address: u64) -> Option<&Section<'data>> {
        self.sections
            .iter()
            .find(|section| section.allocated && section.range.contains(&address))
    }

    /// The stored bytes of a range of addresses.
    pub fn bytes(&self, range: Range<u64>) -> Option<&'data [u8]> {
        let section = self.section_at(range.start)?;
        let start = usize::try_from(range.start - section.range.start).ok()?;
        let end = usize::try_from(range.end.checked_sub(section.range.start)?).ok()?;
        section.data.get(start..end)
    }

    /// The stored little-endian word at an address.
    pub fn word(&self, address: u64) -> Option<u32> {
        let bytes = self.bytes(address..address + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }
}
