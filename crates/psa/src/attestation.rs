// SPDX-License-Identifier: Apache-2.0
//! The calls of Initial Attestation (PSA Attestation API 1.0, "API reference"; message types and
//! vectors as in TF-M v2.3).
//!
//! | type | request | in | out |
//! |---|---|---|---|
//! | 1001 | `psa_initial_attest_get_token` | challenge | token |
//! | 1002 | `psa_initial_attest_get_token_size` | size of the challenge | size of the token |
//!
//! Sizes have four bytes, little endian.

/// Message type of `psa_initial_attest_get_token`.
pub const GET_TOKEN: i16 = 1001;
/// Message type of `psa_initial_attest_get_token_size`.
pub const GET_TOKEN_SIZE: i16 = 1002;
