// SPDX-License-Identifier: Apache-2.0
//! Where a function stands and what a person calls it: `crypto`, `services`, `Crypto::show_key`.
//!
//! The readable form of a name spells out every generic argument, and may fill a page. What
//! is left here are the last parts of paths, without arguments.

use crate::crate_name::implementation_modules;
use crate::names::readable;

/// The crate and the modules of a function or object, and its short name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShortName {
    /// From the crate on.
    pub modules: Vec<String>,
    /// With the type or trait that it belongs to.
    pub name: String,
}

/// Takes a name from the symbol table apart.
pub(crate) fn short_name(symbol: &str) -> ShortName {
    let full = readable(symbol);
    if let Some((head, method)) = qualified(&full) {
        let (owner, of_trait) = match split_as(head) {
            Some((owner, of_trait)) => (owner, Some(of_trait)),
            None => (head, None),
        };
        let modules = implementation_modules(symbol)
            .unwrap_or_else(|| parent(&without_arguments(of_trait.unwrap_or(owner))));
        let owner = last(&without_arguments(owner));
        let owner = match of_trait {
            Some(name) => format!("<{owner} as {}>", last(&without_arguments(name))),
            None => owner,
        };
        let name = owner + &without_arguments(method);
        return ShortName { modules, name };
    }
    let plain = without_arguments(&full);
    let mut parts: Vec<&str> = plain.split("::").collect();
    // A closure has the name of its function in front.
    let named = parts.iter().rposition(|part| !part.starts_with('{'));
    let name = parts.split_off(named.unwrap_or(0)).join("::");
    let modules = parts.into_iter().map(str::to_owned).collect();
    ShortName { modules, name }
}

/// The short name of a function from its readable one.
pub fn of_readable(full: &str) -> String {
    short_name(full).name
}

/// `<HEAD>::METHOD`, taken apart; the second part begins with `::`.
fn qualified(full: &str) -> Option<(&str, &str)> {
    let end = closing(full)?;
    Some((full.get(1..end)?, full.get(end + 1..)?))
}

/// Where the bracket closes that the text begins with.
fn closing(text: &str) -> Option<usize> {
    let mut nesting = 0_u32;
    let mut before = ' ';
    for (index, character) in text.char_indices() {
        match character {
            '<' => nesting += 1,
            '>' if before != '-' => nesting = nesting.checked_sub(1)?,
            _ => {}
        }
        if nesting == 0 {
            return (index > 0).then_some(index);
        }
        before = character;
    }
    None
}

/// `TYPE as TRAIT`, taken apart outside of brackets.
fn split_as(head: &str) -> Option<(&str, &str)> {
    let mut nesting = 0_i32;
    let mut before = ' ';
    for (index, character) in head.char_indices() {
        match character {
            '<' | '(' | '[' => nesting += 1,
            '>' if before == '-' => {}
            '>' | ')' | ']' => nesting -= 1,
            ' ' if nesting == 0 => {
                if let Some(name) = head.get(index..)?.strip_prefix(" as ") {
                    return Some((head.get(..index)?, name));
                }
            }
            _ => {}
        }
        before = character;
    }
    None
}

/// A path without what stands in angle brackets.
pub(crate) fn without_arguments(path: &str) -> String {
    let mut text = String::new();
    let mut nesting = 0_u32;
    let mut before = ' ';
    for character in path.chars() {
        match character {
            '<' => {
                if nesting == 0 && text.ends_with("::") {
                    text.truncate(text.len() - 2);
                }
                nesting += 1;
            }
            '>' if before != '-' => nesting = nesting.saturating_sub(1),
            _ if nesting == 0 => text.push(character),
            _ => {}
        }
        before = character;
    }
    text
}

/// The last part of a path.
fn last(path: &str) -> String {
    path.rsplit("::").next().unwrap_or_default().to_owned()
}

/// All parts of a path but the last.
fn parent(path: &str) -> Vec<String> {
    let parts: Vec<&str> = path.split("::").collect();
    let parents = parts.split_last().map_or(&[][..], |(_, parents)| parents);
    parents.iter().map(|part| (*part).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::{short_name, without_arguments};

    #[test]
    fn modules_are_those_of_the_code() {
        for (symbol, modules, name) in [
            (
                "_RNvCs5QzH3LyIQk4_6crypto6pseudo",
                &["crypto"][..],
                "pseudo",
            ),
            (
                "_RNvMCs4CfyhUQdZ49_10primitivesNtB2_4Hash8compress",
                &["primitives"],
                "Hash::compress",
            ),
            (
                "_RNvXCs5QzH3LyIQk4_6cryptoNtB2_6CryptoNtB2_9Partition4call",
                &["crypto"],
                "<Crypto as Partition>::call",
            ),
            (
                "_RINvCs4CfyhUQdZ49_10primitives4eachNCNvXCs5QzH3LyIQk4_6cryptoNtBC_6CryptoNtBC_9Partition4call0EBC_",
                &["primitives"],
                "each",
            ),
            // The implementation stands in another module than its type.
            (
                "_RNvMNtNtCs7luGTKwaACn_6crypto8services14key_managementNtNtB4_9partition6Crypto8show_key",
                &["crypto", "services", "key_management"],
                "Crypto::show_key",
            ),
            (
                "_RNvYNtCs5QzH3LyIQk4_6crypto6CryptoNtCs4CfyhUQdZ49_3psa9Partition5twice",
                &["psa"],
                "<Crypto as Partition>::twice",
            ),
            ("memcpy", &[], "memcpy"),
            ("", &[], ""),
            ("<", &[], ""),
            ("<a", &[], ""),
            ("_RNvC99crypto", &[], "_RNvC99crypto"),
        ] {
            let found = short_name(symbol);
            assert_eq!(found.modules, modules, "{symbol}");
            assert_eq!(found.name, name, "{symbol}");
        }
    }

    #[test]
    fn arguments_go() {
        assert_eq!(without_arguments("a::B<c::D<E>>::f::<G>"), "a::B::f");
        assert_eq!(
            without_arguments("f::<fn(u8) -> u8>::{closure#0}"),
            "f::{closure#0}"
        );
    }
}
