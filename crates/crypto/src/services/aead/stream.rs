// SPDX-License-Identifier: Apache-2.0
//! Moves data between a message and the mode, through blocks on the stack, which are wiped.

use primitives::{
    clear,
    sha256::{self, DIGEST_BYTES},
};
use psa::Message;

use crate::{
    configuration::Configuration,
    error::Error,
    operations::aead::Mode,
    vectors::{expect, make_way, read, write},
};

/// Four blocks of the cipher.
const PART_BYTES: usize = sha256::BLOCK_BYTES;

/// Authenticates all of an input vector.
#[inline(never)]
pub(super) fn authenticate<C: Configuration>(
    mode: &mut Mode<C>,
    message: &mut impl Message,
    input: usize,
) -> Result<(), Error> {
    let mut part = [0; PART_BYTES];
    let result = loop {
        let bytes = read(message, input, &mut part);
        let data = part.get(..bytes).unwrap_or_default();
        let result = mode.update_additional(data);
        if result.is_err() || data.is_empty() {
            break result;
        }
    };
    clear::bytes(&mut part);
    Ok(result?)
}

/// Encrypts or decrypts the next `left_bytes` of input vector 1 to output vector 0.
#[inline(never)]
pub(super) fn crypt<C: Configuration>(
    mode: &mut Mode<C>,
    message: &mut impl Message,
    mut left_bytes: usize,
) -> Result<(), Error> {
    let mut part = [0; PART_BYTES];
    let first = part.get_mut(..left_bytes.min(PART_BYTES));
    make_way(message, first.unwrap_or_default())?;
    let result = loop {
        let data = match part.get_mut(..left_bytes) {
            Some(last) => last,
            None => &mut part,
        };
        left_bytes = left_bytes.saturating_sub(data.len());
        read(message, 1, data);
        let result = mode
            .update(data)
            .map_err(Error::from)
            .and_then(|()| match data {
                // An empty output may have no vector.
                [] => Ok(()),
                data => write(message, 0, data),
            });
        if result.is_err() || left_bytes == 0 {
            break result;
        }
    };
    clear::bytes(&mut part);
    result
}

/// Ends the message and compares its tag with the rest of input vector 1.
pub(super) fn verify<C: Configuration>(
    mode: &mut Mode<C>,
    message: &mut impl Message,
) -> Result<(), Error> {
    let mut tag = mode.finish()?;
    expect::<DIGEST_BYTES>(message, 1, tag.as_bytes_mut())
}
