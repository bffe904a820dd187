// SPDX-License-Identifier: Apache-2.0
//! `psa_key_derivation_step_t`: which input of a key derivation (PSA Crypto API 1.2, "Input step
//! types"; numbers of TF-M v2.3).

/// `psa_key_derivation_step_t`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step(pub u16);

impl Step {
    /// `PSA_KEY_DERIVATION_INPUT_SECRET`.
    pub const SECRET: Self = Self(0x0101);
    /// `PSA_KEY_DERIVATION_INPUT_PASSWORD`.
    pub const PASSWORD: Self = Self(0x0102);
    /// `PSA_KEY_DERIVATION_INPUT_OTHER_SECRET`.
    pub const OTHER_SECRET: Self = Self(0x0103);
    /// `PSA_KEY_DERIVATION_INPUT_LABEL`.
    pub const LABEL: Self = Self(0x0201);
    /// `PSA_KEY_DERIVATION_INPUT_SALT`.
    pub const SALT: Self = Self(0x0202);
    /// `PSA_KEY_DERIVATION_INPUT_INFO`.
    pub const INFO: Self = Self(0x0203);
    /// `PSA_KEY_DERIVATION_INPUT_SEED`.
    pub const SEED: Self = Self(0x0204);
    /// `PSA_KEY_DERIVATION_INPUT_COST`.
    pub const COST: Self = Self(0x0205);
    /// `PSA_KEY_DERIVATION_INPUT_CONTEXT`.
    pub const CONTEXT: Self = Self(0x0206);
}
