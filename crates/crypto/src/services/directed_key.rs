// SPDX-License-Identifier: Apache-2.0
//! The key of a call that encrypts or decrypts.

use primitives::aead::Direction;
use psa::{
    Message,
    crypto::{KeyAttributes, Pack, Usage},
};

use crate::{configuration::Configuration, error::Error, keys::store::Store};

/// The attributes and the material of the key of the pack. Its policy must allow the algorithm of
/// the pack in this direction.
pub(super) fn directed_key<'a, C: Configuration>(
    keys: &'a mut Store<C>,
    pack: &Pack,
    message: &impl Message,
    direction: Direction,
) -> Result<(&'a KeyAttributes, &'a [u8]), Error> {
    let usage = match direction {
        Direction::Encrypt => Usage::ENCRYPT,
        Direction::Decrypt => Usage::DECRYPT,
    };
    keys.usable(message.client_id(), pack.key_id(), usage, pack.algorithm())
}
