// SPDX-License-Identifier: Apache-2.0
//! The calls of one function, and how much stack it uses at each of them.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use crate::elf::Image;
use crate::function::Function;
use crate::thumb::{Constant, Flow, Instruction, StackChange};

/// Bytes that the processor pushes when secure code calls non-secure code (DDI 0553, B3.17).
const NON_SECURE_CALL_BYTES: u64 = 8;

/// A call or a jump out of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Edge {
    pub target: u64,
    /// Stack of the caller that stays in use, where that is proven; else all of its frame.
    pub depth_bytes: Option<u64>,
}

/// What a function does with the stack and with control.
#[derive(Debug, Default)]
pub(crate) struct Behaviour {
    pub edges: Vec<Edge>,
    /// An address of a call through a register whose value is not evident.
    pub indirect: Option<u32>,
    /// Bytes that the processor pushes below the frame.
    pub pushed_bytes: u64,
    /// The most stack that was seen in use; more may be where the depth is not evident.
    pub seen_depth_bytes: u64,
    /// Only passes control on: a veneer of the linker, a secure gateway.
    pub only_jumps: bool,
}

/// Reads a function's instructions.
pub(crate) fn behaviour(image: &Image, function: &Function) -> Result<Behaviour> {
    let code = function.instructions(image)?;
    let conditional = conditional(&code);
    let inside = |target: u32| function.range.contains(&u64::from(target));
    let depths = Walk {
        image,
        code: &code,
        conditional: &conditional,
        function,
    }
    .depths();
    let mut found = Behaviour {
        seen_depth_bytes: depths
            .values()
            .filter_map(|depth| *depth)
            .max()
            .unwrap_or(0),
        ..Behaviour::default()
    };
    let mut passes = 0_usize;
    for (index, instruction) in code.iter().enumerate() {
        let depth_bytes = depths.get(&instruction.address).copied().flatten();
        let mut tail = |target: u32| {
            if !inside(target) {
                found.edges.push(Edge {
                    target: u64::from(target),
                    depth_bytes,
                });
            }
        };
        match instruction.flow {
            Flow::Next => {
                passes += usize::from(
                    instruction.gateway
                        || (instruction.constant != Constant::None
                            && instruction.stack == StackChange::Grows(0)),
                );
                let end = instruction.end();
                let last = u64::from(end) >= function.range.end;
                if last && depths.contains_key(&instruction.address) {
                    // Falls into what follows.
                    tail(end);
                }
            }
            Flow::Jump(target) | Flow::JumpIf(target) => tail(target),
            Flow::Call(target) => {
                found.edges.push(Edge {
                    target: u64::from(target),
                    depth_bytes: None,
                });
            }
            Flow::JumpToLiteral(from) => match image.word(u64::from(from)) {
                Some(target) => tail(target & !1),
                None => found.indirect = Some(instruction.address),
            },
            Flow::CallThrough(register) | Flow::JumpThrough(register) => {
                let before = code.get(..index).unwrap_or_default();
                match register_value(image, before, register) {
                    Some(target) if matches!(instruction.flow, Flow::JumpThrough(_)) => {
                        tail(target & !1)
                    }
                    Some(target) => {
                        let target = u64::from(target & !1);
                        found.edges.push(Edge {
                            target,
                            depth_bytes: None,
                        });
                    }
                    None => found.indirect = Some(instruction.address),
                }
            }
            // A table of branches directly behind: the compiler's largest form of `match`.
            Flow::JumpComputed if is_branch_table(&code, index) => {}
            Flow::JumpToTableAt { register, .. } if has_table_behind(&code, index, register) => {}
            Flow::JumpComputed | Flow::JumpToTableAt { .. } => {
                found.indirect = Some(instruction.address);
            }
            Flow::CallNonSecure => found.pushed_bytes = NON_SECURE_CALL_BYTES,
            Flow::JumpToTable { .. } | Flow::Return | Flow::JumpNonSecure | Flow::Stop => {}
        }
    }
    found.only_jumps = passes + 1 == code.len() && found.edges.len() == 1;
    let (start, end) = (function.range.start + 1, function.range.end);
    if let Some(edge) = found
        .edges
        .iter()
        .find(|edge| (start..end).contains(&edge.target))
    {
        bail!(
            "{}: calls a place inside itself, {:#x}",
            function.name(),
            edge.target
        );
    }
    Ok(found)
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

fn is_branch_table(code: &[Instruction], index: usize) -> bool {
    let table = code.get(index + 1..).unwrap_or_default();
    table.len() >= 2
        && table
            .iter()
            .take(2)
            .all(|entry| entry.length_bytes == 4 && matches!(entry.flow, Flow::Jump(_)))
}

/// Whether the instruction before a jump puts the address of a table into the register that lies in
/// the data behind the jump, where literals may stand before it.
fn has_table_behind(code: &[Instruction], index: usize, register: u16) -> bool {
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

/// The constant in a register, when the instructions just before put it there.
fn register_value(image: &Image, before: &[Instruction], register: u16) -> Option<u32> {
    let (last, rest) = before.split_last()?;
    match last.constant {
        Constant::Literal(to, from) if to == register => image.word(u64::from(from)),
        Constant::High(to, high) if to == register => match rest.last()?.constant {
            Constant::Low(to, low) if to == register => Some(high | low),
            _ => None,
        },
        _ => None,
    }
}

/// Follows the stack pointer along every way through a function.
struct Walk<'a, 'data> {
    image: &'a Image<'data>,
    code: &'a [Instruction],
    conditional: &'a [bool],
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

    /// The targets in the table behind TBB or TBH: it ends where code begins again.
    fn table_targets(&self, jump: &Instruction, entry_bytes: u32) -> Vec<u32> {
        let start = jump.end();
        let following = self
            .code
            .iter()
            .map(|code| code.address)
            .find(|address| *address > jump.address);
        let end = following.map_or(self.function.range.end, u64::from);
        let table = self.image.bytes(u64::from(start)..end).unwrap_or_default();
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
}
