// SPDX-License-Identifier: Apache-2.0
//! Ranges of addresses that are always well formed.

/// A range of at least one byte that ends within the address space: a base and length that
/// wrap around can't be represented. [`crate::Memory::permits`] checks access to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddressRange {
    first: u32,
    last: u32,
}

impl AddressRange {
    /// The range of `length_bytes` from `base`; `None` if it is empty or wraps around.
    #[must_use]
    pub const fn new(base: u32, length_bytes: u32) -> Option<Self> {
        let Some(span) = length_bytes.checked_sub(1) else {
            return None;
        };
        let Some(last) = base.checked_add(span) else {
            return None;
        };
        Some(Self { first: base, last })
    }

    /// Address of the first byte.
    #[must_use]
    pub const fn first(&self) -> u32 {
        self.first
    }

    /// Address of the last byte, which belongs to the range.
    #[must_use]
    pub const fn last(&self) -> u32 {
        self.last
    }

    /// Whether a byte belongs to both ranges.
    #[must_use]
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_last_byte_of_the_address_space_can_be_named_and_no_further() {
        let range = AddressRange::new(0xFFFF_FFF0, 16);
        assert_eq!(range.map(|range| range.last()), Some(u32::MAX));
        assert_eq!(AddressRange::new(0xFFFF_FFF0, 17), None);
        assert_eq!(
            AddressRange::new(1, u32::MAX).map(|range| range.last()),
            Some(u32::MAX)
        );
        assert_eq!(AddressRange::new(2, u32::MAX), None);
    }

    #[test]
    fn nothing_is_no_range() {
        assert_eq!(AddressRange::new(0, 0), None);
        assert_eq!(AddressRange::new(u32::MAX, 0), None);
    }

    proptest! {
        #[test]
        fn overlap_is_a_shared_byte(a in 0u32..64, n in 1u32..32, b in 0u32..64, m in 1u32..32,
                                    shift in prop_oneof![Just(0), Just(u32::MAX - 96)]) {
            let left = AddressRange::new(a + shift, n).unwrap();
            let right = AddressRange::new(b + shift, m).unwrap();
            let shared = (a..a + n).any(|byte| (b..b + m).contains(&byte));
            prop_assert_eq!(left.overlaps(&right), shared);
            prop_assert_eq!(right.overlaps(&left), shared);
        }
    }
}
