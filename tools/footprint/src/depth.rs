// SPDX-License-Identifier: Apache-2.0
//! How much stack a function uses before each of its instructions.

use std::collections::BTreeMap;

use crate::elf::Image;
use crate::function::Function;
use crate::jump_table::{has_table_behind, is_branch_table, table_targets};
use crate::thumb::{Flow, Instruction, StackChange};

/// Bytes in use before each instruction that is reached; `None` where that is not evident.
pub(crate) fn depths(
    image: &Image,
    code: &[Instruction],
    function: &Function,
) -> BTreeMap<u32, Option<u64>> {
    let walk = Walk {
        image,
        code,
        conditional: conditional(code),
        function,
    };
    walk.depths()
}

/// Whether each instruction stands in an IT block.
fn conditional(code: &[Instruction]) -> Vec<bool> {
    let mut left = 0_u32;
    let mut flags = Vec::with_capacity(code.len());
    for instruction in code {
        flags.push(left > 0);
        left = left.saturating_sub(1).max(instruction.conditional);
    }
    flags
}

/// Follows the stack pointer along every way through a function.
struct Walk<'a, 'data> {
    image: &'a Image<'data>,
    code: &'a [Instruction],
    conditional: Vec<bool>,
    function: &'a Function,
}

impl Walk<'_, '_> {
    /// Bytes in use before each instruction that is reached; `None` where not evident.
    fn depths(&self) -> BTreeMap<u32, Option<u64>> {
        let mut depths: BTreeMap<u32, Option<u64>> = BTreeMap::new();
        let Some(first) = self.code.first() else {
            return depths;
        };
        let mut open = vec![(first.address, Some(0))];
        while let Some((address, depth)) = open.pop() {
            let joined = match depths.get(&address) {
                Some(known) if *known == depth || known.is_none() => continue,
                Some(_) => None,
                None => depth,
            };
            let Ok(index) = self
                .code
                .binary_search_by_key(&address, |code| code.address)
            else {
                continue;
            };
            depths.insert(address, joined);
            let (Some(instruction), Some(conditional)) =
                (self.code.get(index), self.conditional.get(index).copied())
            else {
                continue;
            };
            let after = match instruction.stack {
                StackChange::Grows(0) => joined,
                _ if conditional && instruction.flow == Flow::Next => None,
                StackChange::Grows(bytes) => {
                    joined.and_then(|depth| depth.checked_add_signed(bytes))
                }
                StackChange::Unknown => None,
            };
            let next = instruction.end();
            let (falls, targets) = self.successors(index, instruction);
            if conditional && !falls {
                // Not executed, it changes nothing.
                open.push((next, joined));
            } else if falls {
                open.push((next, after));
            }
            open.extend(targets.into_iter().map(|target| (target, after)));
        }
        depths
    }

    /// Whether the next instruction follows, and the other places inside the function.
    fn successors(&self, index: usize, instruction: &Instruction) -> (bool, Vec<u32>) {
        match instruction.flow {
            Flow::Next | Flow::Call(_) | Flow::CallThrough(_) | Flow::CallNonSecure => {
                (true, Vec::new())
            }
            Flow::JumpIf(target) => (true, vec![target]),
            Flow::Jump(target) => (false, vec![target]),
            Flow::JumpToTable { entry_bytes } => {
                (false, self.table_targets(instruction, entry_bytes))
            }
            // What stands before the table leads nowhere, or to more ways than there are.
            Flow::JumpToTableAt {
                register,
                entry_bytes,
            } if has_table_behind(self.code, index, register) => {
                (false, self.table_targets(instruction, entry_bytes))
            }
            Flow::JumpComputed if is_branch_table(self.code, index) => {
                let table = self.code.get(index + 1..).unwrap_or_default();
                let entries = table.iter().take_while(|entry| {
                    entry.length_bytes == 4 && matches!(entry.flow, Flow::Jump(_))
                });
                (false, entries.map(|entry| entry.address).collect())
            }
            _ => (false, Vec::new()),
        }
    }

    fn table_targets(&self, jump: &Instruction, entry_bytes: u32) -> Vec<u32> {
        table_targets(self.image, self.code, self.function, jump, entry_bytes)
    }
}
