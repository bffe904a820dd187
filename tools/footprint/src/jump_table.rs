// SPDX-License-Identifier: Apache-2.0
//! Tables of jumps: the compiler's form of a large `match`.

use crate::elf::Image;
use crate::function::Function;
use crate::thumb::{Constant, Flow, Instruction};

/// Whether a table of branches stands directly behind a computed jump.
pub(crate) fn is_branch_table(code: &[Instruction], index: usize) -> bool {
    let table = code.get(index + 1..).unwrap_or_default();
    table.len() >= 2
        && table
            .iter()
            .take(2)
            .all(|entry| entry.length_bytes == 4 && matches!(entry.flow, Flow::Jump(_)))
}

/// How many instructions may stand between the address of a table and the jump: the compiler
/// schedules others there.
const INSTRUCTIONS_BETWEEN_MAX: usize = 8;

/// Whether an instruction before a jump puts the address of a table into the register that lies in
/// the data behind the jump, where literals may stand before it. Execution goes straight from there
/// to the jump.
pub(crate) fn has_table_behind(code: &[Instruction], index: usize, register: u16) -> bool {
    let (Some(before), Some(jump)) = (code.get(..index), code.get(index)) else {
        return false;
    };
    let end = code_behind_data(code, index).unwrap_or(u32::MAX);
    let straight = before.iter().rev().take(1 + INSTRUCTIONS_BETWEEN_MAX);
    let mut straight = straight.take_while(|one| one.flow == Flow::Next);
    straight.any(|one| {
        matches!(one.constant, Constant::Address(to, table)
            if to == register && (jump.end()..end).contains(&table))
    })
}

/// The address of the code behind the data that a jump has behind it. Where the jump ends between two
/// words, the data begin at the next word, and the assembler fills the gap with a NOP.
fn code_behind_data(code: &[Instruction], index: usize) -> Option<u32> {
    let (jump, next) = (code.get(index)?, code.get(index + 1)?);
    let is_gap = next.address == jump.end()
        && next.address % 4 == 2
        && next.length_bytes == 2
        && next.flow == Flow::Next;
    match code.get(index + 2) {
        Some(after) if is_gap && after.address != next.end() => Some(after.address),
        _ => Some(next.address),
    }
}

/// The targets in the table behind TBB or TBH: it ends where code begins again.
pub(crate) fn table_targets(
    image: &Image,
    code: &[Instruction],
    function: &Function,
    jump: &Instruction,
    entry_bytes: u32,
) -> Vec<u32> {
    let start = jump.end();
    let index = code.iter().position(|one| one.address == jump.address);
    let following = index.and_then(|index| code_behind_data(code, index));
    let end = following.map_or(function.range.end, u64::from);
    let table = image.bytes(u64::from(start)..end).unwrap_or_default();
    let entries = table.chunks_exact(if entry_bytes == 1 { 1 } else { 2 });
    let value = |entry: &[u8]| {
        entry
            .iter()
            .rev()
            .fold(0, |value, byte| value << 8 | u32::from(*byte))
    };
    entries
        .map(|entry| start.wrapping_add(2 * value(entry)))
        .collect()
}
