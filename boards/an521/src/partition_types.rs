// SPDX-License-Identifier: Apache-2.0
//! What the partitions are on this board: for each name under `[partitions]` of a profile a type
//! and a constant, its first state.
//!
//! A partition that the profile does not list takes no space: nothing refers to it.

use armv8m::retained::RetainedRecord;

use crate::{config, memory_map};

/// The Crypto partition.
pub type Crypto = crypto::Crypto<{ config::crypto::CONCURRENT_OPERATIONS }>;
/// No operation is open.
pub const CRYPTO: Crypto = Crypto::new();

/// The Diagnostics partition.
pub type Diagnostics = diagnostics::service::Diagnostics<RetainedRecord>;
/// It reads what a fault has left.
pub const DIAGNOSTICS: Diagnostics = Diagnostics::new(memory_map::FAULT_MEMORY);

/// The partition of `docs/adding-a-service.md`, for this many clients.
pub type Echo = echo_partition::Echo<4>;
/// Nobody has called.
pub const ECHO: Echo = Echo::new();
