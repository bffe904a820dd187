// SPDX-License-Identifier: Apache-2.0
//! An image of two partitions: Crypto, and the storage that it depends on.

use std::{cell::RefCell, marker::PhantomData};

use crypto::{Configuration, Crypto};
use psa::{
    ClientId, Partition, Status,
    service::{CRYPTO, INTERNAL_TRUSTED_STORAGE, ServiceIdentity},
};
use spm::{
    Call, Connection, DeviceControl, Library, Partitions, SecureClient, Service, ServiceTable, Spm,
    System, VersionPolicy, fake::FakeMemory,
};

const STORAGE_INDEX: u8 = 0;
const CRYPTO_INDEX: u8 = 1;

/// `PSA_LIFECYCLE_SECURED` (FF-M 1.1, `psa_rot_lifecycle_state`).
const LIFECYCLE_SECURED: u32 = 0x3000;

/// The image: Crypto in configuration `C`, and the storage partition `T`.
pub struct Image<C, T>(PhantomData<(C, T)>);

impl<C: Configuration, T: Partition> System for Image<C, T> {
    type Memory = FakeMemory;
    type Partitions = Both<C, T>;
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
pub struct Both<C: Configuration, T> {
    crypto: RefCell<Crypto<C>>,
    storage: RefCell<T>,
}

/// The manager of an image, which is not started yet.
pub fn spm<C: Configuration, T: Partition>(
    memory: FakeMemory,
    entropy: C::Entropy,
    storage: T,
) -> Spm<Image<C, T>> {
    let both = Both {
        crypto: RefCell::new(Crypto::new(entropy)),
        storage: RefCell::new(storage),
    };
    Spm::new(memory, both, Board, [])
}

enum CryptoClient {}

impl<C: Configuration, T: Partition, S: System<Partitions = Both<C, T>>> SecureClient<S>
    for CryptoClient
{
    const ID: ClientId = ClientId::new(CRYPTO.partition_id);
    const DEPENDENCIES: &'static [u32] = &[INTERNAL_TRUSTED_STORAGE.sid];

    fn deliver(partitions: &Both<C, T>, _: u8, call: Call<'_, S>) -> Status {
        call.serve::<StorageClient, _>(partitions.storage.try_borrow_mut().ok())
    }
}

enum StorageClient {}

impl<C: Configuration, T: Partition, S: System<Partitions = Both<C, T>>> SecureClient<S>
    for StorageClient
{
    const ID: ClientId = ClientId::new(INTERNAL_TRUSTED_STORAGE.partition_id);
    const DEPENDENCIES: &'static [u32] = &[];
}

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

impl<C: Configuration, T> ServiceTable for Both<C, T> {
    const SERVICES: &'static [Service] = &[
        service(&INTERNAL_TRUSTED_STORAGE, STORAGE_INDEX),
        service(&CRYPTO, CRYPTO_INDEX),
    ];
    const IDS: &'static [ClientId] = &[
        ClientId::new(INTERNAL_TRUSTED_STORAGE.partition_id),
        ClientId::new(CRYPTO.partition_id),
    ];
}

impl<C: Configuration, T: Partition, S: System<Partitions = Self>> Partitions<S> for Both<C, T> {
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
