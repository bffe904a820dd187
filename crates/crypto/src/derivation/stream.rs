// SPDX-License-Identifier: Apache-2.0
//! A key derivation in the making: inputs are collected, then bytes come out.
//!
//! Most functions are built on HMAC: SP 800-108 Rev. 1 (4.1), RFC 5869, RFC 5246 (5) with
//! RFC 4279 (2), and RFC 8018 (5.2); those that are not are in `cmac`. The secret is used up when it comes: what is kept is a MAC
//! under it, of which each block of output starts from a copy, and those inputs that go into
//! every block.

mod cmac;

use primitives::{clear, hash::Hash, hmac::Hmac};
use psa::crypto::{Algorithm, Step};

use super::plan::{self, Function};
use crate::{
    Backend, backend::AES_128_KEY_BYTES, choice::Blank, error::Error, hash::HashAlgorithm,
};

/// Room for inputs: what is kept of them, and one more in passing.
const TEXT_BYTES: usize = 320;
/// The longest pre-shared key (`PSA_TLS12_PSK_TO_MS_PSK_MAX_SIZE`).
const PRE_SHARED_KEY_BYTES_MAX: usize = 128;
/// The most iterations in one call, those of all blocks of its output together: a call can't be
/// interrupted, and the device serves nobody else while it lasts. An iteration of a password hash
/// takes about 6,000 instructions, 30,000 with SHA-512. Longer output takes several calls.
const ITERATIONS_MAX: u32 = 100_000;
/// What a block counts at least, whatever the function: it goes over all texts once or twice, which
/// takes about as long.
const BLOCK_ITERATIONS: u32 = 32;

/// Where a derivation stands, and what may come out of it.
#[derive(Clone, Copy)]
pub(super) struct Progress {
    /// Inputs in the order of the function that have come or were passed over.
    position: u8,
    has_information: bool,
    /// Bytes have come out: no input may follow.
    has_output: bool,
    /// The other secret has come, if only an empty one.
    has_other_secret: bool,
    /// The secret was a key, so that keys may come out.
    pub(super) permits_keys: bool,
}

/// A key derivation in the making.
pub(crate) struct Derivation<B: Backend> {
    plan: Option<(Function, HashAlgorithm<B>)>,
    algorithm: Algorithm,
    pub(super) progress: Progress,
    capacity_bytes: u32,
    /// The capacity at the first output, in bits.
    length_bits: u32,
    cost: u32,
    /// Number of the block that came out last.
    counter: u32,
    /// A MAC under the secret, before any message.
    mac: Hmac<B::Hash>,
    /// Of TLS: A(i). Of functions built on CMAC: the key, and its length.
    chain: <B::Hash as Hash>::Digest,
    key_bytes: u8,
    /// The block that came out last, of which this many bytes at the end are left.
    block: <B::Hash as Hash>::Digest,
    left_bytes: u8,
    text: [u8; TEXT_BYTES],
    text_bytes: u16,
    /// Where the first of two texts ends.
    split: u16,
}

impl<B: Backend> Blank for Derivation<B> {
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
        chain: B::Hash::BLANK_DIGEST,
        key_bytes: 0,
        block: B::Hash::BLANK_DIGEST,
        left_bytes: 0,
        text: [0; TEXT_BYTES],
        text_bytes: 0,
        split: 0,
    };
}

impl<B: Backend> Derivation<B> {
    /// Begins a derivation in this place, which is blank.
    pub(super) fn begin(&mut self, algorithm: Algorithm) -> Result<(), Error> {
        let plan = plan::of::<B>(algorithm)?;
        self.capacity_bytes = plan::capacity_bytes::<B>(plan);
        // The salt of HKDF that is left out.
        self.mac.restart(plan.1, &[]);
        self.plan = Some(plan);
        self.algorithm = algorithm;
        Ok(())
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        clear::replace(self, Self::BLANK);
    }

    /// The algorithm as it was set up, with its agreement.
    pub(super) const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether the secret has to be a key, of a block cipher.
    pub(super) fn needs_key(&self) -> bool {
        matches!(self.plan, Some((Function::CounterCmac, _)))
    }

    pub(super) const fn capacity_bytes(&self) -> u32 {
        self.capacity_bytes
    }

    /// Whether no output is left.
    pub(super) const fn has_given_all(&self) -> bool {
        self.capacity_bytes == 0
    }

