// SPDX-License-Identifier: Apache-2.0
//! The bytes for the flash; joins those of both worlds to one payload.

use anyhow::{Context as _, Result, bail, ensure};
use object::read::elf::{ElfFile32, ProgramHeader as _};
use object::{Endianness, elf};

use crate::FileKind;

/// A blank flash cell.
const ERASED: u8 = 0xFF;
/// Two segments further apart than this belong to different memories: a mistake in a linker
/// script, and not a gap to be filled.
const MAXIMUM_GAP_BYTES: u64 = 0x10_0000;
/// Where a vector table has the reset handler.
const RESET_OFFSET_BYTES: usize = 4;

/// Bytes at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// Where the first byte belongs.
    pub address: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Payload {
    /// The bytes of all loaded segments of a linked file by their load address, gaps erased.
    ///
    /// # Errors
    /// When it is no such file, or loads nothing, or loads into several memories.
    pub fn from_elf(data: &[u8]) -> Result<Self> {
        let file: ElfFile32<'_, Endianness> =
            ElfFile32::parse(data).context("no 32-bit ELF file")?;
        let endian = file.endian();
        let mut segments = Vec::new();
        for header in file.elf_program_headers() {
            let bytes = header
                .data(endian, file.data())
                .map_err(|()| anyhow::anyhow!("a segment lies outside the file"))?;
            if header.p_type(endian) == elf::PT_LOAD && !bytes.is_empty() {
                segments.push((u64::from(header.p_paddr(endian)), bytes));
            }
        }
        segments.sort_by_key(|(address, _)| *address);
        flatten(&segments)
    }

    /// A linked file, or a binary that belongs at `address`.
    ///
    /// # Errors
    /// Those of [`Payload::from_elf`], and when it is a key, an image or a text.
    pub fn from_file(data: &[u8], address: u64) -> Result<Self> {
        match FileKind::of(data) {
            Some(FileKind::Elf) => return Self::from_elf(data),
            Some(kind) => bail!("it is no payload but {kind}"),
            None => {}
        }
        Ok(Self {
            address,
            bytes: data.to_vec(),
        })
    }

    /// The address behind the last byte.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.address + self.bytes.len() as u64
    }

    /// Adds erased bytes up to an address.
    ///
    /// # Errors
    /// When the address is not behind the last byte, or far behind it.
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

    /// Puts a non-secure image, which begins with its vector table, behind the secure one.
    ///
    /// # Errors
    /// When it is linked to another address than `start`.
    pub fn join(mut self, start: u64, nonsecure: &Self) -> Result<Self> {
        ensure!(
            nonsecure.address == start,
            "the non-secure image is linked to {:#x} instead of {start:#x}, where this secure \
             image ends: link it anew",
            nonsecure.address
        );
        let reset = nonsecure
            .bytes
            .get(RESET_OFFSET_BYTES..)
            .and_then(|rest| rest.first_chunk())
            .context("the non-secure image has no vector table")?;
        let reset = u64::from(u32::from_le_bytes(*reset));
        ensure!(
            (start..nonsecure.end()).contains(&reset),
            "the non-secure image does not begin with a vector table for {start:#x}: its reset \
             handler would lie at {reset:#x}"
        );
        self.fill_to(start)?;
        self.bytes.extend_from_slice(&nonsecure.bytes);
        Ok(self)
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
        assert!(Payload::from_elf(b"").is_err());
        assert!(Payload::from_elf(&[0x7F; 64]).is_err());
        assert!(Payload::from_file(b"\x7FELF and nothing else", 0).is_err());
    }

    fn secure() -> Payload {
        Payload {
            address: 0x400,
            bytes: vec![9; 5],
        }
    }

    #[test]
    fn two_worlds_become_one_payload() {
        let nonsecure = Payload::from_file(&[0, 0, 0, 0x28, 0x09, 0x05, 0, 0, 7, 7], 0x500);
        let joined = secure().join(0x500, &nonsecure.unwrap()).unwrap();
        assert_eq!(joined.address, 0x400);
        assert_eq!(joined.bytes.len(), 0x10A);
        assert_eq!(joined.bytes[4..6], [9, ERASED]);
        assert_eq!(joined.bytes[0x100..0x104], [0, 0, 0, 0x28]);
    }

    #[test]
    fn an_image_for_another_place_is_refused() {
        let words = |reset: u32| [[0; 4], reset.to_le_bytes(), [0; 4]].concat();
        let join = |bytes: &[u8], address, start| {
            let nonsecure = Payload::from_file(bytes, address).unwrap();
            secure()
                .join(start, &nonsecure)
                .map_err(|error| error.to_string())
        };
        assert!(join(&words(0x505), 0x500, 0x500).is_ok());
        for (bytes, address, start, says) in [
            (words(0x505), 0x500, 0x600, "link it anew"),
            (
                words(0x50D),
                0x500,
                0x500,
                "reset handler would lie at 0x50d",
            ),
            (words(0x4FF), 0x500, 0x500, "reset handler"),
            (words(0x505), 0x400, 0x400, "reset handler"),
            (words(0x401), 0x400, 0x400, "already taken"),
            (vec![0; 6], 0x500, 0x500, "no vector table"),
        ] {
            let error = join(&bytes, address, start).unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }
}
