// SPDX-License-Identifier: Apache-2.0
//! Finds functions by readable names, and the calls to them.

use anyhow::{Context, Result, bail};

use crate::elf::{Image, Kind, Symbol};
use crate::function;
use crate::names::{matches, readable};
use crate::thumb::Flow;

/// The address of the one function or object with this name, without the Thumb bit.
///
/// A name matches when it is the symbol's own (`reset`), its readable form, or the end of
/// that from a `::` on (`boot::verify::hash_image`); generic arguments at the end may be
/// left out.
pub fn symbol_address(elf: &[u8], name: &str) -> Result<u32> {
    find(&Image::parse(elf)?, name)
}

/// The addresses to which direct calls (BL) of a function return, in ascending order.
///
/// Empty when the function is only jumped to; an error when no such function exists, for
/// example because it was inlined.
pub fn call_sites(elf: &[u8], function: &str) -> Result<Vec<u32>> {
    let image = Image::parse(elf)?;
    let target = find(&image, function)?;
    let mut sites = Vec::new();
    for function in function::all(&image)? {
        for instruction in function.instructions(&image)? {
            if instruction.flow == Flow::Call(target) {
                sites.push(instruction.end());
            }
        }
    }
    sites.dedup();
    Ok(sites)
}

/// As [`symbol_address`].
pub(crate) fn find(image: &Image, name: &str) -> Result<u32> {
    let sought = |symbol: &&Symbol| {
        // A label in data is a mark of the linker script, which a name may also mean.
        (symbol.kind != Kind::Label || symbol.name == name) && matches(&symbol.name, name)
    };
    let found: Vec<&Symbol> = image.symbols.iter().filter(sought).collect();
    let first = found
        .first()
        .with_context(|| format!("no function {name} in the file: it was inlined or removed"))?;
    if found.iter().any(|symbol| symbol.address != first.address) {
        let names: Vec<String> = found.iter().map(|symbol| readable(&symbol.name)).collect();
        bail!("{name} is not one function: {}", names.join(", "));
    }
    Ok(u32::try_from(first.address & !1)?)
}
