// SPDX-License-Identifier: Apache-2.0
//! `psa_algorithm_t`: the algorithm, the length of its tag, and wildcards for the policy of a key
//! (PSA Crypto API 1.2, "Algorithms", and its appendix on the encodings).
//!
//! This file has the values. `kinds` has categories and wildcards, `tags` lengths of tags,
//! `agreement` the combination of a key agreement with a derivation.

mod agreement;
mod kinds;
mod tags;
#[cfg(test)]
mod tests;

/// `psa_algorithm_t`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Algorithm(pub u32);

/// Algorithms.
impl Algorithm {
    /// `PSA_ALG_NONE`.
    pub const NONE: Self = Self(0);
    /// `PSA_ALG_SHA_224`.
    pub const SHA_224: Self = Self(0x0200_0008);
    /// `PSA_ALG_SHA_256`.
    pub const SHA_256: Self = Self(0x0200_0009);
    /// `PSA_ALG_SHA_384`.
    pub const SHA_384: Self = Self(0x0200_000A);
    /// `PSA_ALG_SHA_512`.
    pub const SHA_512: Self = Self(0x0200_000B);
    /// `PSA_ALG_ANY_HASH`: a wildcard.
    pub const ANY_HASH: Self = Self(0x0200_00FF);
    /// `PSA_ALG_CMAC`.
    pub const CMAC: Self = Self(0x03C0_0200);
    /// `PSA_ALG_STREAM_CIPHER`: that of the key.
    pub const STREAM_CIPHER: Self = Self(0x0480_0100);
    /// `PSA_ALG_CTR`.
    pub const CTR: Self = Self(0x04C0_1000);
    /// `PSA_ALG_CFB`.
    pub const CFB: Self = Self(0x04C0_1100);
    /// `PSA_ALG_ECB_NO_PADDING`.
    pub const ECB_NO_PADDING: Self = Self(0x0440_4400);
    /// `PSA_ALG_CBC_NO_PADDING`.
    pub const CBC_NO_PADDING: Self = Self(0x0440_4000);
    /// `PSA_ALG_CBC_PKCS7`.
    pub const CBC_PKCS7: Self = Self(0x0440_4100);
    /// `PSA_ALG_CCM_STAR_NO_TAG`.
    pub const CCM_STAR_NO_TAG: Self = Self(0x04C0_1300);
    /// `PSA_ALG_CCM_STAR_ANY_TAG`: a wildcard of the former and of CCM with any tag.
    pub const CCM_STAR_ANY_TAG: Self = Self(0x04C0_9300);
    /// `PSA_ALG_CHACHA20_POLY1305`, with a tag of 16 bytes.
    pub const CHACHA20_POLY1305: Self = Self(0x0510_0500);
    /// `PSA_ALG_CCM`, with a tag of 16 bytes.
    pub const CCM: Self = Self(0x0550_0100);
    /// `PSA_ALG_GCM`, with a tag of 16 bytes.
    pub const GCM: Self = Self(0x0550_0200);

    /// `PSA_ALG_ECDSA_ANY`: ECDSA of a digest of any length.
    pub const ECDSA_ANY: Self = Self(0x0600_0600);
    /// `PSA_ALG_ECDH`.
    pub const ECDH: Self = Self(0x0902_0000);
    /// `PSA_ALG_SP800_108_COUNTER_CMAC`.
    pub const SP800_108_COUNTER_CMAC: Self = Self(0x0800_0800);
    /// `PSA_ALG_PBKDF2_AES_CMAC_PRF_128`.
    pub const PBKDF2_AES_CMAC_PRF_128: Self = Self(0x0880_0200);

    /// `PSA_ALG_HMAC`: HMAC with this hash.
    #[must_use]
    pub const fn hmac(hash: Self) -> Self {
        Self(Self::HMAC_BASE | hash.0 & Self::HASH_MASK)
    }
}

/// Algorithms with a hash.
impl Algorithm {
    const fn with_hash(base: u32, hash: Self) -> Self {
        Self(base | hash.0 & Self::HASH_MASK)
    }

    /// `PSA_ALG_ECDSA`: randomised, of a digest by this hash.
    #[must_use]
    pub const fn ecdsa(hash: Self) -> Self {
        Self::with_hash(Self::ECDSA_ANY.0, hash)
    }

    /// `PSA_ALG_DETERMINISTIC_ECDSA`.
    #[must_use]
    pub const fn deterministic_ecdsa(hash: Self) -> Self {
        Self::with_hash(0x0600_0700, hash)
    }

    /// `PSA_ALG_HKDF`.
    #[must_use]
    pub const fn hkdf(hash: Self) -> Self {
        Self::with_hash(0x0800_0100, hash)
    }

    /// `PSA_ALG_HKDF_EXTRACT`.
    #[must_use]
    pub const fn hkdf_extract(hash: Self) -> Self {
        Self::with_hash(0x0800_0400, hash)
    }

    /// `PSA_ALG_HKDF_EXPAND`.
    #[must_use]
    pub const fn hkdf_expand(hash: Self) -> Self {
        Self::with_hash(0x0800_0500, hash)
    }

    /// `PSA_ALG_TLS12_PRF`.
    #[must_use]
    pub const fn tls12_prf(hash: Self) -> Self {
        Self::with_hash(0x0800_0200, hash)
    }

    /// `PSA_ALG_TLS12_PSK_TO_MS`.
    #[must_use]
    pub const fn tls12_psk_to_ms(hash: Self) -> Self {
        Self::with_hash(0x0800_0300, hash)
    }

    /// `PSA_ALG_SP800_108_COUNTER_HMAC`.
    #[must_use]
    pub const fn sp800_108_counter_hmac(hash: Self) -> Self {
        Self::with_hash(0x0800_0700, hash)
    }

    /// `PSA_ALG_PBKDF2_HMAC`.
    #[must_use]
    pub const fn pbkdf2_hmac(hash: Self) -> Self {
        Self::with_hash(0x0880_0100, hash)
    }

    /// The algorithm with its hash removed, to compare algorithms with any hash.
    #[must_use]
    pub const fn without_hash(self) -> Self {
        Self(self.0 & !Self::HASH_MASK)
    }
}
