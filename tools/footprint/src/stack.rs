// SPDX-License-Identifier: Apache-2.0
//! A static upper bound of the stack below a function.
//!
//! Every function's frame comes from `.stack_sizes`, every call from the machine code; the
//! bound is the deepest way through them. What cannot be bounded is an error that says why:
//! recursion, a call through a pointer whose targets the caller did not list, a function
//! without a frame size. A jump at the end of a function to another one counts the caller's
//! frame only as far as the stack pointer is not proven to be back.
//!
//! Not in the bound, because no call leads there: exceptions (add their frames and
//! handlers) and stacks that a function switches to.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};

use crate::behaviour::{Edge, behaviour};
use crate::elf::Image;
use crate::function::{self, Function};
use crate::{frames, names, symbols};

/// The deepest use of the stack below a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Bytes in use at the deepest point.
    pub bytes: u64,
    /// The calls that lead there, with the bytes that each function adds.
    pub path: Vec<(String, u64)>,
}

/// Bounds the stack from the entry of a function on, its own frame included.
///
/// `known_indirect` lists the functions that call through pointers, each with all functions
/// that it may call. Names are as for [`crate::symbol_address`].
pub fn bound(elf: &[u8], entry: &str, known_indirect: &[(&str, &[&str])]) -> Result<Bound> {
    let image = Image::parse(elf)?;
    let functions = function::all(&image)?;
    let mut search = Search {
        frames: frames::read(&image)?,
        image: &image,
        functions: &functions,
        known_indirect,
        done: BTreeMap::new(),
        open: Vec::new(),
    };
    let start = u64::from(symbols::find(&image, entry)?);
    let bytes = search.deepest(start)?;
    let mut path = Vec::new();
    let mut at = Some(start);
    while let Some(result) = at.and_then(|address| search.done.get(&address)) {
        path.push((result.name.clone(), result.added_bytes));
        at = result.next;
    }
    Ok(Bound { bytes, path })
}

/// What is known of a function and all below it.
struct Deepest {
    name: String,
    bytes: u64,
    /// The function's own part.
    added_bytes: u64,
    next: Option<u64>,
}

struct Search<'a, 'data> {
    image: &'a Image<'data>,
    functions: &'a [Function],
    frames: BTreeMap<u64, u64>,
    known_indirect: &'a [(&'a str, &'a [&'a str])],
    /// By the address of the function.
    done: BTreeMap<u64, Deepest>,
    /// The way to the function at hand.
    open: Vec<u64>,
}

impl Search<'_, '_> {
    /// The function that holds an address.
    fn function(&self, address: u64) -> Result<&Function> {
        let after = self
            .functions
            .partition_point(|function| function.range.start <= address);
        let function = after
            .checked_sub(1)
            .and_then(|index| self.functions.get(index));
        function
            .filter(|function| function.range.contains(&address))
            .with_context(|| {
                let from = self
                    .open
                    .last()
                    .map_or_else(String::new, |caller| self.name(*caller));
                format!("{from}: calls {address:#x}, where no function is")
            })
    }

    fn name(&self, address: u64) -> String {
        let found = self
            .functions
            .iter()
            .find(|function| function.range.start == address);
        found.map_or_else(|| format!("{address:#x}"), Function::name)
    }

    /// Bytes below and with a function.
    fn deepest(&mut self, address: u64) -> Result<u64> {
        // A jump into a function uses no more stack than a call of it.
        let function = self.function(address)?.clone();
        let start = function.range.start;
        if let Some(result) = self.done.get(&start) {
            return Ok(result.bytes);
        }
        if let Some(first) = self.open.iter().position(|open| *open == start) {
            let cycle = self
                .open
                .get(first..)
                .unwrap_or_default()
                .iter()
                .chain([&start]);
            let names: Vec<String> = cycle.map(|address| self.name(*address)).collect();
            bail!("recursion has no stack bound: {}", names.join(" -> "));
        }
        let found = behaviour(self.image, &function)?;
        let name = function.name();
        let frame_bytes = match self.frames.get(&start) {
            Some(bytes) => *bytes,
            None if found.only_jumps => 0,
            None => bail!(
                "{name}: no stack size; its frame has no fixed size, or it is assembly, which \
                 must write its own entry into .stack_sizes (in a section with flag \"o\", linked \
                 to the function: the linker drops others as unused)"
            ),
        };
        if found.seen_depth_bytes > frame_bytes {
            bail!(
                "{name}: .stack_sizes says {frame_bytes} bytes, but its code uses {}",
                found.seen_depth_bytes
            );
        }
        let mut edges: BTreeSet<(u64, u64)> = BTreeSet::new();
        let mut add = |edge: &Edge| {
            edges.insert((
                edge.target,
                edge.depth_bytes.unwrap_or(frame_bytes).min(frame_bytes),
            ));
        };
        found.edges.iter().for_each(&mut add);
        if let Some(site) = found.indirect {
            for target in self.indirect_targets(&function, site)? {
                add(&Edge {
                    target,
                    depth_bytes: None,
                });
            }
        }
        let own_bytes = frame_bytes + found.pushed_bytes;
        let mut result = Deepest {
            name,
            bytes: own_bytes,
            added_bytes: own_bytes,
            next: None,
        };
        self.open.push(start);
        for (target, depth_bytes) in edges {
            let bytes = depth_bytes + self.deepest(target)?;
            if bytes > result.bytes {
                let next = Some(self.function(target)?.range.start);
                result = Deepest {
                    bytes,
                    added_bytes: depth_bytes,
                    next,
                    ..result
                };
            }
        }
        self.open.pop();
        let bytes = result.bytes;
        self.done.insert(start, result);
        Ok(bytes)
    }

    /// The functions that the caller listed for calls through pointers.
    fn indirect_targets(&self, function: &Function, site: u32) -> Result<Vec<u64>> {
        let named = |pattern: &str| {
            function
                .names
                .iter()
                .any(|name| names::matches(name, pattern))
        };
        let known = self.known_indirect.iter().find(|(caller, _)| named(caller));
        let (_, targets) = known.with_context(|| {
            format!(
                "{}: calls through a pointer at {site:#x}, and its targets are not listed",
                function.name()
            )
        })?;
        targets
            .iter()
            .map(|target| symbols::find(self.image, target).map(u64::from))
            .collect()
    }
}
