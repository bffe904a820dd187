// SPDX-License-Identifier: Apache-2.0
//! How a place is reached: the shortest chain of calls to it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use anyhow::{Result, bail};

use crate::elf::Image;
use crate::function::{self, Function};
use crate::thumb::Flow;

/// A function on the way, and the call or jump in it that leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The function.
    pub function: String,
    /// The address of the call.
    pub call_address: u32,
}

/// The calls that lead to `target`, an address without the Thumb bit: from a function that no
/// direct call reaches, on the shortest way.
///
/// # Errors
/// The file can't be read, or nothing calls the target.
pub fn chain(elf: &[u8], target: u32) -> Result<Vec<Link>> {
    let image = Image::parse(elf)?;
    let functions = function::all(&image)?;
    let callers = callers(&image, &functions)?;
    // From the target upwards: the link of each function that is reached first is on a shortest way.
    let mut ways: BTreeMap<usize, (Link, Option<usize>)> = BTreeMap::new();
    let mut open = VecDeque::from([(u64::from(target), None)]);
    let mut seen = BTreeSet::new();
    while let Some((address, below)) = open.pop_front() {
        let mut is_called = false;
        for (caller, call_address) in callers.get(&address).into_iter().flatten() {
            if below == Some(*caller) {
                continue;
            }
            is_called = true;
            if !seen.insert(*caller) {
                continue;
            }
            let Some(function) = functions.get(*caller) else {
                continue;
            };
            let link = Link {
                function: function.name(),
                call_address: *call_address,
            };
            ways.insert(*caller, (link, below));
            open.push_back((function.range.start, Some(*caller)));
        }
        if let (false, Some(root)) = (is_called, below) {
            return Ok(down(&ways, root));
        }
    }
    bail!("nothing calls {target:#x}");
}

/// From a function down to the target.
fn down(ways: &BTreeMap<usize, (Link, Option<usize>)>, root: usize) -> Vec<Link> {
    let mut links = Vec::new();
    let mut at = Some(root);
    while let Some((link, below)) = at.and_then(|function| ways.get(&function)) {
        links.push(link.clone());
        at = *below;
    }
    links
}

/// By the function or place that is called: who calls it, by its number, and from where.
fn callers(image: &Image, functions: &[Function]) -> Result<BTreeMap<u64, Vec<(usize, u32)>>> {
    let mut callers: BTreeMap<u64, Vec<(usize, u32)>> = BTreeMap::new();
    for (number, function) in functions.iter().enumerate() {
        for instruction in function.instructions(image)? {
            let target = match instruction.flow {
                Flow::Call(target) | Flow::Jump(target) | Flow::JumpIf(target) => Some(target),
                Flow::JumpToLiteral(from) => image.word(u64::from(from)).map(|word| word & !1),
                _ => None,
            };
            let Some(target) = target.map(u64::from) else {
                continue;
            };
            if !function.range.contains(&target) {
                let known = callers.entry(target).or_default();
                known.push((number, instruction.address));
            }
        }
    }
    Ok(callers)
}
