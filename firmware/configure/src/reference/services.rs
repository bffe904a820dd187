// SPDX-License-Identifier: Apache-2.0
//! Options of Crypto, Internal Trusted Storage, Initial Attestation and Firmware Update.

use super::Meaning::{Always, Chosen, Inverse, Nothing, Number, OtherNumber, Switch, Word};
use super::{Name, name};

const ONE_STACK: &str = "partitions share one stack, linked at its static bound; its limit is `stack.secure_process_bytes`";
const HEADER: &str =
    "each algorithm is a key, `crypto.psa_want_…`; `config import` reads the header";
const HEAP: &str = "there it is the heap of Mbed TLS; here it holds contexts and keys, and follows from their numbers";
const NO_ASYMMETRIC_ENCRYPTION: &str = "Profile Small has no asymmetric encryption";
const FLASH_ONLY: &str = "storage is in flash";
const CHECKED: &str = "what is read from flash is checked always";

/// The rows.
pub const NAMES: &[Name] = &[
    name(
        "CRYPTO_ENGINE_BUF_SIZE",
        OtherNumber("crypto.engine_buffer_bytes", HEAP),
    ),
    name(
        "CRYPTO_CONC_OPER_NUM",
        Number("crypto.concurrent_operations"),
    ),
    name(
        "CRYPTO_STACK_SIZE",
        OtherNumber("stack.secure_process_bytes", ONE_STACK),
    ),
    name(
        "CRYPTO_IOVEC_BUFFER_SIZE",
        Nothing("in the Library and SFN models services read the caller's buffers where they are"),
    ),
    name(
        "CRYPTO_NV_SEED",
        Always(
            "ON",
            "the emulated boards keep a seed in flash, and renew it at each boot",
        ),
    ),
    name(
        "CRYPTO_EXT_RNG",
        Always("OFF", "a source of entropy belongs to the board's code"),
    ),
    name(
        "CRYPTO_SINGLE_PART_FUNCS_DISABLED",
        Nothing("single-part calls are there always"),
    ),
    name(
        "CRYPTO_LIBRARY_ABI_COMPAT",
        Nothing("there is no library behind the service"),
    ),
    name("CRYPTO_RNG_MODULE_ENABLED", Switch("crypto.rng_module")),
    name("CRYPTO_RNG_MODULE_DISABLED", Inverse("crypto.rng_module")),
    name("CRYPTO_KEY_MODULE_ENABLED", Switch("crypto.key_module")),
    name("CRYPTO_KEY_MODULE_DISABLED", Inverse("crypto.key_module")),
    name("CRYPTO_HASH_MODULE_ENABLED", Switch("crypto.hash_module")),
    name("CRYPTO_HASH_MODULE_DISABLED", Inverse("crypto.hash_module")),
    name("CRYPTO_MAC_MODULE_ENABLED", Switch("crypto.mac_module")),
    name("CRYPTO_MAC_MODULE_DISABLED", Inverse("crypto.mac_module")),
    name(
        "CRYPTO_CIPHER_MODULE_ENABLED",
        Switch("crypto.cipher_module"),
    ),
    name(
        "CRYPTO_CIPHER_MODULE_DISABLED",
        Inverse("crypto.cipher_module"),
    ),
    name("CRYPTO_AEAD_MODULE_ENABLED", Switch("crypto.aead_module")),
    name("CRYPTO_AEAD_MODULE_DISABLED", Inverse("crypto.aead_module")),
    name(
        "CRYPTO_ASYM_SIGN_MODULE_ENABLED",
        Switch("crypto.asymmetric_sign_module"),
    ),
    name(
        "CRYPTO_ASYM_SIGN_MODULE_DISABLED",
        Inverse("crypto.asymmetric_sign_module"),
    ),
    name(
        "CRYPTO_KEY_DERIVATION_MODULE_ENABLED",
        Switch("crypto.key_derivation_module"),
    ),
    name(
        "CRYPTO_KEY_DERIVATION_MODULE_DISABLED",
        Inverse("crypto.key_derivation_module"),
    ),
    name(
        "CRYPTO_ASYM_ENCRYPT_MODULE_ENABLED",
        Always("OFF", NO_ASYMMETRIC_ENCRYPTION),
    ),
    name(
        "CRYPTO_ASYM_ENCRYPT_MODULE_DISABLED",
        Always("ON", NO_ASYMMETRIC_ENCRYPTION),
    ),
    name(
        "CRYPTO_TFM_BUILTIN_KEYS_DRIVER",
        Nothing("keys that belong to the device are in OTP, and only services use them"),
    ),
    name(
        "CRYPTO_TFM_OPAQUE_KEYS_DRIVER",
        Always("OFF", "the emulated boards have no keys in hardware"),
    ),
    name("MBEDTLS_CONFIG_FILE", Nothing(HEADER)),
    name("MBEDTLS_PSA_CRYPTO_CONFIG_FILE", Nothing(HEADER)),
    name("MBEDTLS_PSA_CRYPTO_PLATFORM_FILE", Nothing(HEADER)),
    name("TFM_MBEDCRYPTO_CONFIG_PATH", Nothing(HEADER)),
    name("TFM_MBEDCRYPTO_PSA_CRYPTO_CONFIG_PATH", Nothing(HEADER)),
    name("TFM_TF_PSA_CRYPTO_CONFIG_PATH", Nothing(HEADER)),
    name(
        "TFM_MBEDCRYPTO_PLATFORM_EXTRA_CONFIG_PATH",
        Nothing("write keys of `[crypto]` into board.toml"),
    ),
    name(
        "TFM_TF_PSA_CRYPTO_PLATFORM_EXTRA_CONFIG_PATH",
        Nothing("write keys of `[crypto]` into board.toml"),
    ),
    name("ITS_BUF_SIZE", Number("its.buffer_bytes")),
    name("ITS_MAX_ASSET_SIZE", Number("its.max_asset_bytes")),
    name("ITS_NUM_ASSETS", Number("its.max_assets")),
    name(
        "ITS_CREATE_FLASH_LAYOUT",
        Word("its.foreign_flash", &[("ON", "format"), ("OFF", "refuse")]),
    ),
    name("ITS_RAM_FS", Always("OFF", FLASH_ONLY)),
    name("ITS_VALIDATE_METADATA_FROM_FLASH", Always("ON", CHECKED)),
    name(
        "ITS_ENCRYPTION",
        Always(
            "OFF",
            "the flash belongs to the secure world, and objects are not encrypted",
        ),
    ),
    name(
        "TFM_ITS_AUTH_TAG_LENGTH",
        Nothing("objects are not encrypted"),
    ),
    name("TFM_ITS_KEY_LENGTH", Nothing("objects are not encrypted")),
    name(
        "TFM_ITS_ENC_NONCE_LENGTH",
        Nothing("objects are not encrypted"),
    ),
    name("ITS_STACK_SIZE", Nothing(ONE_STACK)),
    name(
        "SYMMETRIC_INITIAL_ATTESTATION",
        Always("ON", "tokens are COSE_Mac0 with HMAC-SHA-256"),
    ),
    name(
        "ATTEST_INCLUDE_OPTIONAL_CLAIMS",
        Switch("attestation.optional_claims"),
    ),
    name(
        "ATTEST_INCLUDE_COSE_KEY_ID",
        Word("attestation.key_id", &[("OFF", "")]),
    ),
    name(
        "ATTEST_TOKEN_PROFILE_PSA_IOT_1",
        Chosen("attestation.token_profile", "psa_iot_profile_1"),
    ),
    name(
        "ATTEST_TOKEN_PROFILE_PSA_2_0_0",
        Chosen("attestation.token_profile", "rfc9783"),
    ),
    name(
        "ATTEST_TOKEN_PROFILE_ARM_CCA",
        Always("OFF", "CCA is not for Armv8-M"),
    ),
    name("ATTEST_KEY_BITS", Always("256", "the key of HMAC-SHA-256")),
    name("ATTEST_STACK_SIZE", Nothing(ONE_STACK)),
    name(
        "PSA_INITIAL_ATTEST_MAX_TOKEN_SIZE",
        Nothing("it follows from the claims: psa/initial_attestation.h of the kit has it"),
    ),
    name(
        "TFM_FWU_BUF_SIZE",
        Nothing("the service writes from the caller's buffer"),
    ),
    name("FWU_STACK_SIZE", Nothing(ONE_STACK)),
    name(
        "TFM_CONFIG_FWU_MAX_WRITE_SIZE",
        Nothing("psa/update.h of the kit has it"),
    ),
    name(
        "TFM_CONFIG_FWU_MAX_MANIFEST_SIZE",
        Always("0", "an image carries its own manifest"),
    ),
    name(
        "FWU_SUPPORT_TRIAL_STATE",
        Nothing("it follows from `boot.upgrade`: \"swap\" tries an image"),
    ),
    name(
        "TFM_FWU_BOOTLOADER_LIB",
        Always("mcuboot", "images have MCUboot's format"),
    ),
    // Headers of Mbed TLS 2, as the versions have them that the design describes.
    name("MBEDTLS_SHA256_C", Switch("crypto.psa_want_alg_sha_256")),
    name("MBEDTLS_SHA512_C", Switch("crypto.psa_want_alg_sha_512")),
    name("MBEDTLS_MD_C", Switch("crypto.psa_want_alg_hmac")),
    name("MBEDTLS_CCM_C", Switch("crypto.psa_want_alg_ccm")),
    name("MBEDTLS_GCM_C", Switch("crypto.psa_want_alg_gcm")),
    name("MBEDTLS_CMAC_C", Switch("crypto.psa_want_alg_cmac")),
    name(
        "MBEDTLS_CIPHER_MODE_CBC",
        Switch("crypto.psa_want_alg_cbc_no_padding"),
    ),
    name(
        "MBEDTLS_CIPHER_PADDING_PKCS7",
        Switch("crypto.psa_want_alg_cbc_pkcs7"),
    ),
    name("MBEDTLS_CIPHER_MODE_CTR", Switch("crypto.psa_want_alg_ctr")),
    name("MBEDTLS_CIPHER_MODE_CFB", Switch("crypto.psa_want_alg_cfb")),
    name(
        "MBEDTLS_CHACHA20_C",
        Switch("crypto.psa_want_alg_stream_cipher"),
    ),
    name(
        "MBEDTLS_CHACHAPOLY_C",
        Switch("crypto.psa_want_alg_chacha20_poly1305"),
    ),
    name("MBEDTLS_HKDF_C", Switch("crypto.psa_want_alg_hkdf")),
    name("MBEDTLS_PKCS5_C", Switch("crypto.psa_want_alg_pbkdf2_hmac")),
    name("MBEDTLS_ECDSA_C", Switch("crypto.psa_want_alg_ecdsa")),
    name(
        "MBEDTLS_ECDSA_DETERMINISTIC",
        Switch("crypto.psa_want_alg_deterministic_ecdsa"),
    ),
    name("MBEDTLS_ECDH_C", Switch("crypto.psa_want_alg_ecdh")),
    name(
        "MBEDTLS_AES_C",
        Always("1", "AES comes with the algorithms that use it"),
    ),
];
