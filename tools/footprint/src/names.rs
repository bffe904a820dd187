// SPDX-License-Identifier: Apache-2.0
//! Names of symbols, and what a person calls them.

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
