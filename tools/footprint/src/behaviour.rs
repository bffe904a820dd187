// SPDX-License-Identifier: Apache-2.0
//! The calls of one function, and how much stack it uses at each of them.

use anyhow::{Result, bail};

use crate::depth::depths;
use crate::elf::Image;
use crate::function::Function;
use crate::jump_table::{has_table_behind, is_branch_table};
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
    let inside = |target: u32| function.range.contains(&u64::from(target));
    let depths = depths(image, &code, function);
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
