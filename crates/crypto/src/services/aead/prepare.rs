// SPDX-License-Identifier: Apache-2.0
//! The key of a call, with the check of its policy.

use primitives::aead::Direction;
use psa::{Message, crypto::Pack};

use super::super::directed_key::directed_key;
use crate::{
    algorithms::aead::key_type, configuration::Configuration, error::Error, keys::store::Store,
};

/// The key of the pack and the length of the tag; the policy of the key is checked first.
pub(super) fn prepare<'a, C: Configuration>(
    keys: &'a mut Store<C>,
    pack: &Pack,
    message: &impl Message,
    direction: Direction,
) -> Result<(&'a [u8], usize), Error> {
    let algorithm = pack.algorithm();
    let (attributes, material) = directed_key(keys, pack, message, direction)?;
    if algorithm.is_aead() && algorithm.is_wildcard() {
        return Err(Error::InvalidArgument);
    }
    match key_type::<C>(algorithm) {
        None => Err(Error::NotSupported),
        Some(wanted) if attributes.key_type == wanted => Ok((material, algorithm.tag_bytes())),
        Some(_) => Err(Error::InvalidArgument),
    }
}
