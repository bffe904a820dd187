// SPDX-License-Identifier: Apache-2.0
//! An image of two partitions: the one under test, and the storage that it depends on.

use std::{cell::RefCell, marker::PhantomData};

use crypto::{Configuration, Crypto};
use psa::{
    ClientId, Status,
    service::{CRYPTO, INTERNAL_TRUSTED_STORAGE, ServiceIdentity},
};
use spm::{
    Call, Connection, DeviceControl, Library, Partitions, SecureClient, Service, ServiceTable, Spm,
    System, VersionPolicy, fake::FakeMemory,
};

use crate::storage::Storage;

const STORAGE_INDEX: u8 = 0;
const CRYPTO_INDEX: u8 = 1;

pub struct Image<C>(PhantomData<C>);

impl<C: Configuration> System for Image<C> {
    type Memory = FakeMemory;
    type Partitions = Both<C>;
    type Backend = Library;
    type Device = Board;
    type Connections = [Connection; 0];
    const CONNECTIONS_PER_CLIENT: u32 = 0;
}

pub struct Board;

impl DeviceControl for Board {
    fn lifecycle_state(&self) -> u32 {
        0
    }

    fn panic(&self) -> ! {
        panic!("the partition has failed")
    }
}

pub struct Both<C: Configuration> {
    crypto: RefCell<Crypto<C>>,
    storage: RefCell<Storage>,
}

/// The manager of an image.
pub fn spm<C: Configuration>(
    memory: FakeMemory,
    entropy: C::Entropy,
    storage: Storage,
) -> Spm<Image<C>> {
    let both = Both {
        crypto: RefCell::new(Crypto::new(entropy)),
        storage: RefCell::new(storage),
    };
    Spm::new(memory, both, Board, [])
}

enum CryptoClient {}

impl<C: Configuration, S: System<Partitions = Both<C>>> SecureClient<S> for CryptoClient {
    const ID: ClientId = ClientId::new(CRYPTO.partition_id);
    const DEPENDENCIES: &'static [u32] = &[INTERNAL_TRUSTED_STORAGE.sid];

    fn deliver(partitions: &Both<C>, _: u8, call: Call<'_, S>) -> Status {
        call.serve::<StorageClient, _>(partitions.storage.try_borrow_mut().ok())
    }
}

enum StorageClient {}

impl<C: Configuration, S: System<Partitions = Both<C>>> SecureClient<S> for StorageClient {
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

impl<C: Configuration> ServiceTable for Both<C> {
    const SERVICES: &'static [Service] = &[
        service(&INTERNAL_TRUSTED_STORAGE, STORAGE_INDEX),
        service(&CRYPTO, CRYPTO_INDEX),
    ];
    const IDS: &'static [ClientId] = &[
        ClientId::new(INTERNAL_TRUSTED_STORAGE.partition_id),
        ClientId::new(CRYPTO.partition_id),
    ];
}

impl<C: Configuration, S: System<Partitions = Self>> Partitions<S> for Both<C> {
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
