// SPDX-License-Identifier: Apache-2.0
//! A message with one input and one output, which lies where the input does.

use psa::{ClientId, Partition, Status, attestation, fake::FakeMessage};

use crate::crypto::Crypto;

pub const GET_TOKEN: i32 = attestation::GET_TOKEN as i32;
pub const GET_TOKEN_SIZE: i32 = attestation::GET_TOKEN_SIZE as i32;

/// What the client passes and gets.
pub struct Call {
    message: FakeMessage,
    pub crypto: Crypto,
}

impl Call {
    pub fn new(message_type: i32, input: &[u8], room: usize) -> Self {
        let sid = psa::service::INITIAL_ATTESTATION.sid;
        Self {
            message: FakeMessage::new(sid, message_type)
                .input(input)
                .output_in_place(room),
            crypto: Crypto::default(),
        }
    }

    pub fn by(mut self, client: i32) -> Self {
        self.message = self.message.by(ClientId::new(client));
        self
    }

    /// Delivers it and gives what the client gets.
    pub fn deliver(&mut self, partition: &mut impl Partition) -> Result<Vec<u8>, Status> {
        match partition.call(&mut self.message, &self.crypto.framework()) {
            Status::SUCCESS => Ok(self.output().to_vec()),
            status => Err(status),
        }
    }

    pub fn output(&self) -> &[u8] {
        self.message.written(0)
    }

    /// Bytes of the output that were taken back.
    pub fn erased_bytes(&self) -> usize {
        self.message.erased_bytes(0)
    }
}
