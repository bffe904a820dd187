// SPDX-License-Identifier: Apache-2.0
//! The lengths of files: a longer one holds more than one subject.

use crate::files::Source;

/// The most lines that a file may have, be it of tests or not.
pub const MAXIMUM_LINES: usize = 400;

/// Lengths of the Rust files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// Half of the files that are not tests have fewer lines.
    pub median: usize,
    /// Lines of the longest of them.
    pub longest: usize,
    /// How many there are.
    pub files: usize,
}

/// Measures the Rust files that are not tests.
pub fn measure(sources: &[Source]) -> Lengths {
    let is_measured = |source: &&Source| source.name.ends_with(".rs") && !source.is_test();
    let mut lines: Vec<_> = sources
        .iter()
        .filter(is_measured)
        .map(Source::lines)
        .collect();
    lines.sort_unstable();
    Lengths {
        median: lines.get(lines.len() / 2).copied().unwrap_or(0),
        longest: lines.last().copied().unwrap_or(0),
        files: lines.len(),
    }
}

/// Files of any kind that are too long.
pub fn findings(sources: &[Source]) -> Vec<String> {
    let long = sources.iter().filter_map(|source| {
        let lines = source.lines();
        (lines > MAXIMUM_LINES).then(|| {
            let name = &source.name;
            format!("{name}: {lines} lines, {MAXIMUM_LINES} allowed: divide it by subject")
        })
    });
    long.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(name: &str, lines: usize) -> Source {
        Source {
            name: name.into(),
            text: "x\n".repeat(lines),
        }
    }

    #[test]
    fn a_long_file_is_found() {
        assert!(findings(&[source("a.rs", MAXIMUM_LINES)]).is_empty());
        let found = findings(&[source("client/a.c", MAXIMUM_LINES + 1)]);
        assert_eq!(found.len(), 1);
        assert!(findings(&[source("tests/a.c", MAXIMUM_LINES)]).is_empty());
        assert_eq!(findings(&[source("tests/a.c", MAXIMUM_LINES + 1)]).len(), 1);
        assert!(found[0].starts_with("client/a.c: "));
    }

    #[test]
    fn tests_are_left_out_of_the_median() {
        let sources = [
            source("a/src/x.rs", 10),
            source("a/src/y.rs", 20),
            source("a/src/z.rs", 30),
            source("a/tests/t.rs", 400),
            source("a/src/x/tests.rs", 400),
            source("a/x.c", 400),
        ];
        let expected = Lengths {
            median: 20,
            longest: 30,
            files: 3,
        };
        assert_eq!(measure(&sources), expected);
    }
}
