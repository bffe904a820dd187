// SPDX-License-Identifier: Apache-2.0
//! The same calls with different secrets. Their execution is followed by a plug-in of the
//! emulator digests each call between [`trace_begins`] and [`trace_ends`], and `trace NAME` says
//! which one it was. All digests of a name have to be equal.
//!
//! Lengths, keys' names, handles and addresses are the same each time; keys, messages and codes
//! are not.

mod derivations;
mod p256;

use client::aead::{self, Aead, Parameters};
use client::cipher::Cipher;
use client::hash;
use client::mac;
use client::veneers::Veneers;
use client::{Status, key};
use core::hint::black_box;
use nonsecure::{print_line, semihosting};
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage};

use super::support::needs::where_there_is;

const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
const MESSAGE_BYTES: usize = 80;
const LONGEST_TAG_BYTES: usize = 32;

/// What differs.
struct Secret {
    key: [u8; 32],
    message: [u8; MESSAGE_BYTES],
}

/// How many secrets there are.
const SECRETS: u8 = 6;

/// Numbers at the edges, then numbers without a pattern.
fn secret(index: u8) -> Secret {
    let mut state = 0x2545_f491_u32.wrapping_mul(u32::from(index));
    let mut next = || match index {
        0 | 1 => 0xFF * index,
        _ => {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as u8
        }
    };
    Secret {
        key: core::array::from_fn(|_| next()),
        message: core::array::from_fn(|_| next()),
    }
}

/// Where the plug-in begins to follow.
#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn trace_begins() {
    black_box(0);
}

/// Where it ends to.
#[unsafe(no_mangle)]
#[inline(never)]
extern "C" fn trace_ends() {
    black_box(1);
}

/// Follows one call.
#[inline(never)]
fn follow(name: &str, call: &mut dyn FnMut() -> Result<usize, Status>) -> Result<usize, Status> {
    trace_begins();
    let result = call();
    trace_ends();
    print_line!("trace {name}");
    result
}

/// A key for the time of `uses`.
fn with_key(
    key_type: KeyType,
    algorithm: Algorithm,
    data: &[u8],
    uses: impl FnOnce(KeyId) -> Result<(), Status>,
) {
    let all = Usage::ENCRYPT
        .with(Usage::DECRYPT)
        .with(Usage::SIGN_MESSAGE)
        .with(Usage::VERIFY_MESSAGE)
        .with(Usage::DERIVE);
    let attributes = KeyAttributes::new(key_type, 0, all, algorithm);
    let outcome = key::import(&Veneers, &attributes, data).and_then(|key| {
        let outcome = uses(key);
        key::destroy(&Veneers, key).and(outcome)
    });
    assert_eq!(outcome, Ok(()));
}

fn authenticated(
    names: [&str; 4],
    key_type: KeyType,
    algorithm: Algorithm,
    key_bytes: usize,
    secret: &Secret,
) {
    with_key(key_type, algorithm, &secret.key[..key_bytes], |key| {
        let parameters = Parameters {
            key,
            algorithm,
            nonce: &[7; 12],
        };
        // Buffers of their own each time would stand elsewhere: these are on one stack.
        let mut sealed = [0; MESSAGE_BYTES + 16];
        let mut opened = [0; MESSAGE_BYTES];
        let message = &secret.message;
        aead::encrypt(&Veneers, &parameters, &[1; 20], message, &mut sealed)?;
        let [encrypt, decrypt, forged, parts] = names;
        follow(encrypt, &mut || {
            aead::encrypt(&Veneers, &parameters, &[1; 20], message, &mut sealed)
        })?;
        follow(decrypt, &mut || {
            aead::decrypt(&Veneers, &parameters, &[1; 20], &sealed, &mut opened)
        })?;
        assert_eq!(opened, secret.message);
        // Which bit of the tag is wrong is a secret too.
        sealed[MESSAGE_BYTES + usize::from(secret.key[3] % 16)] ^= 1 << (secret.key[4] % 8);
        let refused = follow(forged, &mut || {
            aead::decrypt(&Veneers, &parameters, &[1; 20], &sealed, &mut opened)
        });
        assert_eq!(refused, Err(Status::INVALID_SIGNATURE));
        let mut in_parts = || {
            let mut operation = Aead::encrypt_setup(&Veneers, key, algorithm)?;
            operation.set_lengths(0, MESSAGE_BYTES)?;
            operation.set_nonce(&[7; 12])?;
            let (first, second) = message.split_at(33);
            let length = operation.update(first, &mut sealed)?;
            operation.update(second, &mut sealed[length..])?;
            operation.finish(&mut opened)
        };
        // The room of the operation may have served another kind before.
        in_parts()?;
        follow(parts, &mut in_parts).map(|_| ())
    });
}

fn code(
    names: [&str; 2],
    key_type: KeyType,
    algorithm: Algorithm,
    key_bytes: usize,
    secret: &Secret,
) {
    with_key(key_type, algorithm, &secret.key[..key_bytes], |key| {
        let [compute, compare] = names;
        let mut code = [0; LONGEST_TAG_BYTES];
        let length = mac::compute(&Veneers, key, algorithm, &secret.message, &mut code)?;
        follow(compute, &mut || {
            mac::compute(&Veneers, key, algorithm, &secret.message, &mut code)
        })?;
        code[usize::from(secret.key[3]) % length] ^= 1 << (secret.key[4] % 8);
        let refused = follow(compare, &mut || {
            let message = &secret.message;
            mac::verify(&Veneers, key, algorithm, message, &code[..length]).map(|()| 0)
        });
        assert_eq!(refused, Err(Status::INVALID_SIGNATURE));
        Ok(())
    });
}

