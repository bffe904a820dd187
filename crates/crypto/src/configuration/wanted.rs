// SPDX-License-Identifier: Apache-2.0
//! Which algorithms an image has, and what follows from that.

/// Algorithms that a profile can leave out (`PSA_WANT_ALG_*`). Calls for them are answered with
/// `PSA_ERROR_NOT_SUPPORTED` then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// `PSA_WANT_ALG_SHA_224`.
    pub sha_224: bool,
    /// `PSA_WANT_ALG_SHA_256`.
    pub sha_256: bool,
    /// `PSA_WANT_ALG_SHA_384`.
    pub sha_384: bool,
    /// `PSA_WANT_ALG_SHA_512`.
    pub sha_512: bool,
    /// `PSA_WANT_ALG_HMAC`, with the hashes that there are: the MAC service.
    pub hmac: bool,
    /// `PSA_WANT_ALG_CCM`, with AES-128: the AEAD service.
    pub ccm: bool,
    /// `PSA_WANT_AES_KEY_SIZE_192`: AES keys of 192 bits.
    pub aes_192: bool,
    /// `PSA_WANT_AES_KEY_SIZE_256`: AES keys of 256 bits.
    pub aes_256: bool,
    /// `PSA_WANT_ALG_CBC_NO_PADDING`: in the cipher service.
    pub cbc_no_padding: bool,
    /// `PSA_WANT_ALG_CBC_PKCS7`: in the cipher service.
    pub cbc_pkcs7: bool,
    /// `PSA_WANT_ALG_CTR`: in the cipher service.
    pub ctr: bool,
    /// `PSA_WANT_ALG_CFB`: in the cipher service.
    pub cfb: bool,
    /// `PSA_WANT_ALG_ECB_NO_PADDING`: in the cipher service.
    pub ecb_no_padding: bool,
    /// `PSA_WANT_ALG_STREAM_CIPHER`: in the cipher service.
    pub stream_cipher: bool,
    /// `PSA_WANT_ALG_GCM`: in the AEAD service.
    pub gcm: bool,
    /// `PSA_WANT_ALG_CHACHA20_POLY1305`: in the AEAD service.
    pub chacha20_poly1305: bool,
    /// `PSA_WANT_ALG_CMAC`: in the MAC service.
    pub cmac: bool,
    /// `PSA_WANT_ALG_HKDF`.
    pub hkdf: bool,
    /// `PSA_WANT_ALG_HKDF_EXTRACT`.
    pub hkdf_extract: bool,
    /// `PSA_WANT_ALG_HKDF_EXPAND`.
    pub hkdf_expand: bool,
    /// `PSA_WANT_ALG_TLS12_PRF`.
    pub tls12_prf: bool,
    /// `PSA_WANT_ALG_TLS12_PSK_TO_MS`.
    pub tls12_psk_to_ms: bool,
    /// `PSA_WANT_ALG_SP800_108_COUNTER_HMAC`.
    pub sp800_108_counter_hmac: bool,
    /// `PSA_WANT_ALG_PBKDF2_HMAC`.
    pub pbkdf2_hmac: bool,
    /// `PSA_WANT_ALG_SP800_108_COUNTER_CMAC`.
    pub sp800_108_counter_cmac: bool,
    /// `PSA_WANT_ALG_PBKDF2_AES_CMAC_PRF_128`.
    pub pbkdf2_aes_cmac_prf_128: bool,
    /// `PSA_WANT_ALG_ECDSA`.
    pub ecdsa: bool,
    /// `PSA_WANT_ALG_DETERMINISTIC_ECDSA`.
    pub deterministic_ecdsa: bool,
    /// `PSA_WANT_ALG_ECDH`.
    pub ecdh: bool,
    /// `PSA_WANT_GENERATE_RANDOM`: the random service.
    pub random: bool,
    /// The functions of the hash service. Without it others still hash.
    pub hash_service: bool,
    /// The functions of key management. Without it there are keys from the factory, and derived
    /// ones.
    pub key_service: bool,
}

impl Wanted {
    /// No algorithm.
    pub const NONE: Self = Self {
        sha_224: false,
        sha_256: false,
        sha_384: false,
        sha_512: false,
        hmac: false,
        ccm: false,
        aes_192: false,
        aes_256: false,
        cbc_no_padding: false,
        cbc_pkcs7: false,
        ctr: false,
        cfb: false,
        ecb_no_padding: false,
        stream_cipher: false,
        gcm: false,
        chacha20_poly1305: false,
        cmac: false,
        hkdf: false,
        hkdf_extract: false,
        hkdf_expand: false,
        tls12_prf: false,
        tls12_psk_to_ms: false,
        sp800_108_counter_hmac: false,
        pbkdf2_hmac: false,
        sp800_108_counter_cmac: false,
        pbkdf2_aes_cmac_prf_128: false,
        ecdsa: false,
        deterministic_ecdsa: false,
        ecdh: false,
        random: false,
        hash_service: true,
        key_service: true,
    };

