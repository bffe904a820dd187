// SPDX-License-Identifier: Apache-2.0
//! What is read from the linked files: symbols, and the bytes that go to the flash.

use anyhow::{Context as _, Result, bail};
use object::read::elf::{ElfFile32, ProgramHeader as _};
use object::{Endianness, Object as _, ObjectSymbol as _, elf};

/// A blank flash cell.
const ERASED: u8 = 0xFF;
/// Two segments further apart than this belong to different memories: a mistake in a linker
/// script, and not a gap to be filled.
const MAXIMUM_GAP_BYTES: u64 = 0x10_0000;

/// A linked file.
pub struct Linked<'a> {
    file: ElfFile32<'a, Endianness>,
}

/// Bytes at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// Where the first byte belongs.
    pub address: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
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

    /// The bytes of all loaded segments by their load address, gaps erased.
    pub fn payload(&self) -> Result<Payload> {
        let endian = self.file.endian();
        let mut segments = Vec::new();
        for header in self.file.elf_program_headers() {
            let bytes = header
                .data(endian, self.file.data())
                .map_err(|()| anyhow::anyhow!("a segment lies outside the file"))?;
            if header.p_type(endian) == elf::PT_LOAD && !bytes.is_empty() {
                segments.push((u64::from(header.p_paddr(endian)), bytes));
            }
        }
        segments.sort_by_key(|(address, _)| *address);
        flatten(&segments)
    }
}

fn flatten(segments: &[(u64, &[u8])]) -> Result<Payload> {
    let Some((start, _)) = segments.first() else {
        bail!("the linked image is empty");
    };
    let mut payload = Payload {
        address: *start,
        bytes: Vec::new(),
    };
    for (address, bytes) in segments {
        payload.fill_to(*address)?;
        payload.bytes.extend_from_slice(bytes);
    }
    Ok(payload)
}

impl Payload {
    /// The address behind the last byte.
    pub fn end(&self) -> u64 {
        self.address + self.bytes.len() as u64
    }

    /// Adds erased bytes up to an address.
    pub fn fill_to(&mut self, address: u64) -> Result<()> {
        let end = self.end();
        match address.checked_sub(end) {
            Some(gap) if gap <= MAXIMUM_GAP_BYTES => {
                self.bytes
                    .resize(self.bytes.len() + usize::try_from(gap)?, ERASED);
                Ok(())
            }
            Some(_) => bail!("{address:#x} is too far behind {end:#x} for one image"),
            None => bail!("{address:#x} is already taken: the bytes before it end at {end:#x}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_erased() {
        let payload = flatten(&[(0x100, &[1, 2][..]), (0x104, &[3][..])]).unwrap();
        assert_eq!(
            payload,
            Payload {
                address: 0x100,
                bytes: vec![1, 2, 0xFF, 0xFF, 3]
            }
        );
        assert_eq!(payload.end(), 0x105);
    }

    #[test]
    fn overlaps_distances_and_nothing_are_refused() {
        assert!(flatten(&[]).is_err());
        assert!(flatten(&[(0x100, &[1, 2][..]), (0x101, &[3][..])]).is_err());
        assert!(flatten(&[(0x100, &[1][..]), (0x3000_0000, &[3][..])]).is_err());
    }

    #[test]
    fn what_is_no_elf_file_is_refused() {
        assert!(Linked::parse(b"").is_err());
        assert!(Linked::parse(&[0x7F; 64]).is_err());
    }
}
