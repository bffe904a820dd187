// SPDX-License-Identifier: Apache-2.0
//! The key of a call, with the check of its policy.

use psa::{
    Message,
    crypto::{Pack, Usage},
};

use crate::{
    algorithms::cipher::Mode, configuration::Configuration, error::Error, keys::store::Store,
    operations::cipher::Direction,
};

/// The key of the pack and the mode; the policy of the key is checked first.
pub(super) fn prepare<'a, C: Configuration>(
    keys: &'a mut Store<C>,
    pack: &Pack,
    message: &impl Message,
    direction: Direction,
) -> Result<(&'a [u8], Mode), Error> {
    let usage = match direction {
        Direction::Encrypt => Usage::ENCRYPT,
        Direction::Decrypt => Usage::DECRYPT,
    };
    let algorithm = pack.algorithm();
    let (attributes, material) =
        keys.usable(message.client_id(), pack.key_id(), usage, algorithm)?;
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
