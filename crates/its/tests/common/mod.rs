// SPDX-License-Identifier: Apache-2.0
//! What the tests of the partition share: a message, a client, a model, histories.
#![allow(dead_code, unused_imports)]

mod history;
mod model;

pub use history::{Generator, Operation, history};
pub use model::Model;

use its::{
    Flash, Its,
    exercise::{Lifecycle, SECURED},
};
use psa::{Absent, ClientId, Message, Partition as _, Status};

/// Client id of the non-secure world.
pub const NON_SECURE: i32 = -1;
/// Client id of a secure partition.
pub const CRYPTO: i32 = 259;

/// A message whose vectors are here. Each byte of an input is given once.
#[derive(Debug, Default)]
pub struct Call {
    pub client: i32,
    pub message_type: i32,
    pub inputs: Vec<Vec<u8>>,
    /// What each input claims to hold, if that differs from what it holds.
    pub claimed_bytes: Option<usize>,
    /// State of the device's lifecycle.
    pub lifecycle: u32,
    taken: [usize; 4],
    pub output_bytes: Vec<usize>,
    pub outputs: Vec<Vec<u8>>,
}

impl Call {
    pub fn new(client: i32, message_type: i32, inputs: &[&[u8]], output_bytes: &[usize]) -> Self {
        Self {
            client,
            message_type,
            inputs: inputs.iter().map(|input| input.to_vec()).collect(),
            output_bytes: output_bytes.to_vec(),
            outputs: vec![Vec::new(); output_bytes.len()],
            lifecycle: SECURED,
            ..Self::default()
        }
    }
}

impl Message for Call {
    type Framework = Lifecycle;
    type Input = Absent;
    type Output = Absent;

    fn client_id(&self) -> ClientId {
        ClientId::new(self.client)
    }

    fn service(&self) -> u32 {
        psa::service::INTERNAL_TRUSTED_STORAGE.sid
    }

    fn message_type(&self) -> i32 {
        self.message_type
    }

    fn in_size(&self, index: usize) -> usize {
        let actual = self.inputs.get(index).map_or(0, Vec::len);
        match self.claimed_bytes {
            Some(claimed) if index == 1 => claimed,
            _ => actual,
        }
    }

    fn out_size(&self, index: usize) -> usize {
        self.output_bytes.get(index).copied().unwrap_or(0)
    }

    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        let Some(input) = self.inputs.get_mut(index) else {
            return 0;
        };
        let rest = &mut input[self.taken[index]..];
        let bytes = rest.len().min(destination.len());
        destination[..bytes].copy_from_slice(&rest[..bytes]);
        // Another bus master changes it at once.
        rest[..bytes].fill(0xEE);
        self.taken[index] += bytes;
        bytes
    }

    fn skip(&mut self, index: usize, bytes: usize) -> usize {
        self.taken[index] += bytes;
        bytes
    }

    fn erase(&mut self, index: usize) {
        if let Some(output) = self.outputs.get_mut(index) {
            output.clear();
        }
    }

    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status> {
        let room = self.out_size(index);
        match self.outputs.get_mut(index) {
            Some(output) if output.len() + source.len() <= room => {
                output.extend_from_slice(source);
                Ok(())
            }
            _ => Err(Status::BUFFER_TOO_SMALL),
        }
    }

    fn framework(&self) -> Lifecycle {
        Lifecycle(self.lifecycle)
    }

    fn map_input(&mut self, _: usize) -> Absent {
        unimplemented!("the store maps nothing")
    }

    fn map_output(&mut self, _: usize) -> Absent {
        unimplemented!("the store maps nothing")
    }

    fn unmap_output(&mut self, output: Absent) {
        match output {}
    }
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

impl<
    F: Flash,
    const A: usize,
    const S: usize,
    const B: usize,
    const ONE_CLIENT: usize,
    const ONE_CLIENT_BYTES: usize,
> Client for Its<F, A, S, B, ONE_CLIENT, ONE_CLIENT_BYTES>
{
    fn set(&mut self, owner: i32, uid: u64, data: &[u8], flags: u32) -> Status {
        let inputs: [&[u8]; 3] = [&uid.to_le_bytes(), data, &flags.to_le_bytes()];
        self.call(&mut Call::new(owner, 1001, &inputs, &[]))
    }

    fn get_part(
        &mut self,
        owner: i32,
        uid: u64,
        offset: u32,
        size: usize,
    ) -> Result<Vec<u8>, Status> {
        let inputs: [&[u8]; 2] = [&uid.to_le_bytes(), &offset.to_le_bytes()];
        let mut call = Call::new(owner, 1002, &inputs, &[size]);
        match self.call(&mut call) {
            Status::SUCCESS => Ok(call.outputs.remove(0)),
            status => {
                assert!(call.outputs[0].is_empty(), "data given with {status:?}");
                Err(status)
            }
        }
    }

    fn info(&mut self, owner: i32, uid: u64) -> Result<[u32; 3], Status> {
        let mut call = Call::new(owner, 1003, &[&uid.to_le_bytes()], &[12]);
        match self.call(&mut call) {
            Status::SUCCESS => {
                let (words, _) = call.outputs[0].as_chunks::<4>();
                Ok([0, 1, 2].map(|index| u32::from_le_bytes(words[index])))
            }
            status => Err(status),
        }
    }

    fn remove(&mut self, owner: i32, uid: u64) -> Status {
        self.call(&mut Call::new(owner, 1004, &[&uid.to_le_bytes()], &[]))
    }
}

/// Switches off and on again.
pub fn restarted<F: Flash, const A: usize, const S: usize, const B: usize>(
    its: Its<F, A, S, B>,
) -> Its<F, A, S, B> {
    Its::new(its.into_flash())
}
