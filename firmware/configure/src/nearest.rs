// SPDX-License-Identifier: Apache-2.0
//! The name that a misspelt one is nearest to.

/// The candidate with the fewest edits to `name`; of equals, the first.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates.min_by_key(|candidate| strsim::levenshtein(name, candidate))
}

#[cfg(test)]
mod tests {
    use super::*;

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
