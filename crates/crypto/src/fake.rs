// SPDX-License-Identifier: Apache-2.0
//! A board for unit tests, with portable algorithms and no entropy, and a message.

use primitives::{
    aes::Aes128,
    hash_drbg::{Entropy, EntropyFailure},
    sha256::Portable,
};
use psa::{ClientId, Quota, crypto::MESSAGE_TYPE, fake::FakeMessage, service::CRYPTO};

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

/// A message of this client, without vectors.
pub(crate) fn from(client: ClientId) -> FakeMessage {
    FakeMessage::new(CRYPTO.sid, MESSAGE_TYPE).by(client)
}
