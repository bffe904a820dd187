// SPDX-License-Identifier: Apache-2.0
//! The functions that use CMAC: SP 800-108 Rev. 1 (4.1, with the block of 6.7, which prevents that
//! the choice of the context determines the key), and PBKDF2 with AES-CMAC-PRF-128 (RFC 4615).
//!
//! A key takes less memory than a MAC keyed with it. It is in the field that TLS uses for its chain,
//! and is expanded for each block.

use primitives::{
    aes::BlockPairCipher,
    clear,
    cmac::{Cmac, MAC_BYTES},
};

use super::Derivation;
use crate::{
    algorithms::derivation::Function,
    configuration::{AES_128_KEY_BYTES, Configuration},
    error::Error,
    operations::aes::Aes,
};

/// The key of a password: the password itself if it has the length of a key.
pub(crate) fn key_of_password<C: Configuration>(
    password: &[u8],
) -> Result<[u8; AES_128_KEY_BYTES], Error> {
    if let Ok(key) = password.try_into() {
        return Ok(key);
    }
    let mut mac = under::<C>(&[0; AES_128_KEY_BYTES])?;
    let key = code(&mut mac, &[password]);
    mac.clear();
    Ok(key)
}

impl<C: Configuration> Derivation<C> {
    /// Computes the block with the number in the counter.
    #[inline(never)]
    pub(crate) fn next_block_of_cmac(&mut self, function: Function) -> Result<(), Error> {
        let text = self.text.get(..self.text_bytes.into()).unwrap_or_default();
        let (first, second) = text.split_at_checked(self.split.into()).unwrap_or_default();
        let number = self.counter.to_be_bytes();
        let key = self.chain.as_ref().get(..self.key_bytes.into());
        let mut mac = under::<C>(key.unwrap_or_default())?;
        let mut block;
        if function == Function::CounterCmac {
            let length = self.length_bits.to_be_bytes();
            let mut control = code(&mut mac, &[first, &[0], second, &length]);
            let parts = [&number, first, &[0], second, &length, &control];
            block = code(&mut mac, &parts);
            clear::bytes(&mut control);
        } else {
            let mut last = code(&mut mac, &[text, &number]);
            block = last;
            for _ in 1..self.cost {
                last = code(&mut mac, &[&last]);
                let pairs = block.iter_mut().zip(&last);
                pairs.for_each(|(sum, byte)| *sum ^= byte);
            }
            clear::bytes(&mut last);
        }
        mac.clear();
        let places = self.block.as_mut().iter_mut();
        places.zip(block).for_each(|(to, from)| *to = from);
        clear::bytes(&mut block);
        Ok(())
    }
}

#[inline]
fn under<C: Configuration>(key: &<Aes<C> as BlockPairCipher>::Key) -> Result<Cmac<Aes<C>>, Error> {
    let mut mac = Cmac::BLANK;
    mac.start(key)?;
    Ok(mac)
}

/// The MAC of a message in parts.
#[inline(never)]
fn code<K: BlockPairCipher>(mac: &mut Cmac<K>, parts: &[&[u8]]) -> [u8; MAC_BYTES] {
    parts.iter().for_each(|part| mac.update(part));
    mac.end_message()
}
