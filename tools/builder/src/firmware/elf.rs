// SPDX-License-Identifier: Apache-2.0
//! Symbols of linked files.

use anyhow::{Context as _, Result};
use object::read::elf::ElfFile32;
use object::{Endianness, Object as _, ObjectSymbol as _};

/// A linked file.
pub struct Linked<'a> {
    file: ElfFile32<'a, Endianness>,
}

impl<'a> Linked<'a> {
    /// Reads the headers.
    pub fn parse(data: &'a [u8]) -> Result<Self> {
        Ok(Self {
            file: ElfFile32::parse(data).context("no 32-bit ELF file")?,
        })
    }

    /// The address of a symbol.
    pub fn symbol(&self, name: &str) -> Result<u64> {
        self.file
            .symbol_by_name(name)
            .map(|symbol| symbol.address())
            .with_context(|| format!("the linked image has no symbol `{name}`"))
    }

    /// Name and address of each defined symbol whose name passes, sorted by name.
    pub fn symbols(&self, passes: impl Fn(&str) -> bool) -> Vec<(String, u64)> {
        let mut found: Vec<(String, u64)> = self
            .file
            .symbols()
            .filter(|symbol| symbol.is_definition())
            .filter_map(|symbol| Some((symbol.name().ok()?.to_string(), symbol.address())))
            .filter(|(name, _)| passes(name))
            .collect();
        found.sort();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_elf_file_is_refused() {
        assert!(Linked::parse(b"").is_err());
        assert!(Linked::parse(&[0x7F; 64]).is_err());
    }
}
