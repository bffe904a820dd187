// SPDX-License-Identifier: Apache-2.0
//! What the partitions are on this board: for each name under `[partitions]` of a profile a type
//! and a constant, its first state.
//!
//! A partition that the profile does not list takes no space: nothing refers to it.

use crate::config;

/// The Crypto partition.
pub type Crypto = crypto::Crypto<{ config::crypto::CONCURRENT_OPERATIONS }>;
/// No operation is open.
pub const CRYPTO: Crypto = Crypto::new();
