// SPDX-License-Identifier: Apache-2.0
//! Algorithms: names, composed algorithms, and queries.

use super::Value;
use psa::crypto::Algorithm;

/// Names of C beside the constants of Rust.
const NAMES: &[(&str, Algorithm)] = &[
    ("PSA_ALG_NONE", Algorithm::NONE),
    ("PSA_ALG_SHA_224", Algorithm::SHA_224),
    ("PSA_ALG_SHA_256", Algorithm::SHA_256),
    ("PSA_ALG_SHA_384", Algorithm::SHA_384),
    ("PSA_ALG_SHA_512", Algorithm::SHA_512),
    ("PSA_ALG_ANY_HASH", Algorithm::ANY_HASH),
    ("PSA_ALG_CMAC", Algorithm::CMAC),
    ("PSA_ALG_STREAM_CIPHER", Algorithm::STREAM_CIPHER),
    ("PSA_ALG_CTR", Algorithm::CTR),
    ("PSA_ALG_CFB", Algorithm::CFB),
    ("PSA_ALG_ECB_NO_PADDING", Algorithm::ECB_NO_PADDING),
    ("PSA_ALG_CBC_NO_PADDING", Algorithm::CBC_NO_PADDING),
    ("PSA_ALG_CBC_PKCS7", Algorithm::CBC_PKCS7),
    ("PSA_ALG_CCM", Algorithm::CCM),
    ("PSA_ALG_GCM", Algorithm::GCM),
    ("PSA_ALG_CHACHA20_POLY1305", Algorithm::CHACHA20_POLY1305),
    ("PSA_ALG_ECDSA_ANY", Algorithm::ECDSA_ANY),
    ("PSA_ALG_ECDH", Algorithm::ECDH),
    (
        "PSA_ALG_SP800_108_COUNTER_CMAC",
        Algorithm::SP800_108_COUNTER_CMAC,
    ),
    (
        "PSA_ALG_PBKDF2_AES_CMAC_PRF_128",
        Algorithm::PBKDF2_AES_CMAC_PRF_128,
    ),
];

/// Builds an algorithm of a hash.
type Build = fn(Algorithm) -> Algorithm;

/// Algorithms with a hash, in C and in Rust.
const WITH_HASH: &[(&str, Build)] = &[
    ("HMAC", Algorithm::hmac),
    ("ECDSA", Algorithm::ecdsa),
    ("DETERMINISTIC_ECDSA", Algorithm::deterministic_ecdsa),
    ("HKDF", Algorithm::hkdf),
    ("HKDF_EXTRACT", Algorithm::hkdf_extract),
    ("HKDF_EXPAND", Algorithm::hkdf_expand),
    ("TLS12_PRF", Algorithm::tls12_prf),
    ("TLS12_PSK_TO_MS", Algorithm::tls12_psk_to_ms),
    ("SP800_108_COUNTER_HMAC", Algorithm::sp800_108_counter_hmac),
    ("PBKDF2_HMAC", Algorithm::pbkdf2_hmac),
];

/// Something of every category, wildcards and values without a name too.
const SAMPLES: [u32; 24] = [
    0,
    0x0200_0001,
    0x0200_0009,
    0x0200_000B,
    0x0200_00FF,
    0x0380_0009,
    0x0390_0009,
    0x0390_8009,
    0x0380_00FF,
    0x03C0_0200,
    0x03C8_8200,
    0x04C0_1000,
    0x0440_4100,
    0x0550_0100,
    0x0544_8100,
    0x0510_0500,
    0x0600_0609,
    0x0600_06FF,
    0x0600_0800,
    0x0700_0309,
    0x0800_0109,
    0x0902_0109,
    0x0A00_0109,
    0x7FFF_FFFF,
];

