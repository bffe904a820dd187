// SPDX-License-Identifier: Apache-2.0
//! Wiping of secrets after use.
//!
//! `core::hint::black_box` makes the optimiser assume that the value that replaced the secret is
//! used, so that the stores stay although no code reads them again. It costs no instruction and no
//! unsafe code. The language promises no more than best effort: the disassembly of the release
//! image is the proof.

use core::hint::black_box;

/// Replaces a secret by a public value, for certain.
pub fn replace<T>(secret: &mut T, public: T) {
    *secret = public;
    black_box(secret);
}

/// Overwrites bytes with zeros.
pub fn bytes(secret: &mut [u8]) {
    secret.fill(0);
    black_box(secret);
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_stays() {
        let mut words = [1u32, 2, 3];
        super::replace(&mut words, [0; 3]);
        assert_eq!(words, [0; 3]);
        let mut bytes = *b"secret";
        super::bytes(&mut bytes[1..]);
        assert_eq!(bytes, *b"s\0\0\0\0\0");
        super::bytes(&mut []);
    }
}
