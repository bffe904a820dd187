// SPDX-License-Identifier: Apache-2.0
//! The key of a call, with the check of its policy.

use primitives::aead::Direction;
use psa::{Message, crypto::Pack};

use super::super::directed_key::directed_key;
use crate::{
    algorithms::cipher::Mode, configuration::Configuration, error::Error, keys::store::Store,
};

/// The key of the pack and the mode; the policy of the key is checked first.
pub(super) fn prepare<'a, C: Configuration>(
    keys: &'a mut Store<C>,
    pack: &Pack,
    message: &impl Message,
    direction: Direction,
) -> Result<(&'a [u8], Mode), Error> {
    let algorithm = pack.algorithm();
    let (attributes, material) = directed_key(keys, pack, message, direction)?;
    if !algorithm.is_cipher() {
        return Err(Error::InvalidArgument);
    }
    let mode = Mode::of::<C>(algorithm).ok_or(Error::NotSupported)?;
    if attributes.key_type == mode.key_type() {
        Ok((material, mode))
    } else {
        Err(Error::InvalidArgument)
    }
}
