// SPDX-License-Identifier: Apache-2.0
//! A hash or a MAC in progress: it takes data, and at the end returns or compares a digest.

use primitives::{clear, cmac::Cmac, hash::Hash, hmac::Hmac, sha256, sha512};
use psa::{Message, crypto::Function};

use super::aes::Aes;
use crate::{
    algorithms::hash::HashAlgorithm,
    configuration::{
        Configuration,
        contexts::Contexts,
        presence::{Blank, Of, Room},
    },
    error::Error,
    vectors::{expect, for_each_block, write},
};

/// Use of the digest at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Returned to the client or compared.
    Either,
    /// Returned to the client.
    Output,
    /// Compared with a value of the client.
    Comparison,
}

/// The algorithm in use. Blank is the first variant, all zero.
enum State<C: Configuration> {
    /// A hash, and HMAC with it.
    Hash(Hmac<C::Hash>),
    /// CMAC.
    Cmac(Of<<C::Contexts as Contexts>::Cmac, Cmac<Aes<C>>>),
}

impl<C: Configuration> Blank for Cmac<Aes<C>> {
    const BLANK: Self = Self::BLANK;
}

impl<C: Configuration> State<C> {
    const BLANK: Self = Self::Hash(Hmac::BLANK);

    /// The hash in progress; a blank state has one.
    fn hash(&mut self) -> Option<&mut Hmac<C::Hash>> {
        match self {
            Self::Hash(hmac) => Some(hmac),
            Self::Cmac(_) => None,
        }
    }

    /// Becomes a copy of another hash in its place.
    fn copy(&mut self, source: &Self) {
        if let (Self::Hash(to), Self::Hash(from)) = (self, source) {
            to.clone_from(from);
        }
    }

    #[inline(always)]
    fn update(&mut self, data: &[u8]) {
        match self {
            Self::Hash(hmac) => hmac.message().update(data),
            Self::Cmac(cmac) => cmac.get().update(data),
        }
    }

    /// Passes the digest to `take`, and wipes it.
    fn finish<R>(&mut self, has_key: bool, take: impl FnOnce(&mut [u8]) -> R) -> R {
        match self {
            Self::Hash(hmac) => {
                let mut code = if has_key {
                    hmac.finish()
                } else {
                    hmac.message().finish()
                };
                let result = take(code.as_mut());
                clear::bytes(code.as_mut());
                result
            }
            Self::Cmac(cmac) => {
                let mut code = cmac.get().finish();
                let result = take(&mut code);
                clear::bytes(&mut code);
                result
            }
        }
    }
}

/// A hash or a MAC in progress.
pub(crate) struct Digest<C: Configuration> {
    state: State<C>,
    has_key: bool,
    pub(crate) length_bytes: u8,
    end: End,
}

impl<C: Configuration> Digest<C> {
    /// All zero: room for one.
    pub(crate) const BLANK: Self = Self {
        state: State::BLANK,
        has_key: false,
        length_bytes: 0,
        end: End::Either,
    };

    /// Begins a hash.
    pub(crate) fn begin_hash(&mut self, algorithm: HashAlgorithm<C>, end: End) {
        if let Some(hmac) = self.state.hash() {
            hmac.message().restart(algorithm);
        }
        self.has_key = false;
        self.length_bytes = C::Hash::digest_bytes(algorithm) as u8;
        self.end = end;
    }

    /// Begins an HMAC of `length_bytes`.
    pub(crate) fn begin_hmac(
        &mut self,
        algorithm: HashAlgorithm<C>,
        key: &[u8],
        length_bytes: u8,
        end: End,
    ) {
        if let Some(hmac) = self.state.hash() {
            hmac.restart(algorithm, key);
        }
        self.has_key = true;
        self.length_bytes = length_bytes;
        self.end = end;
    }

    /// Begins a CMAC of `length_bytes`.
    pub(crate) fn begin_cmac(
        &mut self,
        key: &[u8],
        length_bytes: u8,
        end: End,
    ) -> Result<(), Error> {
        Room::put(&mut self.state, State::Cmac);
        if let State::Cmac(cmac) = &mut self.state
            && let Err(error) = cmac.get().start(key)
        {
            self.clear();
            return Err(error.into());
        }
        self.has_key = true;
        self.length_bytes = length_bytes;
        self.end = end;
        Ok(())
    }

    /// Copies another one in place, without a copy on the stack.
    pub(crate) fn copy(&mut self, source: &Self) {
        self.state.copy(&source.state);
        self.has_key = source.has_key;
        self.length_bytes = source.length_bytes;
        self.end = source.end;
    }

    /// The group whose functions work on it.
    pub(crate) const fn group(&self) -> u8 {
        if self.has_key {
            Function::GROUP_MAC
        } else {
            Function::GROUP_HASH
        }
    }

    /// Wipes the operation.
    pub(crate) fn clear(&mut self) {
        if let State::Cmac(cmac) = &mut self.state {
            cmac.get().clear();
        }
        clear::replace(self, Self::BLANK);
    }

    #[cfg(test)]
    pub(crate) fn message(&mut self) -> &mut C::Hash {
        self.state.hash().expect("a hash").message()
    }

    /// Processes all of input vector 1.
    #[inline(never)]
    pub(crate) fn absorb(&mut self, message: &mut impl Message) {
        let state = &mut self.state;
        for_each_block(message, 1, |data| state.update(data));
    }

    /// Ends the message, and writes the digest to an output vector or compares it with an input
    /// vector.
    #[inline(never)]
    pub(crate) fn finish(
        &mut self,
        end: End,
        message: &mut impl Message,
        index: usize,
    ) -> Result<(), Error> {
        let Self {
            state,
            has_key,
            length_bytes,
            end: wanted,
        } = self;
        state.finish(*has_key, |code| {
            let part = code.get_mut(..usize::from(*length_bytes));
            let part = part.unwrap_or_default();
            if *wanted != End::Either && *wanted != end {
                Err(Error::BadState)
            } else if end != End::Comparison {
                write(message, index, part)
            } else if C::WANTED.wide_hashes() {
                expect::<{ sha512::DIGEST_BYTES }>(message, index, part)
            } else {
                expect::<{ sha256::DIGEST_BYTES }>(message, index, part)
            }
        })
    }
}
