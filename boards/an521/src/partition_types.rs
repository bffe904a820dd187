// SPDX-License-Identifier: Apache-2.0
//! What the partitions are on this board: for each name under `[partitions]` of a profile a type
//! and a constant, its first state.
//!
//! A partition that the profile does not list takes no space: nothing refers to it.

use crate::crypto_backend::CryptoBackend;
use crate::{config, entropy_source, memory_map};

/// The Crypto partition.
pub type Crypto = crypto::Crypto<CryptoBackend>;
/// There is no key, and no operation is open.
pub const CRYPTO: Crypto = Crypto::new(entropy_source::entropy(memory_map::ENTROPY_SEED));

/// The Diagnostics partition.
pub type Diagnostics = diagnostics::service::Diagnostics<memory_map::FaultMemory>;
/// It reads what a fault has left.
pub const DIAGNOSTICS: Diagnostics = Diagnostics::new(memory_map::FAULT_MEMORY);

/// What the profile says of Internal Trusted Storage.
#[derive(Debug)]
pub struct StorageConfiguration;

impl its::Configuration for StorageConfiguration {
    type Flash = memory_map::TrustedStorage;
    type Assets = its::Assets<{ config::its::MAX_ASSETS }>;
    type Buffer = its::Buffer<{ config::its::BUFFER_BYTES }>;
    const MAX_ASSET_BYTES: usize = config::its::MAX_ASSET_BYTES;
    const ASSETS_PER_CLIENT: usize = config::its::ASSETS_PER_CLIENT;
    const BYTES_PER_CLIENT: usize = config::its::BYTES_PER_CLIENT;
    const FOREIGN: its::Foreign = match config::its::FOREIGN_FLASH {
        config::its::ForeignFlash::Format => its::Foreign::Format,
        config::its::ForeignFlash::Refuse => its::Foreign::Refuse,
    };
}

/// The Internal Trusted Storage partition.
pub type Its = its::Its<StorageConfiguration>;
/// It reads its flash at the first call.
pub const ITS: Its = Its::new(memory_map::TRUSTED_STORAGE);

/// The Initial Attestation partition.
pub type Attestation = attestation::Attestation<crate::evidence::Evidence>;
/// It looks for its evidence when it starts.
pub const ATTESTATION: Attestation = Attestation::new();

/// The Firmware Update partition.
pub type FirmwareUpdate = firmware_update::FirmwareUpdate<crate::updates::Updates>;
/// No update has begun.
pub const FIRMWARE_UPDATE: FirmwareUpdate = FirmwareUpdate::new(memory_map::UPDATE_AREA);

/// The partition of `docs/adding-a-service.md`, for this many clients.
pub type Echo = echo_partition::Echo<4>;
/// Nobody has called.
pub const ECHO: Echo = Echo::new();
