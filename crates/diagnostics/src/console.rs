// SPDX-License-Identifier: Apache-2.0
//! The console, to which an image writes its few lines of text.
//!
//! `core::fmt` costs 2 to 5 KB and can panic, so there are two functions instead.

/// A console, such as a serial line.
pub trait Console {
    /// Sets the line up for writing. Each image does so once, before it writes.
    fn enable(&self) {}

    /// Writes one byte. Waits for the line for a limited time, because the line may belong to the
    /// other world, which can stop it. After that time the byte is lost.
    fn byte(&self, byte: u8);

    /// Writes `text`.
    #[inline(never)]
    fn text(&self, text: &str) {
        text.bytes().for_each(|byte| self.byte(byte));
    }

    /// Writes `value` as `0x` and eight hexadecimal digits.
    #[inline(never)]
    fn hexadecimal(&self, value: u32) {
        self.text("0x");
        let mut rest = value;
        for _ in 0..u32::BITS / 4 {
            rest = rest.rotate_left(4);
            let digit = (rest & 0xf) as u8;
            self.byte(if digit < 10 {
                b'0' + digit
            } else {
                b'a' - 10 + digit
            });
        }
    }
}
