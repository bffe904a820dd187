// SPDX-License-Identifier: Apache-2.0
//! The attributes that a client passes to create a key.

use psa::{Message, crypto::KEY_ATTRIBUTES_BYTES};

use crate::{error::Error, vectors::read};

/// The attributes in input vector 1.
pub(super) fn attributes_of(
    message: &mut impl Message,
) -> Result<[u8; KEY_ATTRIBUTES_BYTES], Error> {
    let mut bytes = [0; KEY_ATTRIBUTES_BYTES];
    read(message, 1, &mut bytes);
    if message.in_size(1) != KEY_ATTRIBUTES_BYTES {
        return Err(Error::Programmer);
    }
    Ok(bytes)
}
