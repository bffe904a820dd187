// SPDX-License-Identifier: Apache-2.0
//! Keys that are derived from different secrets and passwords.

use client::derivation::Derivation;
use client::hash;
use client::veneers::Veneers;
use psa::crypto::{Algorithm, KeyType, Step};

use super::super::support::needs::where_there_is;
use super::{Secret, follow, with_key};

const SHA_256: Algorithm = Algorithm::SHA_256;
const OUTPUT_BYTES: usize = 48;

/// One input of a derivation.
enum Input {
    /// Bytes that are no secret.
    Public(Step, &'static [u8]),
    /// The key.
    Key(Step),
    /// How often a password is stretched.
    Cost(u64),
}

use Input::{Cost, Key, Public};

/// Inputs of HKDF.
const HKDF_INPUTS: &[Input] = &[
    Public(Step::SALT, b"salt"),
    Key(Step::SECRET),
    Public(Step::INFO, b"information"),
];
/// Inputs of the pseudorandom function of TLS 1.2, and of what is built on it.
const PSEUDORANDOM: &[Input] = &[
    Public(Step::SEED, b"seed"),
    Key(Step::SECRET),
    Public(Step::LABEL, b"label"),
];
/// Inputs of a derivation in counter mode.
const COUNTER: &[Input] = &[
    Key(Step::SECRET),
    Public(Step::LABEL, b"label"),
    Public(Step::CONTEXT, b"context"),
];
/// Inputs of a derivation from a password.
const PASSWORD: &[Input] = &[Cost(3), Public(Step::SALT, b"salt"), Key(Step::PASSWORD)];

/// Follows SHA-512 and every way to derive keys.
pub fn follow_all(secret: &Secret) {
    where_there_is!(SHA_512 => {
        let mut digest = [0; 64];
        let computed = follow("sha512", &mut || {
            hash::compute(&Veneers, Algorithm::SHA_512, &secret.message, &mut digest)
        });
        assert_eq!(computed, Ok(64));
    });
    follow_hmac(secret);
    where_there_is!(KEYS, COUNTER_CMAC => {
        let algorithm = Algorithm::SP800_108_COUNTER_CMAC;
        derive("counter-cmac", algorithm, KeyType::AES, COUNTER, secret);
    });
    where_there_is!(KEYS, PBKDF2_CMAC => {
        let algorithm = Algorithm::PBKDF2_AES_CMAC_PRF_128;
        derive("pbkdf2-cmac", algorithm, KeyType::PASSWORD, PASSWORD, secret);
    });
}

/// Follows what is built on HMAC.
fn follow_hmac(secret: &Secret) {
    let from_key =
        |name, algorithm, inputs| derive(name, algorithm, KeyType::DERIVE, inputs, secret);
    where_there_is!(KEYS, HKDF, SHA_256 =>
        from_key("hkdf", Algorithm::hkdf(SHA_256), HKDF_INPUTS));
    where_there_is!(KEYS, TLS12_PRF, SHA_256 =>
        from_key("tls12-prf", Algorithm::tls12_prf(SHA_256), PSEUDORANDOM));
    where_there_is!(KEYS, TLS12_PSK_TO_MS, SHA_256 =>
        from_key("tls12-psk-to-ms", Algorithm::tls12_psk_to_ms(SHA_256), PSEUDORANDOM));
    where_there_is!(KEYS, COUNTER_HMAC, SHA_256 =>
        from_key("counter-hmac", Algorithm::sp800_108_counter_hmac(SHA_256), COUNTER));
    where_there_is!(KEYS, PBKDF2_HMAC, SHA_256 => {
        let algorithm = Algorithm::pbkdf2_hmac(SHA_256);
        derive("pbkdf2-hmac", algorithm, KeyType::PASSWORD, PASSWORD, secret);
    });
}

/// Follows one derivation under the secret key.
fn derive(name: &str, algorithm: Algorithm, key_type: KeyType, inputs: &[Input], secret: &Secret) {
    with_key(key_type, algorithm, &secret.key, |key| {
        let mut output = [0; OUTPUT_BYTES];
        let mut derive = || {
            let mut derivation = Derivation::setup(&Veneers, algorithm)?;
            for input in inputs {
                match *input {
                    Public(step, bytes) => derivation.input_bytes(step, bytes)?,
                    Key(step) => derivation.input_key(step, key)?,
                    Cost(cost) => derivation.input_integer(Step::COST, cost)?,
                }
            }
            derivation.output_bytes(&mut output)?;
            Ok(OUTPUT_BYTES)
        };
        // The room of the operation may have served another kind before.
        derive()?;
        follow(name, &mut derive).map(|_| ())
    });
}
