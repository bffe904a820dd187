// SPDX-License-Identifier: Apache-2.0
//! Finds functions by readable names, and the calls to them.

use anyhow::{Context, Result, bail};

use crate::elf::{Image, Kind, Symbol};
use crate::function;
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

/// The readable form of a symbol's name.
pub(crate) fn readable(symbol: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(symbol))
}

/// Whether a symbol is meant by a name.
pub(crate) fn matches(symbol: &str, name: &str) -> bool {
    let full = readable(symbol);
    let ends = |full: &str| {
        full.strip_suffix(name)
            .is_some_and(|before| before.is_empty() || before.ends_with("::"))
    };
    symbol == name || ends(&full) || without_arguments(&full).is_some_and(ends)
}

/// `crate::function::<T, U>` without its generic arguments.
fn without_arguments(full: &str) -> Option<&str> {
    let inner = full.strip_suffix('>')?;
    let mut nesting = 1_u32;
    for (index, byte) in inner.bytes().enumerate().rev() {
        match byte {
            b'>' if index == 0 || inner.as_bytes().get(index - 1) != Some(&b'-') => nesting += 1,
            b'<' => nesting -= 1,
            _ => {}
        }
        if nesting == 0 {
            return inner.get(..index)?.strip_suffix("::");
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn names_match_from_a_path_boundary_on() {
        let generic = "_RINvCs4CfyhUQdZ49_10primitives4eachNCNvXCs5QzH3LyIQk4_6cryptoNtBC_6CryptoNtBC_9Partition4call0EBC_";
        assert!(matches(generic, "primitives::each"));
        assert!(matches(generic, "each"));
        assert!(!matches(generic, "ach"));
        assert!(!matches(generic, "call"));
        assert!(matches(
            "_RNvCs5QzH3LyIQk4_6crypto6pseudo",
            "crypto::pseudo"
        ));
        assert!(matches("reset", "reset"));
        assert!(!matches("reset", "set"));
        assert!(!matches("reset", ""));
    }
}
