// SPDX-License-Identifier: Apache-2.0
//! Decodes Thumb instructions as far as calls and the stack pointer are concerned.
//!
//! Encodings: Armv8-M Architecture Reference Manual (DDI 0553), C2.2 to C2.4.

/// Register numbers.
const SP: u16 = 13;
const LR: u16 = 14;
const PC: u16 = 15;

/// Where execution goes after an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    Next,
    /// BL.
    Call(u32),
    /// BLX of a register.
    CallThrough(u16),
    /// B.
    Jump(u32),
    /// B with a condition, CBZ, CBNZ.
    JumpIf(u32),
    /// BX of a register other than LR.
    JumpThrough(u16),
    /// TBB, TBH with the table behind the instruction.
    JumpToTable {
        entry_bytes: u32,
    },
    /// TBB, TBH with the table at the address in a register.
    JumpToTableAt {
        register: u16,
        entry_bytes: u32,
    },
    /// A result written to PC.
    JumpComputed,
    /// LDR PC from this address.
    JumpToLiteral(u32),
    Return,
    /// BLXNS.
    CallNonSecure,
    /// BXNS of a register other than LR.
    JumpNonSecure,
    /// UDF.
    Stop,
}

/// What an instruction does to the stack pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StackChange {
    /// So many bytes more in use.
    Grows(i64),
    /// Another value: from a register or from a special register.
    Unknown,
}

/// A value that an instruction puts into a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    None,
    /// MOVW.
    Low(u16, u32),
    /// MOVT: the upper half.
    High(u16, u32),
    /// LDR from this address.
    Literal(u16, u32),
    /// ADR.
    Address(u16, u32),
}

/// A decoded instruction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instruction {
    pub address: u32,
    pub length_bytes: u32,
    pub flow: Flow,
    pub stack: StackChange,
    pub constant: Constant,
    /// So many instructions after this one are conditional (IT).
    pub conditional: u32,
    /// SG.
    pub gateway: bool,
}

impl Instruction {
    /// The address of what follows.
    pub fn end(&self) -> u32 {
        self.address.wrapping_add(self.length_bytes)
    }
}

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

/// An address relative to PC, which reads as the instruction's address and 4.
fn relative(address: u32, offset_bytes: i32) -> u32 {
    address.wrapping_add(4).wrapping_add_signed(offset_bytes)
}

/// The word-aligned PC and an offset.
fn literal(address: u32, offset_bytes: i32) -> u32 {
    (address.wrapping_add(4) & !3).wrapping_add_signed(offset_bytes)
}

/// The low `bits` of a value as a signed number.
fn signed(value: u32, bits: u32) -> i32 {
    (value << (32 - bits)).cast_signed() >> (32 - bits)
}

/// Bytes of the registers in a list.
fn list_bytes(list: u16) -> i64 {
    i64::from(list.count_ones()) * 4
}

fn narrow(instruction: &mut Instruction, code: u16) {
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

fn wide(instruction: &mut Instruction, first: u16, second: u16) {
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

#[cfg(test)]
mod tests;
