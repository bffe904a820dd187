// SPDX-License-Identifier: Apache-2.0
//! Signatures and key agreement on P-256 with different private keys.
//!
//! A signature draws another secret number when one does not serve, which is seen in the trace and
//! tells nothing about the number that served in the end. It happens once in 2^32 times: not with
//! these keys.

use client::veneers::Veneers;
use client::{agreement, key, signature};
use psa::crypto::{Algorithm, KeyType};

use super::super::p256::POINT;
use super::super::support::needs::where_there_is;
use super::{Secret, follow, with_key};

const PAIR: KeyType = KeyType::ECC_KEY_PAIR_SECP_R1;
const SHA_256: Algorithm = Algorithm::SHA_256;

/// Follows everything that a private key is for.
pub fn follow_all(secret: &Secret) {
    // Not zero and less than half the order.
    let mut private = secret.key;
    private[0] &= 0x7F;
    private[31] |= 1;
    let algorithm = Algorithm::ecdsa(SHA_256);
    where_there_is!(KEYS, ECDSA, SHA_256 => sign("ecdsa", algorithm, &private, secret));
    let algorithm = Algorithm::deterministic_ecdsa(SHA_256);
    where_there_is!(KEYS, DETERMINISTIC_ECDSA, SHA_256 =>
        sign("deterministic ecdsa", algorithm, &private, secret));
    where_there_is!(KEYS, ECDH => agree(&private));
}

fn sign(name: &str, algorithm: Algorithm, private: &[u8], secret: &Secret) {
    with_key(PAIR, algorithm, private, |key| {
        let mut bytes = [0; 64];
        let mut sign = || {
            let message = &secret.message;
            signature::sign_message(&Veneers, key, algorithm, message, &mut bytes)
        };
        // Random bytes are made for two signatures at a time: it is always the second one
        // that is followed.
        sign()?;
        follow(name, &mut sign).map(|_| ())
    });
}

fn agree(private: &[u8]) {
    with_key(PAIR, Algorithm::ECDH, private, |key| {
        let mut shared = [0; 32];
        follow("ecdh", &mut || {
            agreement::raw_key_agreement(&Veneers, Algorithm::ECDH, key, &POINT, &mut shared)
        })?;
        let mut public = [0; 65];
        follow("p256 public key", &mut || {
            key::export_public(&Veneers, key, &mut public)
        })
        .map(|_| ())
    });
}
