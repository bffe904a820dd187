// SPDX-License-Identifier: Apache-2.0
//! Writes items into a buffer.

use crate::head::{head, major};

/// The simple value "true".
const TRUE: u8 = major::SIMPLE << 5 | 21;

/// Writes items one after the other. If an item does not fit, nothing more is written and
/// [`Writer::finish`] returns `None`.
#[derive(Debug)]
pub struct Writer<'a> {
    room: &'a mut [u8],
    used_bytes: usize,
    is_overfull: bool,
}

impl<'a> Writer<'a> {
    /// A writer that starts at the beginning of `room`.
    #[must_use]
    pub const fn new(room: &'a mut [u8]) -> Self {
        Self {
            room,
            used_bytes: 0,
            is_overfull: false,
        }
    }

    /// The number of bytes written; `None` if an item did not fit.
    #[must_use]
    pub const fn finish(self) -> Option<usize> {
        if self.is_overfull {
            None
        } else {
            Some(self.used_bytes)
        }
    }

    /// The head of an item: the number of entries of a map or of items of a list.
    pub fn head(&mut self, major: u8, number: u32) {
        let (first, following_bytes) = head(major, number);
        self.put(&[first]);
        let number = number.to_be_bytes();
        let skipped_bytes = number.len().saturating_sub(following_bytes);
        self.put(number.get(skipped_bytes..).unwrap_or_default());
    }

    /// A number.
    #[inline(never)]
    pub fn unsigned(&mut self, number: u32) {
        self.head(major::UNSIGNED, number);
    }

    /// A text, which has to be UTF-8.
    #[inline(never)]
    pub fn text(&mut self, text: &[u8]) {
        self.head(major::TEXT, text.len() as u32);
        self.put(text);
    }

    /// A byte string.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.head(major::BYTES, bytes.len() as u32);
        self.put(bytes);
    }

    /// The value "true".
    pub fn yes(&mut self) {
        self.put(&[TRUE]);
    }

    #[inline(never)] // once in the image is enough
    fn put(&mut self, bytes: &[u8]) {
        let rest = self.room.get_mut(self.used_bytes..);
        let place = rest.and_then(|rest| rest.get_mut(..bytes.len()));
        if let (Some(place), false) = (place, self.is_overfull) {
            place
                .iter_mut()
                .zip(bytes)
                .for_each(|(to, from)| *to = *from);
            self.used_bytes = self.used_bytes.wrapping_add(bytes.len());
        } else {
            self.is_overfull = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(writer: &mut Writer<'_>) {
        writer.head(major::MAP, 2);
        writer.text(b"a");
        writer.unsigned(1000);
        writer.text(b"b");
        writer.bytes(&[1, 2]);
        writer.yes();
    }

    #[test]
    fn items_are_those_of_the_specification() {
        let mut room = [0; 16];
        let mut writer = Writer::new(&mut room);
        write(&mut writer);
        assert_eq!(writer.finish(), Some(12));
        assert_eq!(room[..12], *b"\xA2\x61a\x19\x03\xE8\x61b\x42\x01\x02\xF5");
    }

    #[test]
    fn what_does_not_fit_is_told_and_nothing_follows_it() {
        for bytes in 0..12 {
            let mut room = [0xEE; 16];
            let mut writer = Writer::new(&mut room[..bytes]);
            write(&mut writer);
            assert_eq!(writer.finish(), None, "{bytes}");
            assert_eq!(room[bytes..], [0xEE; 16][bytes..]);
        }
    }
}
