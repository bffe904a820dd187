// SPDX-License-Identifier: Apache-2.0
//! The configuration as types and constants. `configure` generates the implementation of an image.

use attestation::Configuration as Tokens;
use boot::Mode;
use boot::keys::Keys;
use boot::signature::Scheme;
use crypto::{Capacity, Contexts, Wanted};
use flash::Area;
use primitives::aes::BlockPairCipher;
use primitives::hash::Hash;
use psa::Quota;
use spm::{Backend, Connection};

/// A configuration. Each item is a key of `profiles/base.toml` or derived from keys.
pub trait Configuration: Sized + 'static {
    /// Addresses of memories and images.
    const MEMORY_MAP: MemoryMap;
    /// The area of the seed of random numbers, as offsets from the start of the flash.
    const ENTROPY_SEED: Area;
    /// The areas on which the boot ROM works, as offsets from the start of the flash.
    const BOOT_LAYOUT: boot::Layout;
    /// The same for the non-secure image, if it is an image of its own (`boot.image_number`).
    const NONSECURE_LAYOUT: Option<boot::Layout>;
    /// The trailer of the primary slot, with offset 0.
    const PRIMARY_TRAILER: Area;
    /// The secondary slot, with its offset from that trailer.
    const SECONDARY_SLOT: Area;

    /// `boot.loader`: whether our own boot ROM starts the image, or a loader that is the device's.
    const HAS_BOOT_ROM: bool;
    /// `boot.signature`.
    type Signature: Scheme;
    /// `boot.key` and `boot.keys`.
    type Keys: Keys;
    /// `boot.anti_rollback`.
    const ANTI_ROLLBACK: bool;
    /// `boot.upgrade`.
    const UPGRADE: Mode;
    /// `boot.recovery`.
    const RECOVERY: bool;
    /// `log.boot`.
    const BOOT_LOG: LogLevel;
    /// `log.secure`.
    const SECURE_LOG: LogLevel;

    /// `spm.backend`.
    type Model: Backend;
    /// Room for connections: `spm.connections`, or none where no service has any.
    type Connections: AsRef<[Connection]>;
    /// The initial value of the table: all free.
    const CONNECTIONS: Self::Connections;
    /// `spm.connections_per_client`.
    const CONNECTIONS_PER_CLIENT: u32;
    /// `spm.client_id_word`; `None` where the non-secure world is one client.
    const CLIENT_ID_WORD: Option<u32>;
    /// `spm.fault_action`.
    const FAULT_ACTION: FaultAction;
    /// Whether Firmware Update is among the partitions, and writes to the slots.
    const HAS_UPDATES: bool;

    /// `crypto.psa_want_*`.
    const ALGORITHMS: Wanted;
    /// Which kinds of operations of these algorithms need room.
    type Contexts: Contexts;
    /// The hashes among them.
    type Hash: Hash;
    /// `crypto.concurrent_operations`.
    type Operations: Capacity;
    /// `crypto.key_slots`.
    type KeySlots: Capacity;
    /// What operations leave of `crypto.engine_buffer_bytes`.
    type KeyMaterial: Capacity;
    /// `crypto.aes`.
    type Aes128: BlockPairCipher<Key = [u8; 16]>;
    /// The largest object of a persistent key; `None` where `crypto.persistent_keys` is false.
    const KEY_OBJECT_BYTES: Option<usize>;
    /// `crypto.operations_per_client`.
    const OPERATIONS_PER_CLIENT: Quota;
    /// `crypto.keys_per_client`.
    const KEYS_PER_CLIENT: Quota;

    /// `its.max_assets`.
    type Assets: its::AssetTable;
    /// `its.buffer_bytes`.
    type StorageBuffer: its::TransientBuffer;
    /// `its.max_asset_bytes`.
    const MAX_ASSET_BYTES: usize;
    /// `its.assets_per_client`.
    const ASSETS_PER_CLIENT: usize;
    /// `its.bytes_per_client`.
    const ASSET_BYTES_PER_CLIENT: usize;
    /// `its.foreign_flash`.
    const FOREIGN_FLASH: its::Foreign;

    /// The section `[attestation]`.
    const TOKENS: Tokens;
}

/// What an image prints: its own level and those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// Nothing; the image has no text.
    Off,
    /// Why the device does not go on.
    Error,
    /// What went wrong before, and what is refused while the device goes on.
    Warning,
    /// What was done.
    Info,
}

/// Action after a fault is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultAction {
    /// The device resets.
    Reset,
    /// The device halts, for a debugger.
    Halt,
}

/// A range of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The first address.
    pub start: u32,
    /// The first address behind the range.
    pub end: u32,
}

/// Addresses of memories and images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemoryMap {
    /// The code of the boot ROM.
    pub boot_code: Region,
    /// RAM of the boot ROM, then of the secure image.
    pub secure_ram: Region,
    /// RAM of the non-secure world.
    pub nonsecure_ram: Region,
    /// The flash.
    pub flash: Region,
    /// The slot of the running image.
    pub primary: Region,
    /// The last sector of the primary slot, with the image's trailer.
    pub trailer: Region,
    /// The flash area that belongs to the non-secure world.
    pub nonsecure_data: Region,
    /// Size of the header before the image.
    pub header_bytes: u32,
}
