// SPDX-License-Identifier: Apache-2.0
//! Categories of algorithms, and wildcards.

use super::Algorithm;

/// Categories and wildcards.
impl Algorithm {
    const CATEGORY_MASK: u32 = 0x7F00_0000;
    const CATEGORY_HASH: u32 = 0x0200_0000;
    const CATEGORY_MAC: u32 = 0x0300_0000;
    const CATEGORY_CIPHER: u32 = 0x0400_0000;
    const CATEGORY_AEAD: u32 = 0x0500_0000;
    const CATEGORY_SIGN: u32 = 0x0600_0000;
    const CATEGORY_KEY_DERIVATION: u32 = 0x0800_0000;
    const CATEGORY_KEY_AGREEMENT: u32 = 0x0900_0000;
    const CATEGORY_PAKE: u32 = 0x0A00_0000;
    pub(super) const HASH_MASK: u32 = 0xFF;
    const MAC_KIND_MASK: u32 = 0x00C0_0000;
    const HMAC_KIND: u32 = 0x0080_0000;
    pub(super) const HMAC_BASE: u32 = Self::CATEGORY_MAC | Self::HMAC_KIND;

    const fn is_of(self, category: u32) -> bool {
        self.0 & Self::CATEGORY_MASK == category
    }

    /// `PSA_ALG_IS_HASH`.
    #[must_use]
    pub const fn is_hash(self) -> bool {
        self.is_of(Self::CATEGORY_HASH)
    }

    /// `PSA_ALG_IS_MAC`.
    #[must_use]
    pub const fn is_mac(self) -> bool {
        self.is_of(Self::CATEGORY_MAC)
    }

    /// Whether it is of one of the specification's categories; [`Self::NONE`] is not.
    #[must_use]
    pub const fn has_category(self) -> bool {
        let category = self.0 & Self::CATEGORY_MASK;
        category >= Self::CATEGORY_HASH && category <= Self::CATEGORY_PAKE
    }

    /// `PSA_ALG_IS_HMAC`.
    #[must_use]
    pub const fn is_hmac(self) -> bool {
        self.is_mac() && self.0 & Self::MAC_KIND_MASK == Self::HMAC_KIND
    }

    /// The hash that is part of the algorithm (`PSA_ALG_GET_HASH`, `PSA_ALG_HMAC_GET_HASH`).
    #[must_use]
    pub const fn hash(self) -> Self {
        Self(Self::CATEGORY_HASH | self.0 & Self::HASH_MASK)
    }

    /// `PSA_ALG_IS_CIPHER`.
    #[must_use]
    pub const fn is_cipher(self) -> bool {
        self.is_of(Self::CATEGORY_CIPHER)
    }

    /// `PSA_ALG_IS_AEAD`.
    #[must_use]
    pub const fn is_aead(self) -> bool {
        self.is_of(Self::CATEGORY_AEAD)
    }

    /// `PSA_ALG_IS_SIGN`.
    #[must_use]
    pub const fn is_sign(self) -> bool {
        self.is_of(Self::CATEGORY_SIGN)
    }

    /// `PSA_ALG_IS_KEY_DERIVATION`.
    #[must_use]
    pub const fn is_key_derivation(self) -> bool {
        self.is_of(Self::CATEGORY_KEY_DERIVATION)
    }

    /// `PSA_ALG_IS_KEY_AGREEMENT`.
    #[must_use]
    pub const fn is_key_agreement(self) -> bool {
        self.is_of(Self::CATEGORY_KEY_AGREEMENT)
    }

    /// The wildcard that includes a signature algorithm: the same with any hash.
    #[must_use]
    pub const fn with_any_hash(self) -> Self {
        Self(self.0 | Self::HASH_MASK)
    }

    /// `PSA_ALG_IS_WILDCARD`: it permits several algorithms and is not an algorithm itself.
    #[must_use]
    pub const fn is_wildcard(self) -> bool {
        if self.is_mac() || self.is_aead() || self.0 == Self::CCM_STAR_ANY_TAG.0 {
            self.0 & Self::AT_LEAST != 0
        } else {
            (self.is_hash() || self.is_of(Self::CATEGORY_SIGN))
                && self.0 & Self::HASH_MASK == Self::ANY_HASH.0 & Self::HASH_MASK
        }
    }
}
