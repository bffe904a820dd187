// SPDX-License-Identifier: Apache-2.0
//! Decodes Thumb instructions as far as calls and the stack pointer are concerned.
//!
//! Encodings: Armv8-M Architecture Reference Manual (DDI 0553), C2.2 to C2.4.

mod fields;
mod instruction;
mod narrow;
mod wide;

pub(crate) use instruction::{Constant, Flow, Instruction, StackChange};

use narrow::narrow;
use wide::wide;

/// Decodes the instruction at an address; `None` when the bytes end within it.
pub(crate) fn decode(address: u32, bytes: &[u8]) -> Option<Instruction> {
    let (first, rest) = bytes.split_first_chunk::<2>()?;
    let first = u16::from_le_bytes(*first);
    let mut instruction = Instruction {
        address,
        length_bytes: 2,
        flow: Flow::Next,
        stack: StackChange::Grows(0),
        constant: Constant::None,
        conditional: 0,
        gateway: false,
    };
    if first >> 11 >= 0b11101 {
        let second = u16::from_le_bytes(*rest.first_chunk::<2>()?);
        instruction.length_bytes = 4;
        wide(&mut instruction, first, second);
    } else {
        narrow(&mut instruction, first);
    }
    Some(instruction)
}

#[cfg(test)]
mod tests;
