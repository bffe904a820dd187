// SPDX-License-Identifier: Apache-2.0
//! The standard partitions on a board and in a configuration: their manifests name these types
//! and, in `rust_state`, how each begins.
//!
//! A partition that the profile does not list takes no space: nothing refers to it.

mod builtin_keys;
mod crypto;
mod evidence;
mod storage;
mod updates;

pub use self::crypto::CryptoOf;
pub use evidence::EvidenceOf;
pub use storage::StorageOf;
pub use updates::UpdatesOf;

use crate::Board;

/// The Crypto partition.
pub type Crypto<B, C> = ::crypto::Crypto<CryptoOf<B, C>>;
/// The Diagnostics partition.
pub type Diagnostics<B> = diagnostics::service::Diagnostics<<B as Board>::FaultMemory>;
/// The Initial Attestation partition.
pub type Attestation<B, C> = attestation::Attestation<EvidenceOf<B, C>>;
/// The Internal Trusted Storage partition.
pub type Its<B, C> = its::Its<StorageOf<B, C>>;
/// The Firmware Update partition.
pub type FirmwareUpdate<B, C> = firmware_update::FirmwareUpdate<UpdatesOf<B, C>>;
