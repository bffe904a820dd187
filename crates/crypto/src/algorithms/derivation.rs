// SPDX-License-Identifier: Apache-2.0
//! Key derivation functions, their inputs, and the order of these (PSA Crypto API 1.2, "Key
//! derivation algorithms").

use primitives::{
    cmac::MAC_BYTES,
    hash::{self as names, Hash},
};
use psa::crypto::{Algorithm, Step};

use super::hash::{self, HashAlgorithm};
use crate::{configuration::Configuration, error::Error};

/// A function that derives keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Hkdf,
    HkdfExtract,
    HkdfExpand,
    Tls12Prf,
    Tls12PskToMs,
    CounterHmac,
    Pbkdf2Hmac,
    CounterCmac,
    Pbkdf2Cmac,
}

/// One input of a function.
pub(crate) struct Input {
    pub(crate) step: Step,
    is_optional: bool,
    repeats: bool,
}

const fn once(step: Step) -> Input {
    Input {
        step,
        is_optional: false,
        repeats: false,
    }
}

const fn optional(step: Step) -> Input {
    Input {
        step,
        is_optional: true,
        repeats: false,
    }
}

const fn repeated(step: Step) -> Input {
    Input {
        step,
        is_optional: false,
        repeats: true,
    }
}

static HKDF: [Input; 2] = [optional(Step::SALT), once(Step::SECRET)];
static HKDF_EXTRACT: [Input; 2] = [once(Step::SALT), once(Step::SECRET)];
static HKDF_EXPAND: [Input; 2] = [once(Step::SECRET), once(Step::INFO)];
static TLS12_PRF: [Input; 3] = [once(Step::SEED), once(Step::SECRET), once(Step::LABEL)];
static TLS12_PSK_TO_MS: [Input; 4] = [
    once(Step::SEED),
    optional(Step::OTHER_SECRET),
    once(Step::SECRET),
    once(Step::LABEL),
];
static COUNTER: [Input; 3] = [
    once(Step::SECRET),
    optional(Step::LABEL),
    optional(Step::CONTEXT),
];
static PBKDF2: [Input; 3] = [once(Step::COST), repeated(Step::SALT), once(Step::PASSWORD)];

impl Function {
    /// The inputs in their order, except the information of HKDF, which may come at any time.
    pub(crate) fn inputs(self) -> &'static [Input] {
        match self {
            Self::Hkdf => &HKDF,
            Self::HkdfExtract => &HKDF_EXTRACT,
            Self::HkdfExpand => &HKDF_EXPAND,
            Self::Tls12Prf => &TLS12_PRF,
            Self::Tls12PskToMs => &TLS12_PSK_TO_MS,
            Self::CounterHmac | Self::CounterCmac => &COUNTER,
            Self::Pbkdf2Hmac | Self::Pbkdf2Cmac => &PBKDF2,
        }
    }

    /// Whether it is a counter mode of SP 800-108.
    pub(crate) const fn is_counter(self) -> bool {
        matches!(self, Self::CounterHmac | Self::CounterCmac)
    }

    /// Whether it uses CMAC.
    pub(crate) const fn is_of_cmac(self) -> bool {
        matches!(self, Self::CounterCmac | Self::Pbkdf2Cmac)
    }

    /// Bytes in a block of output, with a hash of this size.
    pub(crate) const fn block_bytes(self, digest_bytes: usize) -> usize {
        if self.is_of_cmac() {
            MAC_BYTES
        } else {
            digest_bytes
        }
    }

    /// The position in the order after `step`, which follows `position` inputs.
    pub(crate) fn after(self, position: usize, step: Step) -> Result<usize, Error> {
        let inputs = self.inputs();
        let index = inputs.iter().position(|input| input.step == step);
        let index = index.ok_or(Error::InvalidArgument)?;
        let again = index + 1 == position && inputs.get(index).is_some_and(|input| input.repeats);
        let passed_over = inputs.get(position..index);
        if again || passed_over.is_some_and(|inputs| inputs.iter().all(|input| input.is_optional)) {
            Ok(index + 1)
        } else {
            Err(Error::BadState)
        }
    }

    /// Whether no mandatory input is missing after `position` inputs.
    pub(crate) fn is_complete(self, position: usize) -> bool {
        let left = self.inputs().get(position..);
        left.is_some_and(|left| left.iter().all(|input| input.is_optional))
    }

    /// The maximum of output in bytes, with a hash of this size.
    pub(crate) const fn capacity_bytes(self, digest_bytes: usize) -> u32 {
        match self {
            Self::Hkdf | Self::HkdfExpand => 255 * digest_bytes as u32,
            Self::HkdfExtract => digest_bytes as u32,
            // The length is an input of the derivation, as a number of bits.
            Self::CounterHmac | Self::CounterCmac => u32::MAX >> 3,
            Self::Tls12Prf | Self::Tls12PskToMs | Self::Pbkdf2Hmac | Self::Pbkdf2Cmac => u32::MAX,
        }
    }
}

