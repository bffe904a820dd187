// SPDX-License-Identifier: Apache-2.0
//! Lengths of tags.
//!
//! Message authentication codes and authenticated encryption carry the length of their tag in
//! bits 16 to 21. Bit 15 makes the algorithm a wildcard, for a key's policy only: any tag of at
//! least this length.

use super::Algorithm;

/// Lengths of tags, of message authentication codes and of authenticated encryption alike.
impl Algorithm {
    const TAG_SHIFT: u32 = 16;
    const TAG_MASK: u32 = 0x3F << Self::TAG_SHIFT;
    pub(super) const AT_LEAST: u32 = 1 << 15;

    /// Length of the tag in bytes; zero for a MAC that is not truncated.
    #[must_use]
    pub const fn tag_bytes(self) -> usize {
        ((self.0 & Self::TAG_MASK) >> Self::TAG_SHIFT) as usize
    }

    /// The algorithm with the length of its tag removed.
    #[must_use]
    pub const fn without_tag_length(self) -> Self {
        Self(self.0 & !(Self::TAG_MASK | Self::AT_LEAST))
    }

    const fn with_tag_bytes(self, bytes: u32) -> Self {
        Self(self.without_tag_length().0 | (bytes << Self::TAG_SHIFT) & Self::TAG_MASK)
    }

    /// `PSA_ALG_TRUNCATED_MAC`: the first bytes of this MAC.
    #[must_use]
    pub const fn truncated_mac(self, bytes: u32) -> Self {
        self.with_tag_bytes(bytes)
    }

    /// `PSA_ALG_FULL_LENGTH_MAC`.
    #[must_use]
    pub const fn full_length_mac(self) -> Self {
        self.without_tag_length()
    }

    /// `PSA_ALG_AT_LEAST_THIS_LENGTH_MAC`: permits this MAC with at least this length.
    #[must_use]
    pub const fn at_least_this_length_mac(self, bytes: u32) -> Self {
        Self(self.with_tag_bytes(bytes).0 | Self::AT_LEAST)
    }

    /// `PSA_ALG_AEAD_WITH_SHORTENED_TAG`.
    #[must_use]
    pub const fn aead_with_shortened_tag(self, bytes: u32) -> Self {
        self.with_tag_bytes(bytes)
    }

    /// `PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG`: 16 bytes for all algorithms that there are.
    #[must_use]
    pub const fn aead_with_default_length_tag(self) -> Self {
        self.with_tag_bytes(16)
    }

    /// `PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG`: permits no shorter tag.
    #[must_use]
    pub const fn aead_with_at_least_this_length_tag(self, bytes: u32) -> Self {
        Self(self.with_tag_bytes(bytes).0 | Self::AT_LEAST)
    }
}
