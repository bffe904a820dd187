// SPDX-License-Identifier: Apache-2.0
//! Rows of the algorithms beyond Profile Small. An image without an algorithm has no row for it.

use client::aead::{self, Parameters};
use client::derivation::Derivation;
use client::veneers::Veneers;
use client::{Status, agreement, hash, key, mac, signature};
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Step, Usage};

use crate::application::{DATA, bench, group};

const SHA_256: Algorithm = Algorithm::SHA_256;
const PAIR: KeyType = KeyType::ECC_KEY_PAIR_SECP_R1;
const USES: Usage = Usage::ENCRYPT
    .with(Usage::SIGN_MESSAGE)
    .with(Usage::VERIFY_MESSAGE)
    .with(Usage::DERIVE);
const TAG_BYTES: usize = 16;
/// Cost of the measured password hash.
const COST: u64 = 100;

/// All rows.
pub fn bench_all() {
    group(bench_hash);
    let codes = Algorithm::CMAC;
    with_key(KeyType::AES, codes, 16, |key| {
        let compute = |input: &[u8]| mac::compute(&Veneers, key, codes, input, &mut [0; 16]);
        bench("cmac_single_64", || compute(&DATA[..64]).map(|_| ()));
        bench("cmac_single_1024", || compute(&DATA).map(|_| ()));
    });
    encryption(
        ["gcm_single_64", "gcm_single_1024"],
        (KeyType::AES, Algorithm::GCM, 16),
    );
    encryption(
        [
            "chacha20_poly1305_single_64",
            "chacha20_poly1305_single_1024",
        ],
        (KeyType::CHACHA20, Algorithm::CHACHA20_POLY1305, 32),
    );
    bench_derivations();
    bench_curve();
}

fn with_key(key_type: KeyType, algorithm: Algorithm, bytes: usize, rows: impl FnOnce(KeyId)) {
    group(|| {
        let attributes = KeyAttributes::new(key_type, 0, USES, algorithm);
        let key = key::import(&Veneers, &attributes, &DATA[..bytes])?;
        rows(key);
        key::destroy(&Veneers, key)
    });
}

fn bench_hash() -> Result<(), Status> {
    let compute =
        |input: &[u8]| hash::compute(&Veneers, Algorithm::SHA_512, input, &mut [0; 64]).map(|_| ());
    bench("sha512_single_64", || compute(&DATA[..64]));
    bench("sha512_single_1024", || compute(&DATA));
    Ok(())
}

fn encryption(names: [&str; 2], (key_type, algorithm, bytes): (KeyType, Algorithm, usize)) {
    with_key(key_type, algorithm, bytes, |key| {
        let parameters = Parameters {
            key,
            algorithm,
            nonce: &[7; 12],
        };
        let mut output = [0; DATA.len() + TAG_BYTES];
        for (name, input) in names.iter().zip([&DATA[..64], &DATA]) {
            bench(name, || {
                aead::encrypt(&Veneers, &parameters, &[], input, &mut output).map(|_| ())
            });
        }
    });
}

/// 32 bytes from a secret of 32 bytes, of AES 16, with short texts: all calls of an operation.
fn bench_derivations() {
    type Inputs = fn(&mut Derivation<'_, Veneers>, KeyId) -> Result<(), Status>;
    let hkdf: Inputs = |derivation, key| {
        derivation.input_bytes(Step::SALT, b"salt")?;
        derivation.input_key(Step::SECRET, key)?;
        derivation.input_bytes(Step::INFO, b"information")
    };
    let tls: Inputs = |derivation, key| {
        derivation.input_bytes(Step::SEED, b"seed")?;
        derivation.input_key(Step::SECRET, key)?;
        derivation.input_bytes(Step::LABEL, b"label")
    };
    let counter: Inputs = |derivation, key| {
        derivation.input_key(Step::SECRET, key)?;
        derivation.input_bytes(Step::LABEL, b"label")?;
        derivation.input_bytes(Step::CONTEXT, b"context")
    };
    let password: Inputs = |derivation, key| {
        derivation.input_integer(Step::COST, COST)?;
        derivation.input_bytes(Step::SALT, b"salt")?;
        derivation.input_key(Step::PASSWORD, key)
    };
    const DERIVE: (KeyType, usize) = (KeyType::DERIVE, 32);
    const PASSWORD: (KeyType, usize) = (KeyType::PASSWORD, 16);
    let rows: [(&str, Algorithm, (KeyType, usize), Inputs); 7] = [
        ("hkdf_32", Algorithm::hkdf(SHA_256), DERIVE, hkdf),
        ("tls12_prf_32", Algorithm::tls12_prf(SHA_256), DERIVE, tls),
        (
            "tls12_psk_to_ms_32",
            Algorithm::tls12_psk_to_ms(SHA_256),
            DERIVE,
            tls,
        ),
        (
            "sp800_108_hmac_32",
            Algorithm::sp800_108_counter_hmac(SHA_256),
            DERIVE,
            counter,
        ),
        (
            "sp800_108_cmac_32",
            Algorithm::SP800_108_COUNTER_CMAC,
            (KeyType::AES, 16),
            counter,
        ),
        (
            "pbkdf2_hmac_100_32",
            Algorithm::pbkdf2_hmac(SHA_256),
            PASSWORD,
            password,
        ),
        (
            "pbkdf2_cmac_100_32",
            Algorithm::PBKDF2_AES_CMAC_PRF_128,
            PASSWORD,
            password,
        ),
    ];
    for (name, algorithm, (key_type, bytes), inputs) in rows {
        with_key(key_type, algorithm, bytes, |key| {
            bench(name, || {
                let mut derivation = Derivation::setup(&Veneers, algorithm)?;
                inputs(&mut derivation, key)?;
                derivation.output_bytes(&mut [0; 32])
            });
        });
    }
}

fn bench_curve() {
    for (name, algorithm) in [
        ("p256_sign", Algorithm::ecdsa(SHA_256)),
        (
            "p256_sign_deterministic",
            Algorithm::deterministic_ecdsa(SHA_256),
        ),
    ] {
        with_key(PAIR, algorithm, 32, |key| {
            let mut bytes = [0; 64];
            bench(name, || {
                let message = &DATA[..64];
                signature::sign_message(&Veneers, key, algorithm, message, &mut bytes).map(|_| ())
            });
            let mut public = [0; 65];
            group(|| key::export_public(&Veneers, key, &mut public).map(|_| ()));
            let attributes =
                KeyAttributes::new(KeyType::ECC_PUBLIC_KEY_SECP_R1, 0, USES, algorithm);
            group(|| {
                let public = key::import(&Veneers, &attributes, &public)?;
                if algorithm == Algorithm::ecdsa(SHA_256) {
                    bench("p256_verify", || {
                        let message = &DATA[..64];
                        signature::verify_message(&Veneers, public, algorithm, message, &bytes)
                    });
                }
                key::destroy(&Veneers, public)
            });
        });
    }
    with_key(PAIR, Algorithm::ECDH, 32, |key| {
        let mut public = [0; 65];
        bench("p256_public_key", || {
            key::export_public(&Veneers, key, &mut public).map(|_| ())
        });
        bench("p256_agreement", || {
            let ecdh = Algorithm::ECDH;
            agreement::raw_key_agreement(&Veneers, ecdh, key, &public, &mut [0; 32]).map(|_| ())
        });
    });
}
