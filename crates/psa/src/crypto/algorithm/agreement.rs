// SPDX-License-Identifier: Apache-2.0
//! A key agreement, with or without a derivation from its secret.

use super::Algorithm;

/// Key agreement.
impl Algorithm {
    const KEY_DERIVATION_MASK: u32 = 0xFE80_FFFF;
    const KEY_AGREEMENT_MASK: u32 = 0xFF7F_0000;

    /// `PSA_ALG_KEY_AGREEMENT`: this agreement, and a derivation from its secret.
    #[must_use]
    pub const fn with_derivation(self, derivation: Self) -> Self {
        Self(self.0 | derivation.0)
    }

    /// `PSA_ALG_KEY_AGREEMENT_GET_KDF`; a key derivation returns itself.
    #[must_use]
    pub const fn derivation(self) -> Self {
        if self.is_key_agreement() {
            Self(self.0 & Self::KEY_DERIVATION_MASK)
        } else {
            self
        }
    }

    /// `PSA_ALG_KEY_AGREEMENT_GET_BASE`: the agreement without a derivation.
    #[must_use]
    pub const fn agreement(self) -> Self {
        Self(self.0 & Self::KEY_AGREEMENT_MASK)
    }
}
