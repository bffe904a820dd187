// SPDX-License-Identifier: Apache-2.0
//! The service for asymmetric signatures (PSA Crypto API 1.2, "Asymmetric signature"): ECDSA on
//! P-256, of digests and of messages.
//!
//! Randomised signatures derive the secret number from key, digest and random bytes (RFC 6979,
//! 3.6), so that a weak source of entropy does not reveal the key.

use primitives::{
    clear,
    hash::{self as names, Hash},
    p256::{self, Nonces, SCALAR_BYTES, SIGNATURE_BYTES},
    sha512,
};
use psa::{
    Message,
    crypto::{Algorithm, Function, KeyType, Pack, Usage},
};

use crate::{
    algorithms::{
        hash::{self, HashAlgorithm},
        signature::{DETERMINISTIC_ECDSA, ECDSA},
    },
    configuration::Configuration,
    error::Error,
    keys::curve::public_key,
    partition::Crypto,
    vectors::{for_each_block, read, write},
};

/// The longest digest in bytes.
const DIGEST_BYTES_MAX: usize = sha512::DIGEST_BYTES;
/// Random bytes in a randomised signature.
const RANDOM_BYTES: usize = 32;

/// What is signed.
struct Digest {
    bytes: [u8; DIGEST_BYTES_MAX],
    length_bytes: usize,
}

impl Digest {
    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length_bytes).unwrap_or_default()
    }
}

/// How it is signed.
struct Scheme<C: Configuration> {
    is_deterministic: bool,
    /// `None` if the client computes the digest with a hash that the algorithm does not name.
    hash: Option<HashAlgorithm<C>>,
}

impl<C: Configuration> Scheme<C> {
    fn of(algorithm: Algorithm) -> Result<Self, Error> {
        if !algorithm.is_sign() || algorithm.is_wildcard() {
            return Err(Error::InvalidArgument);
        }
        let is_deterministic = match algorithm.without_hash() {
            ECDSA if C::WANTED.ecdsa => false,
            DETERMINISTIC_ECDSA if C::WANTED.deterministic_ecdsa => true,
            _ => return Err(Error::NotSupported),
        };
        if algorithm == DETERMINISTIC_ECDSA {
            return Err(Error::InvalidArgument);
        }
        let hash = if algorithm == Algorithm::ECDSA_ANY {
            None
        } else {
            Some(hash::supported::<C>(algorithm.hash())?)
        };
        Ok(Self {
            is_deterministic,
            hash,
        })
    }

    /// The digest in input vector 1, or that of the message in it.
    fn digest(&self, is_message: bool, message: &mut impl Message) -> Result<Digest, Error> {
        let mut digest = Digest {
            bytes: [0; DIGEST_BYTES_MAX],
            length_bytes: message.in_size(1),
        };
        match self.hash {
            Some(algorithm) if is_message => {
                let mut hash = C::Hash::BLANK;
                hash.restart(algorithm);
                for_each_block(message, 1, |data| hash.update(data));
                let places = digest.bytes.iter_mut();
                let bytes = hash.finish();
                places
                    .zip(bytes.as_ref())
                    .for_each(|(to, from)| *to = *from);
                digest.length_bytes = C::Hash::digest_bytes(algorithm);
                return Ok(digest);
            }
            None if is_message => return Err(Error::InvalidArgument),
            Some(algorithm) if digest.length_bytes != C::Hash::digest_bytes(algorithm) => {
                return Err(Error::InvalidArgument);
            }
            None if digest.length_bytes > DIGEST_BYTES_MAX => return Err(Error::InvalidArgument),
            _ => {}
        }
        read(message, 1, &mut digest.bytes);
        Ok(digest)
    }
}

impl<C: Configuration> Crypto<C> {
    /// Serves one function of the group.
    pub(crate) fn signature_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::SIGN_MESSAGE => self.sign(Usage::SIGN_MESSAGE, true, pack, message),
            Function::VERIFY_MESSAGE => self.verify(Usage::VERIFY_MESSAGE, true, pack, message),
            Function::SIGN_HASH => self.sign(Usage::SIGN_HASH, false, pack, message),
            Function::VERIFY_HASH => self.verify(Usage::VERIFY_HASH, false, pack, message),
            _ => Err(Error::NotSupported),
        }
    }

    fn sign(
        &mut self,
        usage: Usage,
        is_message: bool,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        let algorithm = pack.algorithm();
        let key = self
            .keys
            .usable(message.client_id(), pack.key_id(), usage, algorithm)?;
        let scheme = Scheme::<C>::of(algorithm)?;
        let private = match <&[u8; SCALAR_BYTES]>::try_from(key.1) {
            Ok(private)
                if key.0.key_type == KeyType::ECC_KEY_PAIR_SECP_R1
                    && p256::is_private_key(private) =>
            {
                private
            }
            _ => return Err(Error::InvalidArgument),
        };
        if message.out_size(0) < SIGNATURE_BYTES {
            return Err(Error::BufferTooSmall);
        }
        let digest = scheme.digest(is_message, message)?;
        let mut random = [0; RANDOM_BYTES];
        let mut mixed: &[u8] = &[];
        if !scheme.is_deterministic {
            self.random.fill(&mut random)?;
            mixed = &random;
        }
        let hash = scheme.hash;
        let hash = hash.unwrap_or(C::Hash::algorithm(names::Algorithm::Sha256));
        let mut nonces = Nonces::<C::Hash>::new(hash, private, digest.as_bytes(), mixed);
        // The first number is unsuitable with probability 2^-32.
        let signature = loop {
            let mut nonce = nonces.next_number();
            let signature = p256::sign(private, digest.as_bytes(), &nonce);
            clear::bytes(&mut nonce);
            if let Some(signature) = signature {
                break signature;
            }
        };
        nonces.clear();
        clear::bytes(&mut random);
        write(message, 0, &signature)
    }

    fn verify(
        &mut self,
        usage: Usage,
        is_message: bool,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        let algorithm = pack.algorithm();
        let key = self
            .keys
            .usable(message.client_id(), pack.key_id(), usage, algorithm)?;
        let scheme = Scheme::<C>::of(algorithm)?;
        let public = public_key(key.0.key_type, key.1)?;
        let digest = scheme.digest(is_message, message)?;
        let mut signature = [0; SIGNATURE_BYTES];
        read(message, 2, &mut signature);
        if message.in_size(2) == SIGNATURE_BYTES
            && p256::verify(&public, digest.as_bytes(), &signature)
        {
            Ok(())
        } else {
            Err(Error::InvalidSignature)
        }
    }
}
