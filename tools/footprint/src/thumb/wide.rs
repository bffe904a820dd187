// SPDX-License-Identifier: Apache-2.0
//! Instructions of 32 bits.

use super::fields::{PC, SP, list_bytes, literal, relative, signed};
use super::instruction::{Constant, Flow, Instruction, StackChange};

/// Adds to `instruction` what this encoding does.
pub(super) fn wide(instruction: &mut Instruction, first: u16, second: u16) {
    let base = first & 15;
    match (first, second) {
        (0xE97F, 0xE97F) => instruction.gateway = true,
        // TBB, TBH.
        (0xE8D0..=0xE8DF, 0xF000..=0xF01F) => {
            let entry_bytes = u32::from(second >> 4 & 1) + 1;
            instruction.flow = match base {
                PC => Flow::JumpToTable { entry_bytes },
                register => Flow::JumpToTableAt {
                    register,
                    entry_bytes,
                },
            }
        }
        (0xF000..=0xF7FF, 0x8000..) => branch(instruction, first, second),
        (0xE800..=0xE9FF, _) => multiple(instruction, first, second),
        (0xF000..=0xF7FF, _) => immediate(instruction, first, second),
        // VPUSH, VPOP.
        (0xED2D | 0xED6D, _) => instruction.stack = StackChange::Grows(vector_bytes(second)),
        (0xECBD | 0xECFD, _) => instruction.stack = StackChange::Grows(-vector_bytes(second)),
        // Stores of a word with the base written back.
        (0xF84D, _) if second & 0x0900 == 0x0900 => single_write_back(instruction, second),
        // Loads of a word.
        (0xF850..=0xF85F | 0xF8D0..=0xF8DF, _) => load(instruction, first, second),
        // Data processing of registers with SP as the result.
        (0xEA00..=0xEBFF, _) if second >> 8 & 15 == SP => instruction.stack = StackChange::Unknown,
        _ => {}
    }
}

fn vector_bytes(second: u16) -> i64 {
    i64::from(second & 0xFF) * 4
}

/// B, BL and miscellaneous control.
fn branch(instruction: &mut Instruction, first: u16, second: u16) {
    let address = instruction.address;
    let (high, low) = (u32::from(first), u32::from(second));
    let sign = high >> 10 & 1;
    let (j1, j2) = (low >> 13 & 1, low >> 11 & 1);
    if second & 0x1000 != 0 {
        let (i1, i2) = ((j1 ^ sign) ^ 1, (j2 ^ sign) ^ 1);
        let offset = sign << 24 | i1 << 23 | i2 << 22 | (high & 0x3FF) << 12 | (low & 0x7FF) << 1;
        let target = relative(address, signed(offset, 25));
        instruction.flow = if second & 0x4000 != 0 {
            Flow::Call(target)
        } else {
            Flow::Jump(target)
        };
    } else if second & 0x4000 != 0 {
        // BLX to Arm state does not exist in this architecture.
        instruction.flow = Flow::Stop;
    } else if high >> 7 & 7 != 7 {
        let offset = sign << 20 | j2 << 19 | j1 << 18 | (high & 0x3F) << 12 | (low & 0x7FF) << 1;
        instruction.flow = Flow::JumpIf(relative(address, signed(offset, 21)));
    } else if first & 0xFFE0 == 0xF380 && matches!(second & 0xFF, 8 | 9) {
        // MSR to MSP or PSP.
        instruction.stack = StackChange::Unknown;
    } else if first & 0xFFF0 == 0xF7F0 && second & 0xF000 == 0xA000 {
        instruction.flow = Flow::Stop;
    }
}

/// Loads and stores of several registers and of two.
fn multiple(instruction: &mut Instruction, first: u16, second: u16) {
    let base = first & 15;
    let loads = first & 0x10 != 0;
    let pair = first & 0x40 != 0;
    let write_back = first & 0x20 != 0;
    if !pair && loads && second & 0x8000 != 0 {
        instruction.flow = if base == SP {
            Flow::Return
        } else {
            Flow::JumpComputed
        };
    }
    if base != SP || !write_back {
        return;
    }
    instruction.stack = if pair {
        let bytes = i64::from(second & 0xFF) * 4;
        StackChange::Grows(if first & 0x80 == 0 { bytes } else { -bytes })
    } else {
        let bytes = list_bytes(second);
        StackChange::Grows(if first & 0x100 != 0 { bytes } else { -bytes })
    };
}

/// Data processing with an immediate value.
fn immediate(instruction: &mut Instruction, first: u16, second: u16) {
    let base = first & 15;
    let result = second >> 8 & 15;
    let plain = u32::from((first & 0x400) << 1 | second >> 4 & 0x700 | second & 0xFF);
    let half = u32::from(base) << 12 | plain;
    match first & 0xFBF0 {
        0xF200 if base == PC => {
            let address = literal(instruction.address, plain as i32);
            instruction.constant = Constant::Address(result, address);
        }
        0xF240 => instruction.constant = Constant::Low(result, half),
        0xF2C0 => instruction.constant = Constant::High(result, half << 16),
        _ => {}
    }
    // Comparisons have no result; their field reads as PC.
    if result != SP {
        return;
    }
    instruction.stack = match first & 0xFBFF {
        0xF1AD => StackChange::Grows(i64::from(expand(plain))),
        0xF10D => StackChange::Grows(-i64::from(expand(plain))),
        0xF2AD => StackChange::Grows(i64::from(plain)),
        0xF20D => StackChange::Grows(-i64::from(plain)),
        _ => StackChange::Unknown,
    };
}

/// The value of a modified immediate constant (`ThumbExpandImm`).
fn expand(plain: u32) -> u32 {
    let byte = plain & 0xFF;
    match plain >> 8 {
        0 => byte,
        1 => byte << 16 | byte,
        2 => byte << 24 | byte << 8,
        3 => byte << 24 | byte << 16 | byte << 8 | byte,
        _ => (0x80 | plain & 0x7F).rotate_right(plain >> 7),
    }
}

/// LDR or STR with SP written back.
fn single_write_back(instruction: &mut Instruction, second: u16) {
    let bytes = i64::from(second & 0xFF);
    instruction.stack = StackChange::Grows(if second & 0x200 == 0 { bytes } else { -bytes });
}

fn load(instruction: &mut Instruction, first: u16, second: u16) {
    let base = first & 15;
    let result = second >> 12;
    if base == PC {
        let bytes = i32::from(second & 0xFFF);
        let from = literal(
            instruction.address,
            if first & 0x80 == 0 { -bytes } else { bytes },
        );
        instruction.constant = Constant::Literal(result, from);
        if result == PC {
            instruction.flow = Flow::JumpToLiteral(from);
        }
        return;
    }
    let write_back = first & 0x80 == 0 && second & 0x0900 == 0x0900;
    if base == SP && write_back {
        single_write_back(instruction, second);
    }
    match result {
        PC if base == SP && write_back => instruction.flow = Flow::Return,
        PC => instruction.flow = Flow::JumpComputed,
        SP => instruction.stack = StackChange::Unknown,
        _ => {}
    }
}
