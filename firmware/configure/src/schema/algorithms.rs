// SPDX-License-Identifier: Apache-2.0
//! The algorithms of the Crypto partition, by the names of the PSA: `PSA_WANT_…`.

use super::Key;
use super::key::switch;

/// The keys.
pub const KEYS: &[Key] = &[
    switch("crypto.psa_want_alg_sha_224", "Hashes with SHA-224."),
    switch("crypto.psa_want_alg_sha_256", "Hashes with SHA-256."),
    switch("crypto.psa_want_alg_sha_384", "Hashes with SHA-384."),
    switch("crypto.psa_want_alg_sha_512", "Hashes with SHA-512."),
    switch(
        "crypto.psa_want_alg_hmac",
        "Message authentication codes with HMAC.",
    ),
    switch(
        "crypto.psa_want_alg_ccm",
        "Authenticated encryption with AES-CCM.",
    ),
    switch(
        "crypto.psa_want_aes_key_size_192",
        "AES with keys of 192 bits.",
    ),
    switch(
        "crypto.psa_want_aes_key_size_256",
        "AES with keys of 256 bits.",
    ),
    switch(
        "crypto.psa_want_alg_cbc_no_padding",
        "Encryption with CBC, without padding.",
    ),
    switch(
        "crypto.psa_want_alg_cbc_pkcs7",
        "Encryption with CBC and the padding of PKCS #7.",
    ),
    switch("crypto.psa_want_alg_ctr", "Encryption in counter mode."),
    switch("crypto.psa_want_alg_cfb", "Encryption with CFB."),
    switch(
        "crypto.psa_want_alg_ecb_no_padding",
        "Encryption with ECB, block by block.",
    ),
    switch(
        "crypto.psa_want_alg_stream_cipher",
        "Encryption with ChaCha20.",
    ),
    switch(
        "crypto.psa_want_alg_gcm",
        "Authenticated encryption with AES-GCM.",
    ),
    switch(
        "crypto.psa_want_alg_chacha20_poly1305",
        "Authenticated encryption with ChaCha20-Poly1305.",
    ),
    switch(
        "crypto.psa_want_alg_cmac",
        "Message authentication codes with AES-CMAC.",
    ),
    switch("crypto.psa_want_alg_hkdf", "Key derivation with HKDF."),
    switch(
        "crypto.psa_want_alg_hkdf_extract",
        "Key derivation with HKDF-Extract alone.",
    ),
    switch(
        "crypto.psa_want_alg_hkdf_expand",
        "Key derivation with HKDF-Expand alone.",
    ),
    switch(
        "crypto.psa_want_alg_tls12_prf",
        "Key derivation with the pseudorandom function of TLS 1.2.",
    ),
    switch(
        "crypto.psa_want_alg_tls12_psk_to_ms",
        "Master secrets of TLS 1.2 from pre-shared keys.",
    ),
    switch(
        "crypto.psa_want_alg_sp800_108_counter_hmac",
        "Key derivation of SP 800-108 in counter mode with HMAC.",
    ),
    switch(
        "crypto.psa_want_alg_pbkdf2_hmac",
        "Keys from passwords with PBKDF2 and HMAC.",
    ),
    switch(
        "crypto.psa_want_alg_sp800_108_counter_cmac",
        "Key derivation of SP 800-108 in counter mode with CMAC.",
    ),
    switch(
        "crypto.psa_want_alg_pbkdf2_aes_cmac_prf_128",
        "Keys from passwords with PBKDF2 and AES-CMAC.",
    ),
    switch(
        "crypto.psa_want_alg_ecdsa",
        "Signatures with ECDSA on P-256, randomised.",
    ),
    switch(
        "crypto.psa_want_alg_deterministic_ecdsa",
        "Signatures with ECDSA on P-256, deterministic.",
    ),
    switch(
        "crypto.psa_want_alg_ecdh",
        "Key agreement with ECDH on P-256.",
    ),
    switch(
        "crypto.psa_want_generate_random",
        "Random numbers for clients.",
    ),
];