    /// Lowers the capacity; the operation goes on when that is refused as too much.
    pub(super) fn set_capacity(&mut self, bytes: u32) -> Result<(), Error> {
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

    /// Whether a key or bytes may come for this step now; it counts as come.
    pub(super) fn accept(&mut self, step: Step) -> Result<(), Error> {
        let (function, _) = self.plan.ok_or(Error::BadState)?;
        let progress = &mut self.progress;
        if function == Function::Hkdf && step == Step::INFO {
            if progress.has_information || progress.has_output {
                return Err(Error::BadState);
            }
            progress.has_information = true;
            return Ok(());
        }
        let next = function.after(progress.position.into(), step)?;
        if progress.has_output {
            return Err(Error::BadState);
        }
        progress.position = next as u8;
        progress.has_other_secret |= step == Step::OTHER_SECRET;
        Ok(())
    }

    /// Takes the cost of a password hash.
    pub(super) fn input_cost(&mut self, cost: u64) -> Result<(), Error> {
        match u32::try_from(cost) {
            Ok(0) => Err(Error::InvalidArgument),
            Ok(cost @ 1..=ITERATIONS_MAX) => {
                self.cost = cost;
                Ok(())
            }
            _ => Err(Error::NotSupported),
        }
    }

    /// Room for an input of so many bytes, which [`Self::input`] takes next.
    pub(super) fn room(&mut self, bytes: usize) -> Result<&mut [u8], Error> {
        let free = self.text.get_mut(usize::from(self.text_bytes)..);
        let room = free.and_then(|free| free.get_mut(..bytes));
        room.ok_or(Error::InsufficientMemory)
    }

    /// Takes an input that was accepted and stands in the room for it.
    pub(super) fn input(&mut self, step: Step, bytes: usize) -> Result<(), Error> {
        let (function, hash) = self.plan.ok_or(Error::BadState)?;
        let end = usize::from(self.text_bytes);
        let (kept, free) = self.text.split_at_mut_checked(end).unwrap_or_default();
        let data = free.get_mut(..bytes).unwrap_or_default();
        let digest_bytes = B::Hash::digest_bytes(hash);
        if B::WANTED.derivation_with_cmac()
            && function.is_of_cmac()
            && matches!(step, Step::SECRET | Step::PASSWORD)
        {
            let mut of_password = [0; AES_128_KEY_BYTES];
            let key = if function == Function::CounterCmac {
                &*data
            } else {
                of_password = cmac::key_of_password::<B>(data)?;
                &of_password
            };
            let places = self.chain.as_mut().iter_mut();
            places.zip(key).for_each(|(to, from)| *to = *from);
            self.key_bytes = key.len() as u8; // of AES: at most 32
            clear::bytes(&mut of_password);
            clear::bytes(data);
            return Ok(());
        }
        match (function, step) {
            (Function::Hkdf | Function::HkdfExtract, Step::SALT) => self.mac.restart(hash, data),
            (Function::Hkdf | Function::HkdfExtract, Step::SECRET) => {
                self.mac.update(data);
                let mut key = self.mac.finish();
                if function == Function::Hkdf {
                    let key = key.as_ref().get(..digest_bytes);
                    self.mac.restart(hash, key.unwrap_or_default());
                } else {
                    self.block.as_mut().copy_from_slice(key.as_ref());
                    self.left_bytes = digest_bytes as u8;
                }
                clear::bytes(key.as_mut());
            }
            (Function::HkdfExpand, Step::SECRET) if bytes < digest_bytes => {
                return Err(Error::InvalidArgument);
            }
            (Function::Tls12PskToMs, Step::SECRET) => {
                if bytes > PRE_SHARED_KEY_BYTES_MAX {
                    return Err(Error::InvalidArgument);
                }
                let (_, other) = kept
                    .split_at_mut_checked(self.split.into())
                    .unwrap_or_default();
                let zeros = [0; PRE_SHARED_KEY_BYTES_MAX];
                // The other secret takes the second place of the inputs.
                let first = if self.progress.has_other_secret {
                    &*other
                } else {
                    zeros.get(..bytes).unwrap_or_default()
                };
                let lengths = [first.len(), bytes].map(|bytes| (bytes as u16).to_be_bytes());
                let [of_first, of_second] = &lengths;
                self.mac
                    .restart_of(hash, &[of_first, first, of_second, data]);
                clear::bytes(other);
                self.text_bytes = self.split;
            }
            (_, Step::SECRET | Step::PASSWORD) => self.mac.restart(hash, data),
            (_, Step::LABEL) if function.is_counter() && data.contains(&0) => {
                return Err(Error::InvalidArgument);
            }
            _ => {
                self.text_bytes += bytes as u16; // there is room for them
                if matches!(step, Step::SEED) || function.is_counter() && step == Step::LABEL {
                    self.split = self.text_bytes;
                }
                return Ok(());
            }
        }
        clear::bytes(data);
        Ok(())
    }

    /// Whether all inputs have come.
    pub(super) fn require_complete(&self) -> Result<(), Error> {
        let (function, _) = self.plan.ok_or(Error::BadState)?;
        let lacks_information = function == Function::Hkdf && !self.progress.has_information;
        if lacks_information || !function.is_complete(self.progress.position.into()) {
            return Err(Error::BadState);
        }
        Ok(())
    }

    /// Takes so many bytes off the capacity; none is left when that is more than there is. They are
    /// for one call, which must not take too long.
    pub(crate) fn spend(&mut self, bytes: usize) -> Result<(), Error> {
        if !self.progress.has_output {
            self.length_bits = self.capacity_bytes.wrapping_mul(8);
            self.progress.has_output = true;
        }
        let rest = u32::try_from(bytes).ok();
        let rest = rest.and_then(|bytes| self.capacity_bytes.checked_sub(bytes));
        self.capacity_bytes = rest.unwrap_or(0);
        if rest.is_none() {
            return Err(Error::InsufficientData);
        }
        if self.iterations(bytes) > ITERATIONS_MAX as usize {
            return Err(Error::NotSupported);
        }
        Ok(())
    }

    /// How many iterations the next `bytes` take.
    fn iterations(&self, bytes: usize) -> usize {
        let block_bytes = self.plan.map_or(1, |(function, hash)| {
            function.block_bytes(B::Hash::digest_bytes(hash))
        });
        let new_bytes = bytes.saturating_sub(self.left_bytes.into());
        let blocks = new_bytes.div_ceil(block_bytes.max(1));
        blocks.saturating_mul(self.cost.max(BLOCK_ITERATIONS) as usize)
    }

    /// Fills `output` with the next bytes, for which the capacity was spent.
    #[inline(never)]
    pub(crate) fn fill(&mut self, output: &mut [u8]) -> Result<(), Error> {
        let (function, hash) = self.plan.ok_or(Error::BadState)?;
        let digest_bytes = function.block_bytes(B::Hash::digest_bytes(hash));
        for byte in output {
            if self.left_bytes == 0 {
                self.next_block(function, digest_bytes)?;
                self.left_bytes = digest_bytes as u8;
            }
            let index = digest_bytes.saturating_sub(self.left_bytes.into());
            *byte = self.block.as_ref().get(index).copied().unwrap_or_default();
            self.left_bytes -= 1;
        }
        Ok(())
    }

    #[inline(never)]
    fn next_block(&mut self, function: Function, digest_bytes: usize) -> Result<(), Error> {
        self.counter = self.counter.wrapping_add(1);
        if B::WANTED.derivation_with_cmac() && function.is_of_cmac() {
            return self.next_block_of_cmac(function);
        }
        let text = self.text.get(..self.text_bytes.into()).unwrap_or_default();
        let (first, second) = text.split_at_checked(self.split.into()).unwrap_or_default();
        let number = self.counter.to_be_bytes();
        let mut mac = self.mac.clone();
        match function {
            Function::HkdfExtract | Function::CounterCmac | Function::Pbkdf2Cmac => {
                return Err(Error::BadState); // never: the one has one block, the others are of CMAC
            }
            Function::Hkdf | Function::HkdfExpand => {
                if self.counter > 1 {
                    mac.update(self.block.as_ref().get(..digest_bytes).unwrap_or_default());
                }
                mac.update(text);
                mac.update(&[self.counter as u8]); // at most 255 blocks
            }
            Function::Tls12Prf | Function::Tls12PskToMs => {
                let mut link = self.mac.clone();
                if self.counter == 1 {
                    link.update(second);
                    link.update(first);
                } else {
                    link.update(self.chain.as_ref().get(..digest_bytes).unwrap_or_default());
                }
                self.chain = link.finish();
                mac.update(self.chain.as_ref().get(..digest_bytes).unwrap_or_default());
                mac.update(second);
                mac.update(first);
            }
            Function::CounterHmac => {
                mac.update(&number);
                mac.update(first);
                mac.update(&[0]);
                mac.update(second);
                mac.update(&self.length_bits.to_be_bytes());
            }
            Function::Pbkdf2Hmac => {
                mac.update(text);
                mac.update(&number);
            }
        }
        self.block = mac.finish();
        if function == Function::Pbkdf2Hmac {
            self.stretch(&mut mac, digest_bytes);
        }
        Ok(())
    }

    /// Adds the other iterations to the first one, bit by bit.
    fn stretch(&mut self, mac: &mut Hmac<B::Hash>, digest_bytes: usize) {
        let mut sum = B::Hash::BLANK_DIGEST;
        for iteration in 0..self.cost {
            if iteration != 0 {
                mac.clone_from(&self.mac);
                mac.update(self.block.as_ref().get(..digest_bytes).unwrap_or_default());
                self.block = mac.finish();
            }
            let pairs = sum.as_mut().iter_mut().zip(self.block.as_ref());
            pairs.for_each(|(sum, byte)| *sum ^= byte);
        }
        self.block = sum;
    }
}