fn unauthenticated(
    names: [&str; 2],
    key_type: KeyType,
    algorithm: Algorithm,
    key_bytes: usize,
    secret: &Secret,
) {
    with_key(key_type, algorithm, &secret.key[..key_bytes], |key| {
        let [encrypt, decrypt] = names;
        let iv = match algorithm {
            Algorithm::ECB_NO_PADDING => &[][..],
            Algorithm::STREAM_CIPHER => &[7; 12],
            _ => &[7; 16],
        };
        let run =
            |operation: Result<Cipher<'_, Veneers>, Status>, input: &[u8], output: &mut [u8]| {
                let mut operation = operation?;
                if !iv.is_empty() {
                    operation.set_iv(iv)?;
                }
                let length = operation.update(input, output)?;
                operation
                    .finish(&mut output[length..])
                    .map(|rest| length + rest)
            };
        let mut sealed = [0; MESSAGE_BYTES + 16];
        let mut opened = [0; MESSAGE_BYTES + 16];
        let mut seal = || {
            let operation = Cipher::encrypt_setup(&Veneers, key, algorithm);
            run(operation, &secret.message, &mut sealed)
        };
        // The room of the operation may have served another kind before.
        seal()?;
        let length = follow(encrypt, &mut seal)?;
        let mut open = || {
            let operation = Cipher::decrypt_setup(&Veneers, key, algorithm);
            run(operation, &sealed[..length], &mut opened)
        };
        open()?;
        follow(decrypt, &mut open)?;
        assert_eq!(opened[..MESSAGE_BYTES], secret.message);
        Ok(())
    });
}

fn hashes(secret: &Secret) {
    let mut digest = [0; LONGEST_TAG_BYTES];
    let computed = follow("sha256", &mut || {
        hash::compute(&Veneers, Algorithm::SHA_256, &secret.message, &mut digest)
    });
    assert_eq!(computed, Ok(LONGEST_TAG_BYTES));
    digest[usize::from(secret.key[3] % 32)] ^= 1 << (secret.key[4] % 8);
    let refused = follow("sha256 compared", &mut || {
        hash::compare(&Veneers, Algorithm::SHA_256, &secret.message, &digest).map(|()| 0)
    });
    assert_eq!(refused, Err(Status::INVALID_SIGNATURE));
}

fn follow_codes(secret: &Secret) {
    let aes = KeyType::AES;
    where_there_is!(KEYS, HMAC, SHA_256 =>
        code(["hmac", "hmac compared"], KeyType::HMAC, HMAC, 32, secret));
    where_there_is!(KEYS, CMAC =>
        code(["cmac", "cmac compared"], aes, Algorithm::CMAC, 16, secret));
    where_there_is!(KEYS, CMAC, AES_192 => {
        let names = ["aes192-cmac", "aes192-cmac compared"];
        code(names, aes, Algorithm::CMAC, 24, secret);
    });
}

fn follow_authenticated(secret: &Secret) {
    let aes = KeyType::AES;
    where_there_is!(KEYS, CCM => {
        let names = ["ccm", "ccm decrypted", "ccm forged", "ccm in parts"];
        authenticated(names, aes, Algorithm::CCM, 16, secret);
    });
    where_there_is!(KEYS, GCM => {
        let names = ["gcm", "gcm decrypted", "gcm forged", "gcm in parts"];
        authenticated(names, aes, Algorithm::GCM, 16, secret);
    });
    where_there_is!(KEYS, GCM, AES_256 => {
        let names = [
            "aes256-gcm",
            "aes256-gcm decrypted",
            "aes256-gcm forged",
            "aes256-gcm in parts",
        ];
        authenticated(names, aes, Algorithm::GCM, 32, secret);
    });
    where_there_is!(KEYS, CHACHA20_POLY1305 => {
        let names = [
            "chacha20-poly1305",
            "chacha20-poly1305 decrypted",
            "chacha20-poly1305 forged",
            "chacha20-poly1305 in parts",
        ];
        let algorithm = Algorithm::CHACHA20_POLY1305;
        authenticated(names, KeyType::CHACHA20, algorithm, 32, secret);
    });
}

fn follow_unauthenticated(secret: &Secret) {
    let aes = |names, algorithm| unauthenticated(names, KeyType::AES, algorithm, 16, secret);
    where_there_is!(KEYS, ECB_NO_PADDING =>
        aes(["ecb", "ecb decrypted"], Algorithm::ECB_NO_PADDING));
    where_there_is!(KEYS, CBC_NO_PADDING =>
        aes(["cbc", "cbc decrypted"], Algorithm::CBC_NO_PADDING));
    where_there_is!(KEYS, CBC_PKCS7 =>
        aes(["cbc-pkcs7", "cbc-pkcs7 decrypted"], Algorithm::CBC_PKCS7));
    where_there_is!(KEYS, CTR => aes(["ctr", "ctr decrypted"], Algorithm::CTR));
    where_there_is!(KEYS, CFB => aes(["cfb", "cfb decrypted"], Algorithm::CFB));
    where_there_is!(KEYS, STREAM_CIPHER => {
        let names = ["chacha20", "chacha20 decrypted"];
        let algorithm = Algorithm::STREAM_CIPHER;
        unauthenticated(names, KeyType::CHACHA20, algorithm, 32, secret);
    });
}

/// All of them with all secrets.
pub fn follow_all() -> ! {
    // All of them in one place: where they stand is no secret.
    let mut place = [secret(0)];
    for index in 0..SECRETS {
        place.fill_with(|| secret(index));
        let [secret] = black_box(&place);
        where_there_is!(SHA_256 => hashes(secret));
        follow_codes(secret);
        follow_authenticated(secret);
        follow_unauthenticated(secret);
        derivations::follow_all(secret);
        p256::follow_all(secret);
    }
    semihosting::exit(0)
}
