// SPDX-License-Identifier: Apache-2.0
//! Output of a derivation.

use primitives::{hash::Hash, hmac::Hmac};

use super::{Derivation, ITERATIONS_MAX};
use crate::{algorithms::derivation::Function, configuration::Configuration, error::Error};

/// What a block counts at least, whatever the function: it goes over all texts once or twice, which
/// takes about as long.
const BLOCK_ITERATIONS: u32 = 32;

impl<C: Configuration> Derivation<C> {
    /// Subtracts `bytes`, the output of one call, from the capacity. If that is more than the
    /// capacity, the capacity becomes zero. A call that would take too long is refused.
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
            function.block_bytes(C::Hash::digest_bytes(hash))
        });
        let new_bytes = bytes.saturating_sub(self.left_bytes.into());
        let blocks = new_bytes.div_ceil(block_bytes.max(1));
        blocks.saturating_mul(self.cost.max(BLOCK_ITERATIONS) as usize)
    }

    /// Fills `output` with the next bytes, for which the capacity was spent.
    #[inline(never)]
    pub(crate) fn fill(&mut self, output: &mut [u8]) -> Result<(), Error> {
        let (function, hash) = self.plan.ok_or(Error::BadState)?;
        let digest_bytes = function.block_bytes(C::Hash::digest_bytes(hash));
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
        if C::WANTED.derivation_with_cmac() && function.is_of_cmac() {
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
    fn stretch(&mut self, mac: &mut Hmac<C::Hash>, digest_bytes: usize) {
        let mut sum = C::Hash::BLANK_DIGEST;
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
