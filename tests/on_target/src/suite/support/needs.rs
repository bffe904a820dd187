// SPDX-License-Identifier: Apache-2.0
//! What a case can need of the configuration. All of it is known when the suite is built, so a case
//! without its needs takes no room.

use nonsecure::config::{crypto, services};
use psa::service::{CRYPTO, INITIAL_ATTESTATION, INTERNAL_TRUSTED_STORAGE};

use super::any_hash;

/// A part of the configuration that a case needs.
#[derive(Clone, Copy)]
pub struct Need {
    /// Its name in the summary of a run.
    pub name: &'static str,
    /// Whether the configuration has it.
    pub is_there: bool,
}

const fn need(name: &'static str, is_there: bool) -> Need {
    Need { name, is_there }
}

/// Whether all of them are there.
pub const fn have_all(needs: &[Need]) -> bool {
    let mut index = 0;
    while index < needs.len() {
        if !needs[index].is_there {
            return false;
        }
        index += 1;
    }
    true
}

/// Whether the secure world has this service.
const fn serves(sid: u32) -> bool {
    let mut index = 0;
    while index < services::SIDS.len() {
        if services::SIDS[index] == sid {
            return true;
        }
        index += 1;
    }
    false
}

/// Whether an algorithm uses keys; without one there is no management of keys.
const fn uses_keys(algorithm: &str) -> bool {
    !begins(algorithm, "PSA_WANT_ALG_SHA")
        && !begins(algorithm, "PSA_WANT_AES_KEY_SIZE")
        && !begins(algorithm, "PSA_WANT_GENERATE_RANDOM")
}

const fn begins(text: &str, start: &str) -> bool {
    let (text, start) = (text.as_bytes(), start.as_bytes());
    let mut index = 0;
    while index < text.len() && index < start.len() && text[index] == start[index] {
        index += 1;
    }
    index == start.len()
}

const HAS_KEYED: bool = {
    let (mut row, mut found) = (0, false);
    while row < crypto::ALGORITHMS.len() {
        let (name, is_there) = crypto::ALGORITHMS[row];
        found |= is_there && uses_keys(name);
        row += 1;
    }
    found
};
const HAS_CRYPTO: bool = serves(CRYPTO.sid);
const HAS_STORAGE: bool = serves(INTERNAL_TRUSTED_STORAGE.sid);

/// The Crypto service.
pub const CRYPTO_SERVICE: Need = need("Crypto", HAS_CRYPTO);
/// The tests from the secure world.
pub const SECURE_SUITE: Need = need("test.secure", serves(secure_suite::SERVICE.sid));
/// Internal Trusted Storage.
pub const STORAGE: Need = need("Internal Trusted Storage", HAS_STORAGE);
/// Initial Attestation.
pub const TOKENS: Need = need("Initial Attestation", serves(INITIAL_ATTESTATION.sid));
/// Volatile keys: two at once.
pub const KEYS: Need = need(
    "keys",
    HAS_CRYPTO && HAS_KEYED && crypto::KEY_SLOTS >= 2 && crypto::KEYS_PER_CLIENT >= 2,
);
/// Keys in storage.
pub const PERSISTENT_KEYS: Need = need(
    "crypto.persistent_keys",
    KEYS.is_there && crypto::PERSISTENT_KEYS,
);
/// Any of the hashes ([`any_hash`]).
pub const ANY_HASH: Need = need("a hash", HAS_CRYPTO && any_hash::IS_THERE);

macro_rules! algorithms {
    ($($name:ident = $constant:ident;)*) => {
        $(
            #[doc = concat!("`", stringify!($constant), "`.")]
            pub const $name: Need =
                need(stringify!($constant), HAS_CRYPTO && crypto::$constant);
        )*
    };
}

algorithms! {
    SHA_224 = PSA_WANT_ALG_SHA_224;
    SHA_256 = PSA_WANT_ALG_SHA_256;
    SHA_384 = PSA_WANT_ALG_SHA_384;
    SHA_512 = PSA_WANT_ALG_SHA_512;
    HMAC = PSA_WANT_ALG_HMAC;
    CCM = PSA_WANT_ALG_CCM;
    AES_192 = PSA_WANT_AES_KEY_SIZE_192;
    AES_256 = PSA_WANT_AES_KEY_SIZE_256;
    CBC_NO_PADDING = PSA_WANT_ALG_CBC_NO_PADDING;
    CBC_PKCS7 = PSA_WANT_ALG_CBC_PKCS7;
    CTR = PSA_WANT_ALG_CTR;
    CFB = PSA_WANT_ALG_CFB;
    ECB_NO_PADDING = PSA_WANT_ALG_ECB_NO_PADDING;
    STREAM_CIPHER = PSA_WANT_ALG_STREAM_CIPHER;
    GCM = PSA_WANT_ALG_GCM;
    CHACHA20_POLY1305 = PSA_WANT_ALG_CHACHA20_POLY1305;
    CMAC = PSA_WANT_ALG_CMAC;
    HKDF = PSA_WANT_ALG_HKDF;
    HKDF_EXTRACT = PSA_WANT_ALG_HKDF_EXTRACT;
    HKDF_EXPAND = PSA_WANT_ALG_HKDF_EXPAND;
    TLS12_PRF = PSA_WANT_ALG_TLS12_PRF;
    TLS12_PSK_TO_MS = PSA_WANT_ALG_TLS12_PSK_TO_MS;
    COUNTER_HMAC = PSA_WANT_ALG_SP800_108_COUNTER_HMAC;
    PBKDF2_HMAC = PSA_WANT_ALG_PBKDF2_HMAC;
    COUNTER_CMAC = PSA_WANT_ALG_SP800_108_COUNTER_CMAC;
    PBKDF2_CMAC = PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128;
    ECDSA = PSA_WANT_ALG_ECDSA;
    DETERMINISTIC_ECDSA = PSA_WANT_ALG_DETERMINISTIC_ECDSA;
    ECDH = PSA_WANT_ALG_ECDH;
    RANDOM = PSA_WANT_GENERATE_RANDOM;
}

/// Runs code only where its needs are met; elsewhere it is not built.
macro_rules! where_there_is {
    ($($need:ident),+ => $code:expr) => {
        if const { $crate::suite::support::needs::have_all(
            &[$($crate::suite::support::needs::$need),+]
        ) } {
            $code
        }
    };
}
pub(crate) use where_there_is;