/// Everything here.
pub fn values() -> Vec<Value> {
    let mut values: Vec<Value> = NAMES
        .iter()
        .map(|(name, algorithm)| (name.to_string(), algorithm.0.into()))
        .collect();
    for (name, build) in WITH_HASH {
        for (hash, algorithm) in [
            ("PSA_ALG_SHA_256", Algorithm::SHA_256),
            ("PSA_ALG_SHA_384", Algorithm::SHA_384),
            ("PSA_ALG_ANY_HASH", Algorithm::ANY_HASH),
        ] {
            let value = build(algorithm).0.into();
            values.push((format!("PSA_ALG_{name}({hash})"), value));
        }
    }
    [0x0902_0000, 0x0902_0109, 0x0982_0109, 0x0902_0309]
        .iter()
        .for_each(|chain| take_apart(*chain, &mut values));
    SAMPLES.iter().for_each(|sample| ask(*sample, &mut values));
    for bytes in [0, 1, 4, 8, 16, 32, 63] {
        lengths(bytes, &mut values);
    }
    values
}

/// A key agreement and what follows it.
fn take_apart(chain: u32, values: &mut Vec<Value>) {
    let algorithm = Algorithm(chain);
    let parts = [
        ("BASE", algorithm.agreement()),
        ("KDF", algorithm.derivation()),
    ];
    values.extend(parts.map(|(part, algorithm)| {
        (
            format!("PSA_ALG_KEY_AGREEMENT_GET_{part}({chain:#x}u)"),
            algorithm.0.into(),
        )
    }));
}

/// Queries of both sides.
fn ask(sample: u32, values: &mut Vec<Value>) {
    let algorithm = Algorithm(sample);
    let answers = [
        ("IS_HASH", algorithm.is_hash()),
        ("IS_MAC", algorithm.is_mac()),
        ("IS_HMAC", algorithm.is_hmac()),
        ("IS_CIPHER", algorithm.is_cipher()),
        ("IS_AEAD", algorithm.is_aead()),
        ("IS_SIGN", algorithm.is_sign()),
        ("IS_KEY_DERIVATION", algorithm.is_key_derivation()),
        ("IS_KEY_AGREEMENT", algorithm.is_key_agreement()),
        ("IS_WILDCARD", algorithm.is_wildcard()),
    ];
    values
        .extend(answers.map(|(question, answer)| {
            (format!("PSA_ALG_{question}({sample:#x}u)"), answer.into())
        }));
}

/// Algorithms with tags of a length.
fn lengths(bytes: u32, values: &mut Vec<Value>) {
    for (name, algorithm) in [
        ("PSA_ALG_CMAC", Algorithm::CMAC),
        (
            "PSA_ALG_HMAC(PSA_ALG_SHA_256)",
            Algorithm::hmac(Algorithm::SHA_256).truncated_mac(9),
        ),
    ] {
        let built = [
            ("TRUNCATED_MAC", algorithm.truncated_mac(bytes)),
            (
                "AT_LEAST_THIS_LENGTH_MAC",
                algorithm.at_least_this_length_mac(bytes),
            ),
        ];
        values.extend(built.map(|(macro_name, algorithm)| {
            (
                format!("PSA_ALG_{macro_name}({name}, {bytes})"),
                algorithm.0.into(),
            )
        }));
        values.push((
            format!("PSA_ALG_FULL_LENGTH_MAC(PSA_ALG_TRUNCATED_MAC({name}, {bytes}))"),
            algorithm.full_length_mac().0.into(),
        ));
    }
    for (name, algorithm) in [
        ("PSA_ALG_CCM", Algorithm::CCM),
        ("PSA_ALG_GCM", Algorithm::GCM),
    ] {
        let shortened = algorithm.aead_with_shortened_tag(bytes);
        let built = [
            ("SHORTENED_TAG", shortened),
            (
                "AT_LEAST_THIS_LENGTH_TAG",
                algorithm.aead_with_at_least_this_length_tag(bytes),
            ),
        ];
        values.extend(built.map(|(macro_name, algorithm)| {
            (
                format!("PSA_ALG_AEAD_WITH_{macro_name}({name}, {bytes})"),
                algorithm.0.into(),
            )
        }));
        values.push((
            format!("PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG({:#x}u)", shortened.0),
            shortened.aead_with_default_length_tag().0.into(),
        ));
        values.push((
            format!(
                "PSA_AEAD_TAG_LENGTH(PSA_KEY_TYPE_AES, 128, {:#x}u)",
                shortened.0
            ),
            shortened.tag_bytes() as i64,
        ));
    }
}
