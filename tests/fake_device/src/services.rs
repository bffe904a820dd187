// SPDX-License-Identifier: Apache-2.0
//! The partitions of the fake device and the image that they make.

use std::cell::RefCell;

use crypto::{AllContexts, Configuration, Crypto, Fixed, Wanted, key_material_bytes};
use flash::{Geometry, fake::RamFlash};
use its::Its;
use primitives::aes::Aes128;
use primitives::hash_drbg::{Entropy, EntropyFailure};
use primitives::sha2::Sha2;
use primitives::sha256::Portable;
use primitives::sha512::Sha512;
use psa::service::{CRYPTO, INTERNAL_TRUSTED_STORAGE, ServiceIdentity};
use psa::{ClientId, Status};
use spm::fake::FakeMemory;
use spm::{
    Call, Connection, DeviceControl, Library, Partitions, SecureClient, Service, ServiceTable, Spm,
    System, VersionPolicy,
};

/// `PSA_LIFECYCLE_SECURED` (FF-M 1.1, `psa_rot_lifecycle_state`).
const LIFECYCLE_SECURED: u32 = 0x3000;
const ENGINE_BUFFER_BYTES: usize = 0x1800;
const MOST_OBJECTS: usize = 12;
const LARGEST_OBJECT_BYTES: usize = 512;
const STORAGE_BUFFER_BYTES: usize = 32;
const FLASH: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 0x1000,
    program_unit_bytes: 4,
};

type StoragePartition = Its<StorageSizes>;

/// The sizes of the storage.
struct StorageSizes;

impl its::Configuration for StorageSizes {
    type Flash = RamFlash;
    type Assets = its::Assets<MOST_OBJECTS>;
    type Buffer = its::Buffer<STORAGE_BUFFER_BYTES>;
    const MAX_ASSET_BYTES: usize = LARGEST_OBJECT_BYTES;
}

/// All algorithms in portable code, with persistent keys.
pub struct AllAlgorithms;

impl Configuration for AllAlgorithms {
    const WANTED: Wanted = Wanted::ALL;
    type Contexts = AllContexts;
    type Operations = Fixed<4>;
    type Keys = Fixed<8>;
    type KeyMaterial = Fixed<{ key_material_bytes::<AllAlgorithms>(ENGINE_BUFFER_BYTES) }>;
    type Hash = Sha2<Portable, Sha512>;
    type Compression = Portable;
    type Cipher = Aes128;
    type Entropy = Counter;
    const KEY_OBJECT_BYTES: Option<usize> = Some(LARGEST_OBJECT_BYTES);
}

/// Bytes that count up in place of entropy: every run of a test sees the same numbers.
#[derive(Default)]
pub struct Counter(u8);

impl Entropy for Counter {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyFailure> {
        for byte in bytes {
            self.0 = self.0.wrapping_add(1);
            *byte = self.0;
        }
        Ok(())
    }
}

/// The image.
pub struct Image;

impl System for Image {
    type Memory = FakeMemory;
    type Partitions = Services;
    type Backend = Library;
    type Device = Board;
    type Connections = [Connection; 0];
    const CONNECTIONS_PER_CLIENT: u32 = 0;
}

/// What the manager asks of a board.
pub struct Board;

impl DeviceControl for Board {
    fn lifecycle_state(&self) -> u32 {
        LIFECYCLE_SECURED
    }

    fn panic(&self) -> ! {
        panic!("a partition has failed")
    }
}

/// The state of both partitions.
pub struct Services {
    storage: RefCell<StoragePartition>,
    crypto: RefCell<Crypto<AllAlgorithms>>,
}

/// Starts the image over this non-secure memory.
pub fn start(memory: FakeMemory) -> Spm<Image> {
    let services = Services {
        storage: RefCell::new(Its::new(RamFlash::new(FLASH))),
        crypto: RefCell::new(Crypto::new(Counter::default())),
    };
    let spm = Spm::new(memory, services, Board, []);
    spm.start();
    spm
}

const STORAGE_INDEX: u8 = 0;
const CRYPTO_INDEX: u8 = 1;

const fn service(identity: &ServiceIdentity, partition: u8) -> Service {
    Service {
        sid: identity.sid,
        version: identity.version as u32,
        version_policy: VersionPolicy::Strict,
        non_secure_clients: true,
        connection_based: false,
        mapped_vectors: false,
        stateless_handle: identity.stateless_handle,
        partition,
    }
}

impl ServiceTable for Services {
    const SERVICES: &'static [Service] = &[
        service(&INTERNAL_TRUSTED_STORAGE, STORAGE_INDEX),
        service(&CRYPTO, CRYPTO_INDEX),
    ];
    const IDS: &'static [ClientId] = &[
        ClientId::new(INTERNAL_TRUSTED_STORAGE.partition_id),
        ClientId::new(CRYPTO.partition_id),
    ];
}

impl<S: System<Partitions = Self>> Partitions<S> for Services {
    fn deliver(&self, partition: u8, call: Call<'_, S>) -> Status {
        match partition {
            CRYPTO_INDEX => call.serve::<CryptoClient, _>(self.crypto.try_borrow_mut().ok()),
            _ => call.serve::<StorageClient, _>(self.storage.try_borrow_mut().ok()),
        }
    }

    fn init(&self, partition: u8, spm: &Spm<S>) -> Status {
        match partition {
            CRYPTO_INDEX => {
                spm.init_partition::<CryptoClient, _>(self.crypto.try_borrow_mut().ok())
            }
            _ => spm.init_partition::<StorageClient, _>(self.storage.try_borrow_mut().ok()),
        }
    }
}

enum CryptoClient {}

impl<S: System<Partitions = Services>> SecureClient<S> for CryptoClient {
    const ID: ClientId = ClientId::new(CRYPTO.partition_id);
    const DEPENDENCIES: &'static [u32] = &[INTERNAL_TRUSTED_STORAGE.sid];

    fn deliver(partitions: &Services, _: u8, call: Call<'_, S>) -> Status {
        call.serve::<StorageClient, _>(partitions.storage.try_borrow_mut().ok())
    }
}

enum StorageClient {}

impl<S: System<Partitions = Services>> SecureClient<S> for StorageClient {
    const ID: ClientId = ClientId::new(INTERNAL_TRUSTED_STORAGE.partition_id);
    const DEPENDENCIES: &'static [u32] = &[];
}
