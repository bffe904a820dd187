// SPDX-License-Identifier: Apache-2.0
//! The functions of an image and their instructions.

use std::ops::Range;

use anyhow::{Result, bail};

use crate::elf::{Image, Kind};
use crate::names::readable;
use crate::thumb::{self, Instruction};

/// A function: one range of addresses, which may have several names.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub range: Range<u64>,
    /// As in the symbol table.
    pub names: Vec<String>,
}

/// All functions, in ascending order of addresses.
pub(crate) fn all(image: &Image) -> Result<Vec<Function>> {
    if image.mappings.is_empty() {
        bail!("the file has no mapping symbols ($t, $d): it was stripped");
    }
    let mut functions: Vec<Function> = Vec::new();
    for symbol in &image.symbols {
        let Some(section) = image.section_at(symbol.address) else {
            continue;
        };
        // Labels without a type are places in assembly, or of the linker script.
        if !section.executable || symbol.kind != Kind::Function {
            continue;
        }
        match functions.last_mut() {
            Some(last) if last.range.start == symbol.address => {
                last.names.push(symbol.name.clone());
                last.range.end = last.range.end.max(symbol.address + symbol.size_bytes);
            }
            _ => {
                let end = symbol.address + symbol.size_bytes;
                let name = vec![symbol.name.clone()];
                functions.push(Function {
                    range: symbol.address..end,
                    names: name,
                });
            }
        }
    }
    // Assembly may not say how long a function is: it reaches to the next one.
    let starts: Vec<u64> = functions
        .iter()
        .map(|function| function.range.start)
        .skip(1)
        .collect();
    for (index, function) in functions.iter_mut().enumerate() {
        let section_end = image
            .section_at(function.range.start)
            .map(|section| section.range.end);
        let section_end = section_end.unwrap_or(function.range.start);
        if function.range.is_empty() {
            let next = starts.get(index).copied().unwrap_or(section_end);
            function.range.end = next.min(section_end);
        }
        function.range.end = function.range.end.min(section_end);
    }
    functions.retain(|function| !function.range.is_empty());
    Ok(functions)
}

impl Function {
    /// The name to show: a mangled one says the most.
    pub fn name(&self) -> String {
        let mangled = self.names.iter().find(|name| name.starts_with("_R"));
        mangled
            .or(self.names.first())
            .map_or_else(String::new, |name| readable(name))
    }

    /// Decodes the function, leaving out data between the code.
    pub fn instructions(&self, image: &Image) -> Result<Vec<Instruction>> {
        let mut instructions = Vec::new();
        for code in code_ranges(image, &self.range) {
            let Some(mut bytes) = image.bytes(code.clone()) else {
                bail!("{}: its code is not in the file", self.name());
            };
            let mut address = u32::try_from(code.start)?;
            while let Some(instruction) = thumb::decode(address, bytes) {
                let length = instruction.length_bytes;
                instructions.push(instruction);
                address = address.wrapping_add(length);
                bytes = bytes.get(usize::try_from(length)?..).unwrap_or_default();
            }
            if !bytes.is_empty() {
                bail!("{}: its code ends within an instruction", self.name());
            }
        }
        Ok(instructions)
    }
}

/// The parts of a range that mapping symbols call code.
fn code_ranges(image: &Image, range: &Range<u64>) -> Vec<Range<u64>> {
    let first_after = image
        .mappings
        .partition_point(|mapping| mapping.address <= range.start);
    let mut code = first_after
        .checked_sub(1)
        .and_then(|index| image.mappings.get(index))
        .is_some_and(|mapping| mapping.code);
    let mut start = range.start;
    let mut ranges = Vec::new();
    let mut push = |code: bool, part: Range<u64>| {
        if code && !part.is_empty() {
            ranges.push(part);
        }
    };
    for mapping in image.mappings.iter().skip(first_after) {
        if mapping.address >= range.end {
            break;
        }
        push(code, start..mapping.address);
        (code, start) = (mapping.code, mapping.address);
    }
    push(code, start..range.end);
    ranges
}
