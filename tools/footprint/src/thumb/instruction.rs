// SPDX-License-Identifier: Apache-2.0
//! What an instruction does, as far as calls and the stack pointer are concerned.

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
    /// This number of bytes more in use.
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
    /// This number of following instructions is conditional (IT).
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