/// The function of a derivation with any hash, if the image has it.
const fn function<C: Configuration>(derivation: Algorithm) -> Option<Function> {
    const NONE: Algorithm = Algorithm::NONE;
    const HKDF: Algorithm = Algorithm::hkdf(NONE);
    const HKDF_EXTRACT: Algorithm = Algorithm::hkdf_extract(NONE);
    const HKDF_EXPAND: Algorithm = Algorithm::hkdf_expand(NONE);
    const TLS12_PRF: Algorithm = Algorithm::tls12_prf(NONE);
    const TLS12_PSK_TO_MS: Algorithm = Algorithm::tls12_psk_to_ms(NONE);
    const COUNTER_HMAC: Algorithm = Algorithm::sp800_108_counter_hmac(NONE);
    const PBKDF2_HMAC: Algorithm = Algorithm::pbkdf2_hmac(NONE);
    Some(match (derivation, derivation.without_hash()) {
        (Algorithm::SP800_108_COUNTER_CMAC, _) if C::WANTED.sp800_108_counter_cmac => {
            Function::CounterCmac
        }
        (Algorithm::PBKDF2_AES_CMAC_PRF_128, _) if C::WANTED.pbkdf2_aes_cmac_prf_128 => {
            Function::Pbkdf2Cmac
        }
        (_, HKDF) if C::WANTED.hkdf => Function::Hkdf,
        (_, HKDF_EXTRACT) if C::WANTED.hkdf_extract => Function::HkdfExtract,
        (_, HKDF_EXPAND) if C::WANTED.hkdf_expand => Function::HkdfExpand,
        (_, TLS12_PRF) if C::WANTED.tls12_prf => Function::Tls12Prf,
        (_, TLS12_PSK_TO_MS) if C::WANTED.tls12_psk_to_ms => Function::Tls12PskToMs,
        (_, COUNTER_HMAC) if C::WANTED.sp800_108_counter_hmac => Function::CounterHmac,
        (_, PBKDF2_HMAC) if C::WANTED.pbkdf2_hmac => Function::Pbkdf2Hmac,
        _ => return None,
    })
}

/// Whether the image has the derivation, with any hash, and the agreement before it, if there is
/// one; an agreement may stand alone.
pub(crate) const fn has<C: Configuration>(algorithm: Algorithm) -> bool {
    let is_derived = function::<C>(algorithm.derivation()).is_some();
    match algorithm.agreement() {
        // The derivation of a combination is checked at each use.
        Algorithm::ECDH => C::WANTED.ecdh,
        _ => is_derived && !algorithm.is_key_agreement(),
    }
}

/// The function of an algorithm, and its hash, if the image has both.
pub(crate) fn of<C: Configuration>(
    algorithm: Algorithm,
) -> Result<(Function, HashAlgorithm<C>), Error> {
    if algorithm.is_key_agreement() {
        if algorithm == algorithm.agreement() {
            return Err(Error::InvalidArgument);
        }
        if !C::WANTED.ecdh || algorithm.agreement() != Algorithm::ECDH {
            return Err(Error::NotSupported);
        }
    } else if !algorithm.is_key_derivation() {
        return Err(Error::InvalidArgument);
    }
    let derivation = algorithm.derivation();
    let function = function::<C>(derivation).ok_or(Error::NotSupported)?;
    if function.is_of_cmac() {
        // It uses no hash; any hash has enough room.
        return Ok((function, C::Hash::algorithm(names::Algorithm::Sha256)));
    }
    // TLS 1.2 defines no other hash for its pseudorandom function.
    let is_tls = matches!(function, Function::Tls12Prf | Function::Tls12PskToMs);
    if is_tls && !matches!(derivation.hash(), Algorithm::SHA_256 | Algorithm::SHA_384) {
        return Err(Error::NotSupported);
    }
    let hash = hash::supported::<C>(derivation.hash())?;
    Ok((function, hash))
}

/// The initial capacity of an operation, in bytes.
pub(crate) fn capacity_bytes<C: Configuration>(
    (function, hash): (Function, HashAlgorithm<C>),
) -> u32 {
    function.capacity_bytes(C::Hash::digest_bytes(hash))
}
