// SPDX-License-Identifier: Apache-2.0
//! The algorithms of a configuration, as the Crypto partition knows them.

use super::ALGORITHM;
use crate::effective::Effective;
use crypto::{Wanted, sizes};

/// The functions of which module an algorithm has; that of a hash has others too.
const MODULES: &[(&str, &[&str])] = &[
    ("rng", &["generate_random"]),
    ("mac", &["alg_hmac", "alg_cmac"]),
    ("aead", &["alg_ccm", "alg_gcm", "alg_chacha20_poly1305"]),
    (
        "cipher",
        &[
            "alg_cbc_no_padding",
            "alg_cbc_pkcs7",
            "alg_ctr",
            "alg_cfb",
            "alg_ecb_no_padding",
            "alg_stream_cipher",
        ],
    ),
    ("asymmetric_sign", &["alg_ecdsa", "alg_deterministic_ecdsa"]),
    (
        "key_derivation",
        &[
            "alg_ecdh",
            "alg_hkdf",
            "alg_hkdf_extract",
            "alg_hkdf_expand",
            "alg_tls12_prf",
            "alg_tls12_psk_to_ms",
            "alg_sp800_108_counter_hmac",
            "alg_pbkdf2_hmac",
            "alg_sp800_108_counter_cmac",
            "alg_pbkdf2_aes_cmac_prf_128",
        ],
    ),
];

/// Whether clients have what a key `crypto.psa_want_*` stands for: it is true, and so is the module
/// with its functions.
pub fn is_served(effective: &Effective, key: &str) -> bool {
    let name = key.strip_prefix(ALGORITHM).unwrap_or(key);
    let mut modules = MODULES.iter();
    let module = modules.find(|(_, algorithms)| algorithms.contains(&name));
    effective.flag(key)
        && module.is_none_or(|(module, _)| effective.flag(&format!("crypto.{module}_module")))
}

/// The algorithms whose functions the image serves.
pub(crate) fn wanted(effective: &Effective) -> Wanted {
    let has = |name: &str| is_served(effective, &format!("{ALGORITHM}{name}"));
    Wanted {
        sha_224: has("alg_sha_224"),
        sha_256: has("alg_sha_256"),
        sha_384: has("alg_sha_384"),
        sha_512: has("alg_sha_512"),
        hmac: has("alg_hmac"),
        ccm: has("alg_ccm"),
        aes_192: has("aes_key_size_192"),
        aes_256: has("aes_key_size_256"),
        cbc_no_padding: has("alg_cbc_no_padding"),
        cbc_pkcs7: has("alg_cbc_pkcs7"),
        ctr: has("alg_ctr"),
        cfb: has("alg_cfb"),
        ecb_no_padding: has("alg_ecb_no_padding"),
        stream_cipher: has("alg_stream_cipher"),
        gcm: has("alg_gcm"),
        chacha20_poly1305: has("alg_chacha20_poly1305"),
        cmac: has("alg_cmac"),
        hkdf: has("alg_hkdf"),
        hkdf_extract: has("alg_hkdf_extract"),
        hkdf_expand: has("alg_hkdf_expand"),
        tls12_prf: has("alg_tls12_prf"),
        tls12_psk_to_ms: has("alg_tls12_psk_to_ms"),
        sp800_108_counter_hmac: has("alg_sp800_108_counter_hmac"),
        pbkdf2_hmac: has("alg_pbkdf2_hmac"),
        sp800_108_counter_cmac: has("alg_sp800_108_counter_cmac"),
        pbkdf2_aes_cmac_prf_128: has("alg_pbkdf2_aes_cmac_prf_128"),
        ecdsa: has("alg_ecdsa"),
        deterministic_ecdsa: has("alg_deterministic_ecdsa"),
        ecdh: has("alg_ecdh"),
        random: has("generate_random"),
        hash_service: effective.flag("crypto.hash_module"),
        key_service: effective.flag("crypto.key_module"),
    }
}

/// Bytes of the context of one operation.
pub(crate) fn context_bytes(effective: &Effective) -> u64 {
    let has_table = effective.text("crypto.aes") == "table";
    sizes::context_bytes(&wanted(effective), has_table) as u64
}
