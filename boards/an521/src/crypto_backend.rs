// SPDX-License-Identifier: Apache-2.0
//! What the Crypto partition stands on here: AES and SHA-256 in assembly, and a source of entropy.

use armv8m::aes_kernel;
use armv8m::sha256_kernel::Assembly;
use crypto::{Backend, BuiltinKey, Choice, Chosen, Wanted, key_material_bytes, select};
use entropy::SeedStore;
use primitives::aes::table;
use psa::{Quota, crypto::KeyId};

use crate::builtin_keys;
use crate::config::{crypto as config, its};
use crate::entropy_source::Slots;

/// The board's choices for the Crypto partition.
pub struct CryptoBackend;

impl Backend for CryptoBackend {
    type Compression = Assembly;
    type Cipher = <Chosen<{ matches!(config::AES, config::Aes::Table) }> as Choice>::Either<
        table::Aes128,
        aes_kernel::Aes128,
    >;
    type Entropy = SeedStore<Slots, Assembly>;
    const KEY_OBJECT_BYTES: Option<usize> = match config::PERSISTENT_KEYS {
        0 => None,
        _ => Some(its::MAX_ASSET_SIZE),
    };
    const OPERATIONS_PER_CLIENT: Quota = Quota::new(config::OPERATIONS_PER_CLIENT as u32);
    const KEYS_PER_CLIENT: Quota = Quota::new(config::KEYS_PER_CLIENT as u32);
    const BUILTIN_KEYS: &'static [BuiltinKey] = builtin_keys::ROWS;

    fn builtin_material(id: KeyId) -> Option<&'static [u8]> {
        builtin_keys::material(id)
    }
}

/// The algorithms of the profile.
const WANTED: Wanted = Wanted {
    sha_224: config::PSA_WANT_ALG_SHA_224 == 1,
    sha_256: config::PSA_WANT_ALG_SHA_256 == 1,
    sha_384: config::PSA_WANT_ALG_SHA_384 == 1,
    sha_512: config::PSA_WANT_ALG_SHA_512 == 1,
    hmac: config::PSA_WANT_ALG_HMAC == 1,
    ccm: config::PSA_WANT_ALG_CCM == 1,
    aes_192: config::PSA_WANT_AES_KEY_SIZE_192 == 1,
    aes_256: config::PSA_WANT_AES_KEY_SIZE_256 == 1,
    cbc_no_padding: config::PSA_WANT_ALG_CBC_NO_PADDING == 1,
    cbc_pkcs7: config::PSA_WANT_ALG_CBC_PKCS7 == 1,
    ctr: config::PSA_WANT_ALG_CTR == 1,
    cfb: config::PSA_WANT_ALG_CFB == 1,
    ecb_no_padding: config::PSA_WANT_ALG_ECB_NO_PADDING == 1,
    stream_cipher: config::PSA_WANT_ALG_STREAM_CIPHER == 1,
    gcm: config::PSA_WANT_ALG_GCM == 1,
    chacha20_poly1305: config::PSA_WANT_ALG_CHACHA20_POLY1305 == 1,
    cmac: config::PSA_WANT_ALG_CMAC == 1,
    hkdf: config::PSA_WANT_ALG_HKDF == 1,
    hkdf_extract: config::PSA_WANT_ALG_HKDF_EXTRACT == 1,
    hkdf_expand: config::PSA_WANT_ALG_HKDF_EXPAND == 1,
    tls12_prf: config::PSA_WANT_ALG_TLS12_PRF == 1,
    tls12_psk_to_ms: config::PSA_WANT_ALG_TLS12_PSK_TO_MS == 1,
    sp800_108_counter_hmac: config::PSA_WANT_ALG_SP800_108_COUNTER_HMAC == 1,
    sp800_108_counter_cmac: config::PSA_WANT_ALG_SP800_108_COUNTER_CMAC == 1,
    pbkdf2_aes_cmac_prf_128: config::PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128 == 1,
    pbkdf2_hmac: config::PSA_WANT_ALG_PBKDF2_HMAC == 1,
    ecdsa: config::PSA_WANT_ALG_ECDSA == 1,
    deterministic_ecdsa: config::PSA_WANT_ALG_DETERMINISTIC_ECDSA == 1,
    ecdh: config::PSA_WANT_ALG_ECDH == 1,
    random: config::PSA_WANT_GENERATE_RANDOM == 1,
};

select!(CryptoBackend, WANTED);

/// What the contexts of operations leave of the engine buffer.
pub const KEY_MATERIAL_BYTES: usize = key_material_bytes::<CryptoBackend>(
    config::ENGINE_BUFFER_SIZE,
    config::CONCURRENT_OPERATIONS,
    config::KEY_SLOTS,
);
