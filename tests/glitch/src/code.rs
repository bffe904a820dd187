// SPDX-License-Identifier: Apache-2.0
//! The code of the boot ROM: its functions, and the properties of instructions that skipping needs.

use anyhow::{Context as _, Result, ensure};
use object::read::elf::ElfFile32;
use object::{Endianness, Object as _, ObjectSymbol as _, SymbolKind};
use signer::Payload;
use std::ops::Range;

/// `cpsid i`: what the boot ROM halts with, and nothing else has.
const MASK_INTERRUPTS: u16 = 0xB672;
/// `str r0, [r1]`.
pub const STORE: u16 = 0x6008;
/// `wfi`.
pub const WAIT: u16 = 0xBF30;
/// `b` without a condition: the upper five bits.
const BRANCH: u16 = 0xE000;
const BRANCH_MASK: u16 = 0xF800;
/// The upper five bits of the first half of a long instruction are these or more.
const LONG: u16 = 0xE800;

/// Which instructions are halves of IT blocks: bits of xPSR.
const IT_LOW_SHIFT: u32 = 25;
const IT_HIGH_SHIFT: u32 = 10;

/// The boot ROM.
pub struct Code {
    /// Its instructions and constants.
    pub image: Payload,
    /// Names and addresses of the functions, by address.
    functions: Vec<(Range<u32>, String)>,
}

impl Code {
    /// Reads a linked file.
    pub fn read(elf: &[u8]) -> Result<Self> {
        let file: ElfFile32<'_, Endianness> =
            ElfFile32::parse(elf).context("no 32-bit ELF file")?;
        let mut functions = Vec::new();
        for symbol in file
            .symbols()
            .filter(|symbol| symbol.kind() == SymbolKind::Text)
        {
            let start = u32::try_from(symbol.address())? & !1;
            let name = addr2line::demangle_auto(symbol.name()?.into(), None).into_owned();
            functions.push((start..start + u32::try_from(symbol.size())?, name));
        }
        functions.sort_by_key(|(range, _)| (range.start, range.end));
        Ok(Self {
            image: Payload::from_elf(elf)?,
            functions,
        })
    }

    /// No code at all.
    #[cfg(test)]
    pub fn empty() -> Self {
        Self {
            image: Payload {
                address: 0,
                bytes: Vec::new(),
            },
            functions: Vec::new(),
        }
    }

    /// The addresses of the boot ROM.
    pub fn range(&self) -> Range<u32> {
        let start = self.image.address as u32;
        start..start + self.image.bytes.len() as u32
    }

    /// Where a function begins whose name is this up to its parameters.
    pub fn function(&self, name: &str) -> Result<u32> {
        let is_it = |full: &str| {
            let rest = full.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::<"))
        };
        let mut found = self.functions.iter().filter(|(_, full)| is_it(full));
        let (range, _) = found
            .next()
            .with_context(|| format!("the boot ROM has no function `{name}`"))?;
        Ok(range.start)
    }

    /// The name of the function at an address, and how far it is in it.
    pub fn place(&self, address: u32) -> String {
        match self
            .functions
            .iter()
            .rev()
            .find(|(range, _)| range.contains(&address))
        {
            Some((range, name)) => format!("{name}+{:#x}", address - range.start),
            None => "no function".into(),
        }
    }

    /// Whether the function at an address has one of these names, up to what follows.
    pub fn is_within(&self, address: u32, names: &[&str]) -> bool {
        let mut holding = self
            .functions
            .iter()
            .filter(|(range, _)| range.contains(&address));
        holding.any(|(_, full)| names.iter().any(|name| full.contains(name)))
    }

    /// The half-word at an address.
    pub fn half_word(&self, address: u32) -> Option<u16> {
        let offset = address.checked_sub(self.range().start)? as usize;
        let bytes = self.image.bytes.get(offset..)?.first_chunk()?;
        Some(u16::from_le_bytes(*bytes))
    }

    /// The word at an offset of the vector table.
    pub fn vector(&self, index: usize) -> Result<u32> {
        let bytes = self
            .image
            .bytes
            .get(index * 4..)
            .and_then(<[u8]>::first_chunk);
        Ok(u32::from_le_bytes(*bytes.context("a vector table")?))
    }

