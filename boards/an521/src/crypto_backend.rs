// SPDX-License-Identifier: Apache-2.0
//! What the Crypto partition stands on here: AES and SHA-256 in assembly, and a source of entropy.

use armv8m::aes_kernel;
use armv8m::sha256_kernel::Assembly;
use crypto::{
    BuiltinKey, Configuration, Contexts, Fixed, Included, Presence, Wanted, key_material_bytes,
};
use primitives::aes::table;
use primitives::hash::Sha2;
use primitives::sha256::Sha256;
use primitives::sha512::{NoWide, Sha512};
use psa::{Quota, crypto::KeyId};

use crate::builtin_keys;
use crate::config::{crypto as config, its};
use crate::entropy_source::SeededEntropy;
use crate::memory_map::EntropySeed;

/// The board's choices for the Crypto partition.
pub struct CryptoBackend;

impl Configuration for CryptoBackend {
    const WANTED: Wanted = WANTED;
    type Contexts = ProfileContexts;
    type Operations = Fixed<{ config::CONCURRENT_OPERATIONS }>;
    type Keys = Fixed<{ config::KEY_SLOTS }>;
    type KeyMaterial = Fixed<{ key_material_bytes::<CryptoBackend>(config::ENGINE_BUFFER_BYTES) }>;
    type Hash = <Included<{ WANTED.hashes_beside_sha_256() }> as Presence>::Either<
        Sha2<Assembly, <Included<{ WANTED.wide_hashes() }> as Presence>::Either<Sha512, NoWide>>,
        Sha256<Assembly>,
    >;
    type Compression = Assembly;
    type Cipher = <Included<{ matches!(config::AES, config::Aes::Table) }> as Presence>::Either<
        table::Aes128,
        aes_kernel::Aes128,
    >;
    type Entropy = SeededEntropy<EntropySeed>;
    const KEY_OBJECT_BYTES: Option<usize> = match config::PERSISTENT_KEYS {
        false => None,
        true => Some(its::MAX_ASSET_BYTES),
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
    sha_224: config::PSA_WANT_ALG_SHA_224,
    sha_256: config::PSA_WANT_ALG_SHA_256,
    sha_384: config::PSA_WANT_ALG_SHA_384,
    sha_512: config::PSA_WANT_ALG_SHA_512,
    hmac: config::PSA_WANT_ALG_HMAC,
    ccm: config::PSA_WANT_ALG_CCM,
    aes_192: config::PSA_WANT_AES_KEY_SIZE_192,
    aes_256: config::PSA_WANT_AES_KEY_SIZE_256,
    cbc_no_padding: config::PSA_WANT_ALG_CBC_NO_PADDING,
    cbc_pkcs7: config::PSA_WANT_ALG_CBC_PKCS7,
    ctr: config::PSA_WANT_ALG_CTR,
    cfb: config::PSA_WANT_ALG_CFB,
    ecb_no_padding: config::PSA_WANT_ALG_ECB_NO_PADDING,
    stream_cipher: config::PSA_WANT_ALG_STREAM_CIPHER,
    gcm: config::PSA_WANT_ALG_GCM,
    chacha20_poly1305: config::PSA_WANT_ALG_CHACHA20_POLY1305,
    cmac: config::PSA_WANT_ALG_CMAC,
    hkdf: config::PSA_WANT_ALG_HKDF,
    hkdf_extract: config::PSA_WANT_ALG_HKDF_EXTRACT,
    hkdf_expand: config::PSA_WANT_ALG_HKDF_EXPAND,
    tls12_prf: config::PSA_WANT_ALG_TLS12_PRF,
    tls12_psk_to_ms: config::PSA_WANT_ALG_TLS12_PSK_TO_MS,
    sp800_108_counter_hmac: config::PSA_WANT_ALG_SP800_108_COUNTER_HMAC,
    sp800_108_counter_cmac: config::PSA_WANT_ALG_SP800_108_COUNTER_CMAC,
    pbkdf2_aes_cmac_prf_128: config::PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128,
    pbkdf2_hmac: config::PSA_WANT_ALG_PBKDF2_HMAC,
    ecdsa: config::PSA_WANT_ALG_ECDSA,
    deterministic_ecdsa: config::PSA_WANT_ALG_DETERMINISTIC_ECDSA,
    ecdh: config::PSA_WANT_ALG_ECDH,
    random: config::PSA_WANT_GENERATE_RANDOM,
};

/// Room for the operations of those algorithms.
pub enum ProfileContexts {}

impl Contexts for ProfileContexts {
    type OtherAes = Included<{ WANTED.other_aes() }>;
    type Cmac = Included<{ WANTED.cmac }>;
    type Ccm = Included<{ WANTED.ccm }>;
    type Gcm = Included<{ WANTED.gcm }>;
    type ChaCha20Poly1305 = Included<{ WANTED.chacha20_poly1305 }>;
    type BlockCipher = Included<{ WANTED.block_cipher() }>;
    type StreamCipher = Included<{ WANTED.stream_cipher }>;
    type KeyDerivation = Included<{ WANTED.key_derivation() }>;
}
