// SPDX-License-Identifier: Apache-2.0
//! Moves data between a message and an operation, through blocks on the stack, which are wiped.

use primitives::{aes::BLOCK_BYTES, clear};
use psa::Message;

use crate::{
    configuration::Configuration,
    error::Error,
    operations::cipher::{Cipher, IV_BYTES, PART_BYTES, ROOM_BYTES},
    vectors::{make_way, read, write},
};

/// Bytes that are written before the output, and so delay it: input at the place of the output is
/// read before it is overwritten.
pub(super) struct Delay {
    bytes: [u8; IV_BYTES],
    length_bytes: usize,
    /// Index of the next byte.
    position: usize,
}

impl Delay {
    /// No delay.
    pub(super) const fn none() -> Self {
        Self {
            bytes: [0; IV_BYTES],
            length_bytes: 0,
            position: 0,
        }
    }

    /// Writes `first` before the output.
    pub(super) fn new(first: &[u8]) -> Self {
        let mut delay = Self::none();
        delay.length_bytes = first.len();
        for (place, byte) in delay.bytes.iter_mut().zip(first) {
            *place = *byte;
        }
        delay
    }

    /// Replaces each byte by the one that is `length_bytes` before it.
    fn exchange(&mut self, data: &mut [u8]) {
        if self.length_bytes == 0 {
            return;
        }
        for byte in data {
            if let Some(place) = self.bytes.get_mut(self.position) {
                core::mem::swap(place, byte);
            }
            self.position = self.position.wrapping_add(1);
            if self.position >= self.length_bytes {
                self.position = 0;
            }
        }
    }

    /// Writes the bytes that are left.
    fn flush(&self, message: &mut impl Message, output: usize) -> Result<(), Error> {
        let bytes = self.bytes.get(..self.length_bytes).unwrap_or_default();
        match bytes.split_at_checked(self.position) {
            Some((last, first)) if self.length_bytes != 0 => {
                write(message, output, first)?;
                write(message, output, last)
            }
            _ => Ok(()),
        }
    }
}

/// Encrypts or decrypts the next `left_bytes` of input vector 1 to output vector 0.
#[inline(never)]
pub(super) fn pass<C: Configuration>(
    cipher: &mut Cipher<C>,
    message: &mut impl Message,
    mut left_bytes: usize,
    delay: &mut Delay,
) -> Result<(), Error> {
    let mut room = [0; ROOM_BYTES];
    // Because of kept bytes the output is never longer than the input that was read.
    let first = room.get_mut(..left_bytes.min(PART_BYTES));
    let mut result = make_way(message, first.unwrap_or_default());
    while left_bytes != 0 && result.is_ok() {
        let kept_bytes = cipher.give_kept(&mut room);
        let behind = room.get_mut(kept_bytes..).unwrap_or_default();
        let input_bytes = left_bytes.min(PART_BYTES);
        let input = behind.get_mut(..input_bytes).unwrap_or_default();
        left_bytes = left_bytes.saturating_sub(input_bytes);
        read(message, 1, input);
        result = cipher.update(&mut room, input_bytes).and_then(|bytes| {
            let output = room.get_mut(..bytes).unwrap_or_default();
            delay.exchange(output);
            if output.is_empty() {
                Ok(())
            } else {
                write(message, 0, output)
            }
        });
    }
    clear::bytes(&mut room);
    result
}

/// Ends the message; the last output goes to output vector `output`.
#[inline(never)]
pub(super) fn finish<C: Configuration>(
    cipher: &mut Cipher<C>,
    message: &mut impl Message,
    output: usize,
    delay: &mut Delay,
) -> Result<(), Error> {
    let mut block = [0; BLOCK_BYTES];
    let result = cipher.finish(&mut block).and_then(|bytes| {
        let last = block.get_mut(..bytes).unwrap_or_default();
        delay.exchange(last);
        if !last.is_empty() {
            write(message, output, last)?;
        }
        delay.flush(message, output)
    });
    clear::bytes(&mut block);
    result
}
