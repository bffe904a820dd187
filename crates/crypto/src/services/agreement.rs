// SPDX-License-Identifier: Apache-2.0
//! Key agreement (PSA Crypto API 1.2, "Key agreement"): Diffie-Hellman on P-256. The peer's key
//! is an uncompressed point; one that is not on the curve is refused before the private key is used.

use primitives::{
    clear,
    p256::{self, PUBLIC_KEY_BYTES, SCALAR_BYTES},
};
use psa::{
    Message,
    crypto::{Algorithm, KeyAttributes, KeyType, Pack, Usage},
};

use crate::{
    configuration::Configuration,
    error::Error,
    partition::Crypto,
    vectors::{read, write},
};

impl<C: Configuration> Crypto<C> {
    /// Returns the shared secret itself.
    pub(crate) fn raw_key_agreement(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        let algorithm = pack.algorithm();
        if !algorithm.is_key_agreement() || algorithm != algorithm.agreement() {
            return Err(Error::InvalidArgument);
        }
        if algorithm != Algorithm::ECDH {
            return Err(Error::NotSupported);
        }
        let key = self
            .keys
            .usable(message.client_id(), pack.key_id(), Usage::DERIVE, algorithm)?;
        if message.out_size(0) < SCALAR_BYTES {
            return Err(Error::BufferTooSmall);
        }
        let mut secret = shared_secret(key, message)?;
        let result = write(message, 0, &secret);
        clear::bytes(&mut secret);
        result
    }
}

/// The shared secret of a private key and the peer's public key in input vector 1.
pub(crate) fn shared_secret(
    (attributes, material): (&KeyAttributes, &[u8]),
    message: &mut impl Message,
) -> Result<[u8; SCALAR_BYTES], Error> {
    let mut peer = [0; PUBLIC_KEY_BYTES];
    let peer_bytes = message.in_size(1);
    read(message, 1, &mut peer);
    match <&[u8; SCALAR_BYTES]>::try_from(material) {
        Ok(private)
            if attributes.key_type == KeyType::ECC_KEY_PAIR_SECP_R1
                && peer_bytes == PUBLIC_KEY_BYTES =>
        {
            p256::shared_secret(private, &peer).ok_or(Error::InvalidArgument)
        }
        _ => Err(Error::InvalidArgument),
    }
}
