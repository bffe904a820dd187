// SPDX-License-Identifier: Apache-2.0
//! Instructions of 16 bits.

use super::fields::{LR, PC, SP, list_bytes, literal, relative, signed};
use super::instruction::{Constant, Flow, Instruction, StackChange};

/// Adds to `instruction` what this encoding does.
pub(super) fn narrow(instruction: &mut Instruction, code: u16) {
    let address = instruction.address;
    let wide_code = u32::from(code);
    let register = code >> 3 & 15;
    match code >> 8 {
        // ADD, MOV of any register.
        0x44 | 0x46 => match (code >> 4 & 8) | (code & 7) {
            PC if code >> 8 == 0x46 && register == LR => instruction.flow = Flow::Return,
            PC => instruction.flow = Flow::JumpComputed,
            SP => instruction.stack = StackChange::Unknown,
            _ => {}
        },
        0x47 => {
            instruction.flow = match code & 0x84 {
                0x00 | 0x04 if register == LR => Flow::Return,
                0x00 => Flow::JumpThrough(register),
                0x04 => Flow::JumpNonSecure,
                0x80 => Flow::CallThrough(register),
                _ => Flow::CallNonSecure,
            }
        }
        0x48..=0x4F => {
            let offset_bytes = i32::from(code & 0xFF) * 4;
            instruction.constant = Constant::Literal(code >> 8 & 7, literal(address, offset_bytes));
        }
        0xA0..=0xA7 => {
            let offset_bytes = i32::from(code & 0xFF) * 4;
            instruction.constant = Constant::Address(code >> 8 & 7, literal(address, offset_bytes));
        }
        0xB0 => {
            let bytes = i64::from(code & 0x7F) * 4;
            instruction.stack = StackChange::Grows(if code & 0x80 == 0 { -bytes } else { bytes });
        }
        // CBZ, CBNZ.
        0xB1 | 0xB3 | 0xB9 | 0xBB => {
            let offset_bytes = (code >> 3 & 0x40) | (code >> 2 & 0x3E);
            instruction.flow = Flow::JumpIf(relative(address, i32::from(offset_bytes)));
        }
        0xB4 | 0xB5 => instruction.stack = StackChange::Grows(list_bytes(code & 0x1FF)),
        0xBC | 0xBD => {
            instruction.stack = StackChange::Grows(-list_bytes(code & 0x1FF));
            if code & 0x100 != 0 {
                instruction.flow = Flow::Return;
            }
        }
        // IT: the lowest set bit of the mask ends the block.
        0xBF if code & 0xF != 0 => instruction.conditional = 4 - (code & 0xF).trailing_zeros(),
        0xD0..=0xDD => {
            instruction.flow = Flow::JumpIf(relative(address, signed(wide_code << 1, 9)));
        }
        0xDE => instruction.flow = Flow::Stop,
        0xE0..=0xE7 => {
            instruction.flow = Flow::Jump(relative(address, signed(wide_code << 1, 12)));
        }
        _ => {}
    }
}