    /// The size of the instruction at an address.
    pub fn instruction_bytes(&self, address: u32) -> Result<u32> {
        let half_word = self.half_word(address);
        let half_word = half_word.with_context(|| format!("no code at {address:#x}"))?;
        Ok(if half_word >= LONG { 4 } else { 2 })
    }

    /// Everywhere the boot ROM may halt: the instructions that mask interrupts.
    pub fn halts(&self) -> Vec<u32> {
        let places = self.range().step_by(2);
        places
            .filter(|place| self.half_word(*place) == Some(MASK_INTERRUPTS))
            .collect()
    }

    /// The addresses from a halt to the jump that ends it.
    pub fn halting(&self, halt: u32) -> Result<Vec<u32>> {
        let mut addresses = vec![halt];
        let mut next = halt + 2;
        while self.half_word(next) == Some(WAIT) {
            addresses.push(next);
            next += 2;
        }
        let jump = self
            .half_word(next)
            .is_some_and(|word| word & BRANCH_MASK == BRANCH);
        ensure!(jump, "the halt at {halt:#x} does not wait for ever");
        addresses.push(next);
        Ok(addresses)
    }
}

/// The status after an instruction of an IT block was passed over, whose condition counts for
/// this instruction alone.
pub fn status_after_skip(status: u32) -> u32 {
    let it = (status >> IT_LOW_SHIFT & 0b11) | (status >> IT_HIGH_SHIFT & 0b11_1111) << 2;
    let next = if it & 0b111 == 0 {
        0
    } else {
        it & 0xE0 | (it << 1) & 0x1F
    };
    let cleared = status & !(0b11 << IT_LOW_SHIFT | 0b11_1111 << IT_HIGH_SHIFT);
    cleared | (next & 0b11) << IT_LOW_SHIFT | (next >> 2) << IT_HIGH_SHIFT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(half_words: &[u16]) -> Code {
        let bytes = half_words
            .iter()
            .flat_map(|word| word.to_le_bytes())
            .collect();
        Code {
            image: Payload {
                address: 0x100,
                bytes,
            },
            functions: vec![
                (0x100..0x104, "a::first".into()),
                (0x104..0x108, "a::second::<b::C>".into()),
            ],
        }
    }

    #[test]
    fn functions_are_found_by_name_and_address() {
        let code = code(&[0; 4]);
        assert_eq!(code.function("a::second").ok(), Some(0x104));
        assert!(code.function("a::sec").is_err());
        assert_eq!(code.place(0x106), "a::second::<b::C>+0x2");
        assert_eq!(code.place(0x108), "no function");
        assert!(code.is_within(0x102, &["first"]) && !code.is_within(0x104, &["first"]));
    }

    #[test]
    fn instructions_have_two_sizes() {
        let code = code(&[0xE7FE, 0xE800, 0, 0xBF00]);
        let sizes: Vec<_> = [0x100, 0x102, 0x106]
            .map(|at| code.instruction_bytes(at).ok())
            .into();
        assert_eq!(sizes, [Some(2), Some(4), Some(2)]);
        assert!(code.instruction_bytes(0x108).is_err());
    }

    #[test]
    fn a_halt_ends_in_a_jump() {
        let whole = code(&[0xBF00, MASK_INTERRUPTS, WAIT, 0xE7FD]);
        assert_eq!(whole.halts(), [0x102]);
        assert_eq!(whole.halting(0x102).ok(), Some(vec![0x102, 0x104, 0x106]));
        assert!(
            code(&[MASK_INTERRUPTS, WAIT, 0xBF00])
                .halting(0x100)
                .is_err()
        );
    }

    /// The bits of xPSR for a state of an IT block.
    fn status(it: u32) -> u32 {
        0x0100_0000 | (it & 0b11) << IT_LOW_SHIFT | (it >> 2) << IT_HIGH_SHIFT
    }

    #[test]
    fn a_skip_moves_on_in_an_it_block() {
        // ITTE EQ: the conditions of three instructions, then none.
        let states = [0b0000_0110, 0b0000_1100, 0b0001_1000, 0];
        for pair in states.windows(2) {
            assert_eq!(status_after_skip(status(pair[0])), status(pair[1]));
        }
        assert_eq!(status_after_skip(status(0)), status(0));
    }
}
