// SPDX-License-Identifier: Apache-2.0
//! The crate that defines a function, from its mangled name (RFC 2603, "v0").
//!
//! A generic function belongs to the crate that wrote it, not to the one that instantiated
//! it; an implementation to the crate where the `impl` stands. The readable form of a name
//! has lost the second, so the mangled form is read.

/// Paths nest, and a damaged name may refer back to itself.
const MAXIMUM_DEPTH: u32 = 64;

/// The name of the crate, or nothing when the name was not mangled by rustc.
pub(crate) fn defining_crate(symbol: &str) -> Option<String> {
    let mangled = symbol.strip_prefix("_R")?;
    let start = mangled.bytes().take_while(u8::is_ascii_digit).count();
    path(mangled, start, MAXIMUM_DEPTH).or_else(|| crate_of_trait(symbol))
}

/// The crate and the modules where the implementation stands that a function belongs to; nothing
/// when it belongs to none.
pub(crate) fn implementation_modules(symbol: &str) -> Option<Vec<String>> {
    let mangled = symbol.strip_prefix("_R")?;
    let mut position = mangled.bytes().take_while(u8::is_ascii_digit).count();
    loop {
        position += match mangled.as_bytes().get(position)? {
            b'N' => 2,
            b'I' => 1,
            b'M' | b'X' => {
                let path = disambiguator(mangled, position + 1)?;
                return modules(mangled, path, MAXIMUM_DEPTH).map(|(modules, _)| modules);
            }
            _ => return None,
        };
    }
}

/// A path without generic arguments, and the position behind it.
fn modules(mangled: &str, position: usize, depth: u32) -> Option<(Vec<String>, usize)> {
    let depth = depth.checked_sub(1)?;
    match mangled.as_bytes().get(position)? {
        b'C' => {
            let (name, next) = identifier_and_next(mangled, disambiguator(mangled, position + 1)?)?;
            Some((vec![name], next))
        }
        b'N' => {
            let (mut parents, next) = modules(mangled, position + 2, depth)?;
            let (name, next) = identifier_and_next(mangled, disambiguator(mangled, next)?)?;
            parents.push(name);
            Some((parents, next))
        }
        b'B' => {
            let (target, next) = base_62(mangled, position + 1)?;
            let (parents, _) = modules(mangled, usize::try_from(target).ok()?, depth)?;
            Some((parents, next))
        }
        _ => None,
    }
}

/// Follows a path to the crate at its root.
fn path(mangled: &str, position: usize, depth: u32) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    match mangled.as_bytes().get(position)? {
        b'C' => identifier(mangled, disambiguator(mangled, position + 1)?),
        // Inherent and trait implementations: the path of the `impl` comes first.
        b'M' | b'X' => path(mangled, disambiguator(mangled, position + 1)?, depth),
        b'N' => path(mangled, position + 2, depth),
        b'I' => path(mangled, position + 1, depth),
        b'B' => {
            let (target, _) = base_62(mangled, position + 1)?;
            path(mangled, usize::try_from(target).ok()?, depth)
        }
        _ => None,
    }
}

/// A method that a trait provides (`<T as Trait>::method`): the type comes first in the
/// mangled name and may be of any form, so the readable name is searched for the trait.
fn crate_of_trait(symbol: &str) -> Option<String> {
    let readable = format!("{:#}", rustc_demangle::try_demangle(symbol).ok()?);
    let mut nesting = 0_i32;
    for (index, character) in readable.char_indices() {
        let rest = readable.get(index..)?;
        match character {
            '<' | '(' | '[' => nesting += 1,
            // The arrow of a function type closes nothing.
            '>' if readable.get(..index)?.ends_with('-') => {}
            '>' | ')' | ']' => nesting -= 1,
            ' ' if nesting == 1 => {
                if let Some(name) = rest.strip_prefix(" as ") {
                    return name.split("::").next().map(str::to_owned);
                }
            }
            _ => {}
        }
    }
    None
}

/// Skips an optional disambiguator, `s` and a number.
fn disambiguator(mangled: &str, position: usize) -> Option<usize> {
    match mangled.as_bytes().get(position)? {
        b's' => base_62(mangled, position + 1).map(|(_, next)| next),
        _ => Some(position),
    }
}

/// A number of base 62, closed by `_`; `_` alone is 0, the digits are one less than meant.
fn base_62(mangled: &str, position: usize) -> Option<(u64, usize)> {
    let digits = mangled.get(position..)?.split_once('_')?.0;
    let next = position + digits.len() + 1;
    if digits.is_empty() {
        return Some((0, next));
    }
    let value = digits.bytes().try_fold(0_u64, |value, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'z' => byte - b'a' + 10,
            b'A'..=b'Z' => byte - b'A' + 36,
            _ => return None,
        };
        value.checked_mul(62)?.checked_add(u64::from(digit))
    })?;
    Some((value.checked_add(1)?, next))
}

/// A length and as many bytes; an underscore parts them when the name begins like a number.
fn identifier(mangled: &str, position: usize) -> Option<String> {
    identifier_and_next(mangled, position).map(|(name, _)| name)
}

/// The same, and the position behind it.
fn identifier_and_next(mangled: &str, position: usize) -> Option<(String, usize)> {
    let rest = mangled.get(position..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (length, name) = rest.split_at(digits);
    let separator = usize::from(name.starts_with('_'));
    let length: usize = length.parse().ok()?;
    let name = name.get(separator..separator.checked_add(length)?)?;
    Some((name.to_owned(), position + digits + separator + length))
}

#[cfg(test)]
mod tests {
    use super::defining_crate;

    #[test]
    fn functions_belong_to_the_crate_that_wrote_them() {
        for (symbol, crate_name) in [
            ("_RNvCs5QzH3LyIQk4_6crypto6pseudo", "crypto"),
            (
                "_RNvMCs4CfyhUQdZ49_10primitivesNtB2_4Hash8compress",
                "primitives",
            ),
            (
                "_RNvXCs5QzH3LyIQk4_6cryptoNtB2_6CryptoNtB2_9Partition4call",
                "crypto",
            ),
            // A generic function of one crate with a closure of another.
            (
                "_RINvCs4CfyhUQdZ49_10primitives4eachNCNvXCs5QzH3LyIQk4_6cryptoNtBC_6CryptoNtBC_9Partition4call0EBC_",
                "primitives",
            ),
            (
                "_RNvNtCseuYeEhNicNQ_17compiler_builtins3mem6memset",
                "compiler_builtins",
            ),
            // A method that a trait of one crate provides for a type of another.
            (
                "_RNvYNtCs5QzH3LyIQk4_6crypto6CryptoNtCs4CfyhUQdZ49_3psa9Partition5twice",
                "psa",
            ),
        ] {
            assert_eq!(
                defining_crate(symbol).as_deref(),
                Some(crate_name),
                "{symbol}"
            );
        }
    }

    #[test]
    fn other_and_damaged_names_belong_to_none() {
        for symbol in [
            "",
            "memcpy",
            "_R",
            "_RNv",
            "_RNvC",
            "_RB_",
            "_RNvC99crypto",
            "_RNvCs5",
            "_RNvC0é",
        ] {
            assert!(
                defining_crate(symbol).is_none_or(|name| name.is_empty()),
                "{symbol}"
            );
        }
    }
}
