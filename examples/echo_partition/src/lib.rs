// SPDX-License-Identifier: Apache-2.0
//! A partition to copy from: it echoes data and counts calls.
//!
//! `docs/adding-a-service.md` builds it step by step. It shows:
//!
//! * The state is one value of fixed size, without heap or pointers to a client's memory.
//! * Input is read in pieces, each byte once; output is appended. The code is the same for each
//!   world and each model of execution.
//! * State is kept for each client id, and returned only to that client.
//! * Every message of a client gets a status; none stops the partition.
//! * A partition can have several services; `tally` is one with connections.
//! * A partition calls services of others in its own name: `digest`, `token`.
//! * A partition can't use what belongs to another: `foreign_key`.
#![cfg_attr(not(test), no_std)]

mod counters;
mod digest;
pub mod foreign_key;
mod tally;
mod token;

use psa::service::ServiceIdentity;
use psa::{Framework, Message, Partition, Status};

use counters::Counters;
pub use digest::DIGEST_BYTES;
pub use token::TOKEN_ROOM_BYTES;

/// The numbers of `manifest.toml`, which clients have compiled in.
pub const SERVICE: ServiceIdentity = ServiceIdentity {
    sid: 0xCA5E_0001,
    stateless_handle: 16,
    partition_id: 1000,
    version: 1,
};

/// Service id of the service with connections.
pub const TALLY_SID: u32 = 0xCA5E_0002;
/// Its version.
pub const TALLY_VERSION: u32 = 1;

/// Message type: copies input 0 to output 0, which is at least as large.
pub const ECHO: i16 = 1;
/// Message type: how many calls this client has made, this one included; output 0 gets a `u32`
/// in little endian.
pub const COUNT: i16 = 2;
/// Message type: the SHA-256 of input 0 to output 0, made by the Crypto partition.
pub const DIGEST: i16 = 3;
/// Message type: an attestation token in the partition's own name to output 0; its challenge is
/// the SHA-256 of input 0.
pub const TOKEN: i16 = 4;
/// Message type: one of [`foreign_key::ATTEMPTS`] on the key of tokens; its index is in input 0.
/// Output 0, of 32 bytes, gets the output.
pub const FOREIGN_KEY: i16 = 5;
/// Message type of the service with connections: adds the bytes of input 0, and writes the sum
/// since the connection began to output 0, a `u32` in little endian.
pub const ADD: i16 = 1;

/// Bytes that are copied at once.
const CHUNK_BYTES: usize = 16;

/// The partition with room for the counts of `CLIENTS` clients.
#[derive(Debug)]
pub struct Echo<const CLIENTS: usize> {
    counters: Counters<CLIENTS>,
}

impl<const CLIENTS: usize> Echo<CLIENTS> {
    /// The partition before the first call.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            counters: Counters::new(),
        }
    }
}

impl<const CLIENTS: usize> Default for Echo<CLIENTS> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const CLIENTS: usize> Partition for Echo<CLIENTS> {
    /// Returns `INSUFFICIENT_MEMORY` to a client if no counter is free.
    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
        let outcome = if message.service() == TALLY_SID {
            tally::serve(message)
        } else {
            self.serve(message, framework)
        };
        outcome.err().unwrap_or(Status::SUCCESS)
    }
}

impl<const CLIENTS: usize> Echo<CLIENTS> {
    /// Serves one message to the service without connections.
    fn serve(
        &mut self,
        message: &mut impl Message,
        framework: &impl Framework,
    ) -> Result<(), Status> {
        let Some(count) = self.counters.count(message.client_id()) else {
            return Err(Status::INSUFFICIENT_MEMORY);
        };
        match i16::try_from(message.message_type()) {
            Ok(ECHO) => echo(message),
            Ok(COUNT) => message.write(0, &count.to_le_bytes()),
            Ok(DIGEST) => digest::digest(message, framework),
            Ok(TOKEN) => token::token(message, framework),
            Ok(FOREIGN_KEY) => foreign_key::attempt(message, framework),
            _ => Err(Status::NOT_SUPPORTED),
        }
    }
}

/// Copies input 0 to output 0.
fn echo(message: &mut impl Message) -> Result<(), Status> {
    if message.out_size(0) < message.in_size(0) {
        return Err(Status::BUFFER_TOO_SMALL);
    }
    let mut chunk = [0; CHUNK_BYTES];
    loop {
        let taken = message.read(0, &mut chunk);
        match chunk.get(..taken) {
            None | Some([]) => return Ok(()),
            Some(bytes) => message.write(0, bytes)?,
        }
    }
}
