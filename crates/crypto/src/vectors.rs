// SPDX-License-Identifier: Apache-2.0
//! Use of a message's vectors, common to all services.

use primitives::{clear, constant_time, sha256::BLOCK_BYTES};
use psa::{Message, crypto::OPERATION_HANDLE_BYTES};

use crate::error::Error;

/// Passes all of an input vector to `take`, one block at a time, so that the stack stays small and
/// each byte is read once. The block is wiped.
pub(crate) fn for_each_block(
    message: &mut impl Message,
    index: usize,
    mut take: impl FnMut(&[u8]),
) {
    let mut block = [0; BLOCK_BYTES];
    loop {
        let bytes = read(message, index, &mut block);
        match block.get(..bytes) {
            None | Some([]) => break,
            Some(data) => take(data),
        }
    }
    clear::bytes(&mut block);
}

/// Refuses a call whose first output can't take a handle or an id, before anything has
/// happened.
pub(crate) fn require_word_output(message: &impl Message) -> Result<(), Error> {
    const { assert!(OPERATION_HANDLE_BYTES == size_of::<u32>()) };
    if message.out_size(0) == OPERATION_HANDLE_BYTES {
        Ok(())
    } else {
        Err(Error::Programmer)
    }
}

/// Writes a handle or an id.
pub(crate) fn write_word(message: &mut impl Message, word: u32) -> Result<(), Error> {
    write(message, 0, &word.to_le_bytes())
}

/// Reads the next bytes of an input. Like [`write()`] it is not inlined, which saves flash:
/// services read and write in many places.
#[inline(never)]
pub(crate) fn read(message: &mut impl Message, index: usize, bytes: &mut [u8]) -> usize {
    message.read(index, bytes)
}

/// Appends to an output.
#[inline(never)]
pub(crate) fn write(message: &mut impl Message, index: usize, bytes: &[u8]) -> Result<(), Error> {
    let written = message.write(index, bytes);
    written.map_err(|_| Error::BufferTooSmall)
}

/// Allows output 0 to begin anywhere in or before the rest of input 1, which is processed in parts
/// as long as `room`.
pub(crate) fn make_way(message: &mut impl Message, room: &mut [u8]) -> Result<(), Error> {
    let made = message.make_way(1, 0, room);
    made.map_err(|_| Error::InvalidArgument)
}

/// Compares a digest, MAC or tag of at most `LONGEST_BYTES` with the rest of an input vector,
/// which must have the same length: as a whole and in constant time. The secret is wiped.
#[inline(never)]
pub(crate) fn expect<const LONGEST_BYTES: usize>(
    message: &mut impl Message,
    index: usize,
    secret: &mut [u8],
) -> Result<(), Error> {
    let mut expected = [0; LONGEST_BYTES];
    let expected_bytes = read(message, index, &mut expected);
    let is_whole = message.skip(index, 1) == 0;
    let expected = expected.get(..expected_bytes).unwrap_or_default();
    let same = constant_time::equal(secret, expected);
    clear::bytes(secret);
    if is_whole && same {
        Ok(())
    } else {
        Err(Error::InvalidSignature)
    }
}
