// SPDX-License-Identifier: Apache-2.0
//! What the tests of the partition share: a message, a client, a model, histories.
#![allow(dead_code, unused_imports)]

mod history;
mod model;

pub use history::{Generator, Operation, history};
pub use model::Model;

use std::marker::PhantomData;

use flash::Flash;
use its::{Assets, Buffer, Configuration, Its, host::framework};
use psa::{ClientId, Partition as _, Status, fake::FakeMessage};

/// Client id of the non-secure world.
pub const NON_SECURE: i32 = -1;
/// Client id of a secure partition.
pub const CRYPTO: i32 = 259;

/// A message of this client and type.
pub fn message(
    client: i32,
    message_type: i32,
    inputs: &[&[u8]],
    output_bytes: &[usize],
) -> FakeMessage {
    let sid = psa::service::INTERNAL_TRUSTED_STORAGE.sid;
    let mut message = FakeMessage::new(sid, message_type).by(ClientId::new(client));
    for input in inputs {
        message = message.input(input);
    }
    for bytes in output_bytes {
        message = message.output(*bytes);
    }
    message
}

/// Requests, as a client library makes them.
pub trait Client {
    fn set(&mut self, owner: i32, uid: u64, data: &[u8], flags: u32) -> Status;
    fn get_part(
        &mut self,
        owner: i32,
        uid: u64,
        offset: u32,
        size: usize,
    ) -> Result<Vec<u8>, Status>;
    fn info(&mut self, owner: i32, uid: u64) -> Result<[u32; 3], Status>;
    fn remove(&mut self, owner: i32, uid: u64) -> Status;

    fn get(&mut self, owner: i32, uid: u64) -> Result<Vec<u8>, Status> {
        self.get_part(owner, uid, 0, 0x1_0000)
    }
}

impl<C: Configuration> Client for Its<C> {
    fn set(&mut self, owner: i32, uid: u64, data: &[u8], flags: u32) -> Status {
        let inputs: [&[u8]; 3] = [&uid.to_le_bytes(), data, &flags.to_le_bytes()];
        self.call(&mut message(owner, 1001, &inputs, &[]), &framework())
    }

    fn get_part(
        &mut self,
        owner: i32,
        uid: u64,
        offset: u32,
        size: usize,
    ) -> Result<Vec<u8>, Status> {
        let inputs: [&[u8]; 2] = [&uid.to_le_bytes(), &offset.to_le_bytes()];
        let mut call = message(owner, 1002, &inputs, &[size]);
        match self.call(&mut call, &framework()) {
            Status::SUCCESS => Ok(call.written(0).to_vec()),
            status => {
                assert!(call.written(0).is_empty(), "data given with {status:?}");
                Err(status)
            }
        }
    }

    fn info(&mut self, owner: i32, uid: u64) -> Result<[u32; 3], Status> {
        let mut call = message(owner, 1003, &[&uid.to_le_bytes()], &[12]);
        match self.call(&mut call, &framework()) {
            Status::SUCCESS => {
                let (words, _) = call.written(0).as_chunks::<4>();
                Ok([0, 1, 2].map(|index| u32::from_le_bytes(words[index])))
            }
            status => Err(status),
        }
    }

    fn remove(&mut self, owner: i32, uid: u64) -> Status {
        let mut call = message(owner, 1004, &[&uid.to_le_bytes()], &[]);
        self.call(&mut call, &framework())
    }
}

/// Switches off and on again.
pub fn restarted<C: Configuration>(its: Its<C>) -> Its<C> {
    Its::new(its.into_flash())
}

/// A store of these sizes.
pub struct Sizes<
    F,
    const ASSETS: usize,
    const ASSET_BYTES: usize,
    const BUFFER_BYTES: usize,
    const ASSETS_PER_CLIENT: usize,
    const BYTES_PER_CLIENT: usize,
>(PhantomData<F>);

impl<
    F: Flash,
    const ASSETS: usize,
    const ASSET_BYTES: usize,
    const BUFFER_BYTES: usize,
    const ASSETS_PER_CLIENT: usize,
    const BYTES_PER_CLIENT: usize,
> Configuration
    for Sizes<F, ASSETS, ASSET_BYTES, BUFFER_BYTES, ASSETS_PER_CLIENT, BYTES_PER_CLIENT>
{
    type Flash = F;
    type Assets = Assets<ASSETS>;
    type Buffer = Buffer<BUFFER_BYTES>;
    const MAX_ASSET_BYTES: usize = ASSET_BYTES;
    const ASSETS_PER_CLIENT: usize = ASSETS_PER_CLIENT;
    const BYTES_PER_CLIENT: usize = BYTES_PER_CLIENT;
}

/// A partition of these sizes: objects, their bytes, those of the buffer, and the quotas.
pub type TestIts<
    F,
    const ASSETS: usize,
    const ASSET_BYTES: usize,
    const BUFFER_BYTES: usize,
    const ASSETS_PER_CLIENT: usize = { usize::MAX },
    const BYTES_PER_CLIENT: usize = { usize::MAX },
> = Its<Sizes<F, ASSETS, ASSET_BYTES, BUFFER_BYTES, ASSETS_PER_CLIENT, BYTES_PER_CLIENT>>;
