// SPDX-License-Identifier: Apache-2.0
//! The name that somebody may have meant.

/// The candidate with the fewest edits to `name`; of equals, the first.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates.min_by_key(|candidate| edits(name, candidate))
}

/// The Levenshtein distance: how many characters to insert, drop or replace.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, character) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(character != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("kitten", "sitting"), 3);
        assert_eq!(edits("same", "same"), 0);
    }

    #[test]
    fn a_slip_of_the_finger_finds_its_key() {
        let candidates = [
            "crypto.concurrent_operations",
            "boot.signature",
            "spm.backend",
        ];
        assert_eq!(
            nearest("spm.backand", candidates.into_iter()),
            Some("spm.backend")
        );
        assert_eq!(
            nearest("crypto.operations", candidates.into_iter()),
            Some("crypto.concurrent_operations")
        );
        assert_eq!(nearest("x", std::iter::empty()), None);
    }
}
