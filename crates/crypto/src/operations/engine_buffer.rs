// SPDX-License-Identifier: Apache-2.0
//! Division of the engine buffer between the contexts of operations and the material of keys
//! (`docs/decisions/0009-one-engine-buffer.md`).

use super::slot::Slot;
use crate::configuration::{AES_128_KEY_BYTES, Configuration, capacity::Capacity};

/// Bytes of the context of one operation, as this image has it.
#[must_use]
pub const fn context_bytes<C: Configuration>() -> usize {
    size_of::<Slot<C>>()
}

/// Bytes of an engine buffer of `engine_buffer_bytes` that are left for the material of keys beside
/// the contexts of all operations.
///
/// # Panics
/// At compile time, when the contexts do not fit, or not even all keys for AES-128 beside them;
/// the message names the size that fits.
#[must_use]
pub const fn key_material_bytes<C: Configuration>(engine_buffer_bytes: usize) -> usize {
    let contexts = C::Operations::NUMBER * size_of::<Slot<C>>();
    let needed = contexts + C::Keys::NUMBER * AES_128_KEY_BYTES;
    if engine_buffer_bytes < needed {
        too_small(needed);
    }
    engine_buffer_bytes - contexts
}

const TOO_SMALL: &[u8] = b"crypto.engine_buffer_bytes is too small for the operations and keys: ";
const FITS: &[u8] = b" bytes are enough";
/// Digits of the largest size.
const DIGITS: usize = 10;

const fn too_small(needed: usize) -> ! {
    let mut message = [0; TOO_SMALL.len() + DIGITS + FITS.len()];
    let bytes = write_message(&mut message, needed);
    match core::str::from_utf8(message.split_at(bytes).0) {
        Ok(text) => panic!("{}", text),
        Err(_) => panic!("crypto.engine_buffer_bytes is too small"),
    }
}

/// Writes the message and returns its length. Constant evaluation has no formatting of numbers.
const fn write_message(
    message: &mut [u8; TOO_SMALL.len() + DIGITS + FITS.len()],
    needed: usize,
) -> usize {
    let mut digits = [0; DIGITS];
    let mut first = DIGITS;
    let mut rest = needed;
    while first == DIGITS || rest > 0 {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    let mut end = 0;
    let number = digits.split_at(first).1;
    let parts = [TOO_SMALL, number, FITS];
    let mut part = 0;
    while part < parts.len() {
        let mut index = 0;
        while index < parts[part].len() {
            message[end] = parts[part][index];
            end += 1;
            index += 1;
        }
        part += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::{Slot, key_material_bytes, too_small};
    use crate::fake::Fake;
    use std::{panic, string::String};

    const SLOT_BYTES: usize = size_of::<Slot<Fake<4, 12>>>();

    fn message(split: impl FnOnce() -> usize + panic::UnwindSafe) -> String {
        let words = panic::catch_unwind(split).expect_err("it does not fit");
        *words.downcast::<String>().expect("a text")
    }

    #[test]
    fn keys_have_what_contexts_leave() {
        let bytes = 4 * SLOT_BYTES + 300;
        assert_eq!(key_material_bytes::<Fake<4, 12>>(bytes), 300);
    }

    #[test]
    fn the_size_that_fits_is_named_and_fits() {
        let fits = 4 * SLOT_BYTES + 12 * 16;
        let text = message(move || key_material_bytes::<Fake<4, 12>>(fits - 1));
        assert!(
            text.ends_with(&std::format!(": {fits} bytes are enough")),
            "{text}"
        );
        assert_eq!(key_material_bytes::<Fake<4, 12>>(fits), 12 * 16);
        for needed in [0, 9, 10, 4_294_967_295] {
            let text = message(move || too_small(needed));
            assert!(
                text.contains(&std::format!("keys: {needed} bytes")),
                "{text}"
            );
        }
    }
}
