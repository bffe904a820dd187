// SPDX-License-Identifier: Apache-2.0
//! A board for unit tests, with portable algorithms and no entropy, and a message.

use primitives::{
    aes::Aes128,
    hash_drbg::{Entropy, EntropyFailure},
    sha2::Sha2,
    sha256::{Portable, Sha256},
    sha512::Sha512,
};
use psa::{ClientId, Quota, crypto::MESSAGE_TYPE, fake::FakeMessage, service::CRYPTO};

use crate::{AllContexts, Configuration, Fixed, SmallContexts, Wanted};

/// What Profile Small has.
pub(crate) struct Fake<const OPERATIONS: usize = 4, const KEYS: usize = 4, const BYTES: usize = 64>;

impl<const OPERATIONS: usize, const KEYS: usize, const BYTES: usize> Configuration
    for Fake<OPERATIONS, KEYS, BYTES>
{
    const WANTED: Wanted = Wanted::SMALL;
    type Contexts = SmallContexts;
    type Operations = Fixed<OPERATIONS>;
    type Keys = Fixed<KEYS>;
    type KeyMaterial = Fixed<BYTES>;
    type Hash = Sha256<Portable>;
    type Compression = Portable;
    type Cipher = Aes128;
    type Entropy = Nothing;
}

/// All algorithms and persistent keys.
pub(crate) struct Full;

impl Configuration for Full {
    const WANTED: Wanted = Wanted::ALL;
    type Contexts = AllContexts;
    type Operations = Fixed<4>;
    type Keys = Fixed<4>;
    type KeyMaterial = Fixed<64>;
    type Hash = Sha2<Portable, Sha512>;
    type Compression = Portable;
    type Cipher = Aes128;
    type Entropy = Nothing;
    const KEY_OBJECT_BYTES: Option<usize> = Some(512);
}

/// The same as the first where a client may have two operations and three keys.
pub(crate) struct Sparing<const OPERATIONS: usize, const KEYS: usize>;

impl<const OPERATIONS: usize, const KEYS: usize> Configuration for Sparing<OPERATIONS, KEYS> {
    const WANTED: Wanted = Wanted::SMALL;
    type Contexts = SmallContexts;
    type Operations = Fixed<OPERATIONS>;
    type Keys = Fixed<KEYS>;
    type KeyMaterial = Fixed<64>;
    type Hash = Sha256<Portable>;
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
