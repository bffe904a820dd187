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

/// Whether the instruction before a jump puts the address of a table into the register that lies in
/// the data behind the jump, where literals may stand before it.
pub(crate) fn has_table_behind(code: &[Instruction], index: usize, register: u16) -> bool {
    let (Some(before), Some(jump)) = (
        index.checked_sub(1).and_then(|i| code.get(i)),
        code.get(index),
    ) else {
        return false;
    };
    let end = code.get(index + 1).map_or(u32::MAX, |next| next.address);
    matches!(before.constant, Constant::Address(to, table)
        if to == register && (jump.end()..end).contains(&table))
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
    let following = code
        .iter()
        .map(|code| code.address)
        .find(|address| *address > jump.address);
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