    /// Profile Small.
    pub const SMALL: Self = Self {
        sha_256: true,
        hmac: true,
        ccm: true,
        random: true,
        ..Self::NONE
    };

    /// All symmetric algorithms.
    pub const SYMMETRIC: Self = Self {
        aes_192: true,
        aes_256: true,
        cbc_no_padding: true,
        cbc_pkcs7: true,
        ctr: true,
        cfb: true,
        ecb_no_padding: true,
        stream_cipher: true,
        gcm: true,
        chacha20_poly1305: true,
        cmac: true,
        sha_224: true,
        sha_384: true,
        sha_512: true,
        hkdf: true,
        hkdf_extract: true,
        hkdf_expand: true,
        tls12_prf: true,
        tls12_psk_to_ms: true,
        sp800_108_counter_hmac: true,
        pbkdf2_hmac: true,
        sp800_108_counter_cmac: true,
        pbkdf2_aes_cmac_prf_128: true,
        ..Self::SMALL
    };

    /// All algorithms.
    pub const ALL: Self = Self {
        ecdsa: true,
        deterministic_ecdsa: true,
        ecdh: true,
        ..Self::SYMMETRIC
    };

    /// Whether there are hashes.
    #[must_use]
    pub const fn hashes(&self) -> bool {
        self.sha_256 || self.hashes_beside_sha_256()
    }

    /// Whether there are hashes that need the whole family.
    #[must_use]
    pub const fn hashes_beside_sha_256(&self) -> bool {
        self.sha_224 || self.wide_hashes()
    }

    /// Whether there are hashes with 64-bit words.
    #[must_use]
    pub const fn wide_hashes(&self) -> bool {
        self.sha_384 || self.sha_512
    }

    /// Whether there is authenticated encryption.
    #[must_use]
    pub const fn aead(&self) -> bool {
        self.ccm || self.gcm || self.chacha20_poly1305
    }

    /// Whether there are message authentication codes.
    #[must_use]
    pub const fn mac(&self) -> bool {
        self.hmac || self.cmac
    }

    /// Whether there is encryption in a mode of a block cipher, without authentication.
    #[must_use]
    pub const fn block_cipher(&self) -> bool {
        self.block_decryption() || self.ctr || self.cfb
    }

    /// Whether blocks are decrypted.
    #[must_use]
    pub const fn block_decryption(&self) -> bool {
        self.cbc_no_padding || self.cbc_pkcs7 || self.ecb_no_padding
    }

    /// Whether there are keys for ChaCha20.
    #[must_use]
    pub const fn chacha20(&self) -> bool {
        self.stream_cipher || self.chacha20_poly1305
    }

    /// Whether there is encryption without authentication.
    #[must_use]
    pub const fn cipher(&self) -> bool {
        self.block_cipher() || self.stream_cipher
    }

    /// Whether more is needed than the board's AES, which encrypts with keys of 128 bits.
    #[must_use]
    pub const fn other_aes(&self) -> bool {
        self.aes_192 || self.aes_256 || self.block_decryption()
    }

    /// Whether keys are derived.
    #[must_use]
    pub const fn key_derivation(&self) -> bool {
        self.hkdf
            || self.hkdf_extract
            || self.hkdf_expand
            || self.tls12_prf
            || self.tls12_psk_to_ms
            || self.sp800_108_counter_hmac
            || self.pbkdf2_hmac
            || self.derivation_with_cmac()
    }

    /// Whether keys are derived by functions built on CMAC.
    #[must_use]
    pub const fn derivation_with_cmac(&self) -> bool {
        self.sp800_108_counter_cmac || self.pbkdf2_aes_cmac_prf_128
    }

    /// Whether keys are made of passwords.
    pub(crate) const fn passwords(&self) -> bool {
        self.pbkdf2_hmac || self.pbkdf2_aes_cmac_prf_128
    }

    /// Whether there are signatures.
    #[must_use]
    pub const fn signatures(&self) -> bool {
        self.ecdsa || self.deterministic_ecdsa
    }

    /// Whether there are keys on an elliptic curve.
    #[must_use]
    pub const fn elliptic_curves(&self) -> bool {
        self.signatures() || self.ecdh
    }

    /// Whether any algorithm uses keys; if not, there is no key management.
    #[must_use]
    pub const fn keys(&self) -> bool {
        self.mac()
            || self.cipher()
            || self.aead()
            || self.key_derivation()
            || self.elliptic_curves()
    }
}
