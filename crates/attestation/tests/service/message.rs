// SPDX-License-Identifier: Apache-2.0
//! A message with one input and one output.

use psa::{Absent, ClientId, Message, Partition, Status, attestation};

use crate::crypto::Crypto;

pub const GET_TOKEN: i32 = attestation::GET_TOKEN as i32;
pub const GET_TOKEN_SIZE: i32 = attestation::GET_TOKEN_SIZE as i32;

/// What the client passes and gets.
pub struct Call {
    pub client: i32,
    pub message_type: i32,
    pub input: Vec<u8>,
    pub room: usize,
    pub crypto: Crypto,
    taken: usize,
    pub output: Vec<u8>,
    /// Bytes that were taken back.
    pub erased: usize,
}

impl Call {
    pub fn new(message_type: i32, input: &[u8], room: usize) -> Self {
        Self {
            client: -1,
            message_type,
            input: input.to_vec(),
            room,
            crypto: Crypto::default(),
            taken: 0,
            output: Vec::new(),
            erased: 0,
        }
    }

    pub fn by(self, client: i32) -> Self {
        Self { client, ..self }
    }

    /// Delivers it and gives what the client gets.
    pub fn deliver(&mut self, partition: &mut impl Partition) -> Result<Vec<u8>, Status> {
        match partition.call(self) {
            Status::SUCCESS => Ok(self.output.clone()),
            status => Err(status),
        }
    }
}

impl Message for Call {
    type Framework = Crypto;
    type Input = Absent;
    type Output = Absent;

    fn client_id(&self) -> ClientId {
        ClientId::new(self.client)
    }

    fn service(&self) -> u32 {
        psa::service::INITIAL_ATTESTATION.sid
    }

    fn message_type(&self) -> i32 {
        self.message_type
    }

    fn in_size(&self, index: usize) -> usize {
        if index == 0 { self.input.len() } else { 0 }
    }

    fn out_size(&self, index: usize) -> usize {
        if index == 0 { self.room } else { 0 }
    }

    /// Each byte once; it is another one afterwards.
    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        assert_eq!(index, 0);
        assert!(self.output.is_empty(), "the input may lie in the output");
        let rest = &mut self.input[self.taken..];
        let bytes = rest.len().min(destination.len());
        destination[..bytes].copy_from_slice(&rest[..bytes]);
        rest[..bytes].fill(0xA5);
        self.taken += bytes;
        bytes
    }

    fn skip(&mut self, _: usize, _: usize) -> usize {
        unreachable!("the partition skips nothing")
    }

    fn write(&mut self, index: usize, source: &[u8]) -> Result<(), Status> {
        assert_eq!(index, 0);
        if source.len() > self.room - self.output.len() {
            return Err(Status::BUFFER_TOO_SMALL);
        }
        self.output.extend_from_slice(source);
        Ok(())
    }

    fn erase(&mut self, index: usize) {
        assert_eq!(index, 0);
        self.erased += self.output.len();
        self.output.clear();
    }

    fn map_input(&mut self, _: usize) -> Absent {
        unreachable!("the partition maps nothing")
    }

    fn map_output(&mut self, _: usize) -> Absent {
        unreachable!("the partition maps nothing")
    }

    fn unmap_output(&mut self, output: Absent) {
        match output {}
    }

    fn framework(&self) -> Crypto {
        self.crypto.clone()
    }
}
