// SPDX-License-Identifier: Apache-2.0
//! A key derivation in progress: it collects inputs, then returns bytes.
//!
//! Most functions are built on HMAC: SP 800-108 Rev. 1 (4.1), RFC 5869, RFC 5246 (5) with
//! RFC 4279 (2), and RFC 8018 (5.2); those that are not are in `cmac`. `inputs` replaces the secret
//! by a MAC keyed with it, from a copy of which each block of `output` starts, and keeps the inputs
//! that are part of every block.

mod cmac;
mod inputs;
mod output;

use primitives::{clear, hash::Hash, hmac::Hmac};
use psa::crypto::Algorithm;

use crate::{
    algorithms::{
        derivation::{self as plan, Function},
        hash::HashAlgorithm,
    },
    configuration::{Configuration, presence::Blank},
    error::Error,
};

/// Room for the inputs that are kept, and one more, in bytes.
const TEXT_BYTES: usize = 320;
/// The most iterations in one call, for all blocks of its output together: no other call is served
/// until it ends. An iteration of a password hash
/// takes about 6,000 instructions, 30,000 with SHA-512. Longer output takes several calls.
const ITERATIONS_MAX: u32 = 100_000;
/// State of a derivation, and what it may return.
#[derive(Clone, Copy)]
pub(crate) struct Progress {
    /// Number of inputs, in the order of the function, that were given or skipped.
    position: u8,
    has_information: bool,
    /// Output has begun: no input may follow.
    has_output: bool,
    /// The other secret was given, even if empty.
    has_other_secret: bool,
    /// The secret was a key, so that keys may be derived.
    pub(crate) permits_keys: bool,
}

/// A key derivation in progress.
pub(crate) struct Derivation<C: Configuration> {
    plan: Option<(Function, HashAlgorithm<C>)>,
    algorithm: Algorithm,
    pub(crate) progress: Progress,
    capacity_bytes: u32,
    /// The capacity at the first output, in bits.
    length_bits: u32,
    cost: u32,
    /// Number of the last block of output.
    counter: u32,
    /// A MAC keyed with the secret, before any message.
    mac: Hmac<C::Hash>,
    /// For TLS: A(i). For functions that use CMAC: the key, and its length.
    chain: <C::Hash as Hash>::Digest,
    key_bytes: u8,
    /// The last block of output, of which `left_bytes` at the end are unused.
    block: <C::Hash as Hash>::Digest,
    left_bytes: u8,
    text: [u8; TEXT_BYTES],
    text_bytes: u16,
    /// Where the first of two texts ends.
    split: u16,
}

impl<C: Configuration> Blank for Derivation<C> {
    const BLANK: Self = Self {
        plan: None,
        algorithm: Algorithm::NONE,
        progress: Progress {
            position: 0,
            has_information: false,
            has_output: false,
            has_other_secret: false,
            permits_keys: false,
        },
        capacity_bytes: 0,
        length_bits: 0,
        cost: 0,
        counter: 0,
        mac: Hmac::BLANK,
        chain: C::Hash::BLANK_DIGEST,
        key_bytes: 0,
        block: C::Hash::BLANK_DIGEST,
        left_bytes: 0,
        text: [0; TEXT_BYTES],
        text_bytes: 0,
        split: 0,
    };
}

impl<C: Configuration> Derivation<C> {
    /// Starts a derivation; `self` is blank.
    pub(crate) fn begin(&mut self, algorithm: Algorithm) -> Result<(), Error> {
        let plan = plan::of::<C>(algorithm)?;
        self.capacity_bytes = plan::capacity_bytes::<C>(plan);
        // In case the salt of HKDF is left out.
        self.mac.restart(plan.1, &[]);
        self.plan = Some(plan);
        self.algorithm = algorithm;
        Ok(())
    }

    /// Wipes the operation.
    pub(crate) fn clear(&mut self) {
        clear::replace(self, Self::BLANK);
    }

    /// The algorithm of the setup, including its agreement.
    pub(crate) const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether the secret must be a key of a block cipher.
    pub(crate) fn needs_key(&self) -> bool {
        matches!(self.plan, Some((Function::CounterCmac, _)))
    }

    pub(crate) const fn capacity_bytes(&self) -> u32 {
        self.capacity_bytes
    }

    /// Whether no output is left.
    pub(crate) const fn has_given_all(&self) -> bool {
        self.capacity_bytes == 0
    }

    /// Lowers the capacity. A larger one is refused, and the operation stays active.
    pub(crate) fn set_capacity(&mut self, bytes: u32) -> Result<(), Error> {
        let (function, _) = self.plan.ok_or(Error::BadState)?;
        if function.is_counter() && self.progress.has_output {
            return Err(Error::BadState);
        }
        if bytes > self.capacity_bytes {
            return Err(Error::InvalidArgument);
        }
        self.capacity_bytes = bytes;
        Ok(())
    }
}
