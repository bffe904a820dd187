// SPDX-License-Identifier: Apache-2.0
//! A board for unit tests, with portable algorithms and no entropy, and a message.

use primitives::{
    aes::Aes128,
    hash_drbg::{Entropy, EntropyFailure},
    sha256::Portable,
};
use psa::{Absent, ClientId, Message, Quota, Status};

use crate::Backend;

pub(crate) struct Fake;

crate::select!(Fake, crate::Wanted::SMALL);

impl Backend for Fake {
    type Compression = Portable;
    type Cipher = Aes128;
    type Entropy = Nothing;
}

/// The same with all algorithms and persistent keys.
pub(crate) struct Full;

crate::select!(Full, crate::Wanted::ALL);

impl Backend for Full {
    type Compression = Portable;
    type Cipher = Aes128;
    type Entropy = Nothing;
    const KEY_OBJECT_BYTES: Option<usize> = Some(512);
}

/// The same as the first where a client may have two operations and three keys.
pub(crate) struct Sparing;

crate::select!(Sparing, crate::Wanted::SMALL);

impl Backend for Sparing {
    type Compression = Portable;
    type Cipher = Aes128;
    type Entropy = Nothing;
    const OPERATIONS_PER_CLIENT: Quota = Quota::new(2);
    const KEYS_PER_CLIENT: Quota = Quota::new(3);
}

pub(crate) struct Nothing;

impl Entropy for Nothing {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), EntropyFailure> {
        Err(EntropyFailure)
    }
}

/// A message of this client, without vectors. There is nobody whom it could call.
pub(crate) struct From(pub(crate) ClientId);

impl Message for From {
    type Framework = Absent;
    type Input = Absent;
    type Output = Absent;

    fn client_id(&self) -> ClientId {
        self.0
    }

    fn service(&self) -> u32 {
        0
    }

    fn message_type(&self) -> i32 {
        0
    }

    fn in_size(&self, _: usize) -> usize {
        0
    }

    fn out_size(&self, _: usize) -> usize {
        0
    }

    fn read(&mut self, _: usize, _: &mut [u8]) -> usize {
        0
    }

    fn skip(&mut self, _: usize, _: usize) -> usize {
        0
    }

    fn write(&mut self, _: usize, _: &[u8]) -> Result<(), Status> {
        Err(Status::BUFFER_TOO_SMALL)
    }

    fn erase(&mut self, _: usize) {}

    fn map_input(&mut self, _: usize) -> Absent {
        unreachable!("no vector")
    }

    fn map_output(&mut self, _: usize) -> Absent {
        unreachable!("no vector")
    }

    fn unmap_output(&mut self, _: Absent) {}

    fn framework(&self) -> Absent {
        unreachable!("nobody to call")
    }
}
