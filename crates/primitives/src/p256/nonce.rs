// SPDX-License-Identifier: Apache-2.0
//! The secret numbers of signatures, found from key and digest (RFC 6979, 3.2).
//!
//! With random bytes mixed in (RFC 6979, 3.6) the signatures are randomised, and a source of
//! random numbers that repeats itself or is foreseen does not give the key away.

use super::SCALAR_BYTES;
use super::ecdsa::scalar_of;
use crate::clear;
use crate::hash::Hash;
use crate::hmac::Hmac;
use crate::modular;

/// One number after the other, until one serves.
pub struct Nonces<H: Hash> {
    algorithm: H::Algorithm,
    key: H::Digest,
    value: H::Digest,
}

impl<H: Hash> Nonces<H> {
    /// The numbers for a signature of `digest` with the key `private`, by HMAC with this hash
    /// function; `random` is empty where the signature is to be deterministic.
    #[must_use]
    pub fn new(
        algorithm: H::Algorithm,
        private: &[u8; SCALAR_BYTES],
        digest: &[u8],
        random: &[u8],
    ) -> Self {
        let mut nonces = Self {
            algorithm,
            key: H::BLANK_DIGEST,
            value: H::BLANK_DIGEST,
        };
        nonces.value.as_mut().fill(1);
        let digest = modular::to_bytes(&scalar_of(digest));
        for mark in [0, 1] {
            nonces.update(mark, &[private, &digest, random]);
        }
        nonces
    }

    /// The next number, and another one each time.
    pub fn next_number(&mut self) -> [u8; SCALAR_BYTES] {
        let mut number = [0; SCALAR_BYTES];
        for part in number.chunks_mut(H::digest_bytes(self.algorithm)) {
            self.step();
            let value = self.value.as_ref().iter();
            part.iter_mut()
                .zip(value)
                .for_each(|(to, from)| *to = *from);
        }
        self.update(0, &[&[], &[], &[]]);
        number
    }

    /// A new key from the old one, the value and what comes from outside; then a new value.
    fn update(&mut self, mark: u8, [first, second, third]: &[&[u8]; 3]) {
        let bytes = H::digest_bytes(self.algorithm);
        let value = self.value.as_ref().get(..bytes).unwrap_or_default();
        let key = self.key.as_ref().get(..bytes).unwrap_or_default();
        let parts = [value, &[mark], first, second, third];
        self.key = Hmac::<H>::mac_of(self.algorithm, key, &parts);
        self.step();
    }

    fn step(&mut self) {
        let bytes = H::digest_bytes(self.algorithm);
        let value = self.value.as_ref().get(..bytes).unwrap_or_default();
        let key = self.key.as_ref().get(..bytes).unwrap_or_default();
        self.value = Hmac::<H>::mac_of(self.algorithm, key, &[value]);
    }

    /// Wipes the state.
    pub fn clear(&mut self) {
        clear::bytes(self.key.as_mut());
        clear::bytes(self.value.as_mut());
    }
}
