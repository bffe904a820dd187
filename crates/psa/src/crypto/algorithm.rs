// SPDX-License-Identifier: Apache-2.0
//! `psa_algorithm_t`: which algorithm, with how long a tag, and how much of it a key permits
//! (PSA Crypto API 1.2, "Algorithms", and its appendix on the encodings).
//!
//! Message authentication codes and authenticated encryption carry the length of their tag in
//! bits 16 to 21. Bit 15 makes the algorithm a wildcard, of use in a key's policy alone: any
//! tag at least so long.

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

    /// The algorithm regardless of its hash: the hash is left out.
    #[must_use]
    pub const fn without_hash(self) -> Self {
        Self(self.0 & !Self::HASH_MASK)
    }
}

/// Key agreement.
impl Algorithm {
    const KEY_DERIVATION_MASK: u32 = 0xFE80_FFFF;
    const KEY_AGREEMENT_MASK: u32 = 0xFF7F_0000;

    /// `PSA_ALG_KEY_AGREEMENT`: this agreement, and a derivation from what comes out of it.
    #[must_use]
    pub const fn with_derivation(self, derivation: Self) -> Self {
        Self(self.0 | derivation.0)
    }

    /// `PSA_ALG_KEY_AGREEMENT_GET_KDF`; a key derivation is its own.
    #[must_use]
    pub const fn derivation(self) -> Self {
        if self.is_key_agreement() {
            Self(self.0 & Self::KEY_DERIVATION_MASK)
        } else {
            self
        }
    }

    /// `PSA_ALG_KEY_AGREEMENT_GET_BASE`: the agreement without a derivation.
    #[must_use]
    pub const fn agreement(self) -> Self {
        Self(self.0 & Self::KEY_AGREEMENT_MASK)
    }
}

/// Kinds.
impl Algorithm {
    const CATEGORY_MASK: u32 = 0x7F00_0000;
    const CATEGORY_HASH: u32 = 0x0200_0000;
    const CATEGORY_MAC: u32 = 0x0300_0000;
    const CATEGORY_CIPHER: u32 = 0x0400_0000;
    const CATEGORY_AEAD: u32 = 0x0500_0000;
    const CATEGORY_SIGN: u32 = 0x0600_0000;
    const CATEGORY_KEY_DERIVATION: u32 = 0x0800_0000;
    const CATEGORY_KEY_AGREEMENT: u32 = 0x0900_0000;
    const CATEGORY_PAKE: u32 = 0x0A00_0000;
    const HASH_MASK: u32 = 0xFF;
    const MAC_KIND_MASK: u32 = 0x00C0_0000;
    const HMAC_KIND: u32 = 0x0080_0000;
    const HMAC_BASE: u32 = Self::CATEGORY_MAC | Self::HMAC_KIND;

    const fn is_of(self, category: u32) -> bool {
        self.0 & Self::CATEGORY_MASK == category
    }

    /// `PSA_ALG_IS_HASH`.
    #[must_use]
    pub const fn is_hash(self) -> bool {
        self.is_of(Self::CATEGORY_HASH)
    }

    /// `PSA_ALG_IS_MAC`.
    #[must_use]
    pub const fn is_mac(self) -> bool {
        self.is_of(Self::CATEGORY_MAC)
    }

    /// Whether it is of one of the specification's categories; [`Self::NONE`] is not.
    #[must_use]
    pub const fn has_category(self) -> bool {
        let category = self.0 & Self::CATEGORY_MASK;
        category >= Self::CATEGORY_HASH && category <= Self::CATEGORY_PAKE
    }

    /// `PSA_ALG_IS_HMAC`.
    #[must_use]
    pub const fn is_hmac(self) -> bool {
        self.is_mac() && self.0 & Self::MAC_KIND_MASK == Self::HMAC_KIND
    }

    /// The hash that is part of the algorithm (`PSA_ALG_GET_HASH`, `PSA_ALG_HMAC_GET_HASH`).
    #[must_use]
    pub const fn hash(self) -> Self {
        Self(Self::CATEGORY_HASH | self.0 & Self::HASH_MASK)
    }

    /// `PSA_ALG_IS_CIPHER`.
    #[must_use]
    pub const fn is_cipher(self) -> bool {
        self.is_of(Self::CATEGORY_CIPHER)
    }

    /// `PSA_ALG_IS_AEAD`.
    #[must_use]
    pub const fn is_aead(self) -> bool {
        self.is_of(Self::CATEGORY_AEAD)
    }

    /// `PSA_ALG_IS_SIGN`.
    #[must_use]
    pub const fn is_sign(self) -> bool {
        self.is_of(Self::CATEGORY_SIGN)
    }

    /// `PSA_ALG_IS_KEY_DERIVATION`.
    #[must_use]
    pub const fn is_key_derivation(self) -> bool {
        self.is_of(Self::CATEGORY_KEY_DERIVATION)
    }

    /// `PSA_ALG_IS_KEY_AGREEMENT`.
    #[must_use]
    pub const fn is_key_agreement(self) -> bool {
        self.is_of(Self::CATEGORY_KEY_AGREEMENT)
    }

    /// The wildcard that a signature algorithm falls under: the same with any hash.
    #[must_use]
    pub const fn with_any_hash(self) -> Self {
        Self(self.0 | Self::HASH_MASK)
    }

    /// `PSA_ALG_IS_WILDCARD`: it permits several algorithms and is none itself.
    #[must_use]
    pub const fn is_wildcard(self) -> bool {
        if self.is_mac() || self.is_aead() || self.0 == Self::CCM_STAR_ANY_TAG.0 {
            self.0 & Self::AT_LEAST != 0
        } else {
            (self.is_hash() || self.is_of(Self::CATEGORY_SIGN))
                && self.0 & Self::HASH_MASK == Self::ANY_HASH.0 & Self::HASH_MASK
        }
    }
}

/// Lengths of tags, of message authentication codes and of authenticated encryption alike.
impl Algorithm {
    const TAG_SHIFT: u32 = 16;
    const TAG_MASK: u32 = 0x3F << Self::TAG_SHIFT;
    const AT_LEAST: u32 = 1 << 15;

    /// The bits for the length: of a MAC zero when it is complete, of an AEAD the tag's length.
    #[must_use]
    pub const fn tag_bytes(self) -> usize {
        ((self.0 & Self::TAG_MASK) >> Self::TAG_SHIFT) as usize
    }

    /// The algorithm regardless of the length of its tag.
    #[must_use]
    pub const fn without_tag_length(self) -> Self {
        Self(self.0 & !(Self::TAG_MASK | Self::AT_LEAST))
    }

    const fn with_tag_bytes(self, bytes: u32) -> Self {
        Self(self.without_tag_length().0 | (bytes << Self::TAG_SHIFT) & Self::TAG_MASK)
    }

    /// `PSA_ALG_TRUNCATED_MAC`: the first bytes of this MAC.
    #[must_use]
    pub const fn truncated_mac(self, bytes: u32) -> Self {
        self.with_tag_bytes(bytes)
    }

    /// `PSA_ALG_FULL_LENGTH_MAC`.
    #[must_use]
    pub const fn full_length_mac(self) -> Self {
        self.without_tag_length()
    }

    /// `PSA_ALG_AT_LEAST_THIS_LENGTH_MAC`: permits this MAC, complete or truncated to no less.
    #[must_use]
    pub const fn at_least_this_length_mac(self, bytes: u32) -> Self {
        Self(self.with_tag_bytes(bytes).0 | Self::AT_LEAST)
    }

    /// `PSA_ALG_AEAD_WITH_SHORTENED_TAG`.
    #[must_use]
    pub const fn aead_with_shortened_tag(self, bytes: u32) -> Self {
        self.with_tag_bytes(bytes)
    }

    /// `PSA_ALG_AEAD_WITH_DEFAULT_LENGTH_TAG`: 16 bytes for all algorithms that there are.
    #[must_use]
    pub const fn aead_with_default_length_tag(self) -> Self {
        self.with_tag_bytes(16)
    }

    /// `PSA_ALG_AEAD_WITH_AT_LEAST_THIS_LENGTH_TAG`: permits no shorter tag.
    #[must_use]
    pub const fn aead_with_at_least_this_length_tag(self, bytes: u32) -> Self {
        Self(self.with_tag_bytes(bytes).0 | Self::AT_LEAST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);

    const COMBINED: Algorithm =
        Algorithm::ECDH.with_derivation(Algorithm::hkdf(Algorithm::SHA_256));

    #[test]
    fn values_are_those_of_the_specification() {
        for (algorithm, value) in [
            (HMAC, 0x0380_0009),
            (Algorithm::hmac(Algorithm::ANY_HASH), 0x0380_00FF),
            (HMAC.truncated_mac(16), 0x0390_0009),
            (HMAC.at_least_this_length_mac(16), 0x0390_8009),
            (HMAC.truncated_mac(10).full_length_mac(), 0x0380_0009),
            (Algorithm::CMAC.truncated_mac(8), 0x03C8_0200),
            (Algorithm::ecdsa(Algorithm::SHA_384), 0x0600_060A),
            (Algorithm::ecdsa(Algorithm::ANY_HASH), 0x0600_06FF),
            (
                Algorithm::deterministic_ecdsa(Algorithm::SHA_256),
                0x0600_0709,
            ),
            (Algorithm::hkdf(Algorithm::SHA_256), 0x0800_0109),
            (Algorithm::hkdf_extract(Algorithm::SHA_512), 0x0800_040B),
            (Algorithm::hkdf_expand(Algorithm::SHA_512), 0x0800_050B),
            (Algorithm::tls12_prf(Algorithm::SHA_256), 0x0800_0209),
            (Algorithm::tls12_psk_to_ms(Algorithm::SHA_384), 0x0800_030A),
            (
                Algorithm::sp800_108_counter_hmac(Algorithm::SHA_224),
                0x0800_0708,
            ),
            (Algorithm::pbkdf2_hmac(Algorithm::SHA_256), 0x0880_0109),
            (Algorithm::PBKDF2_AES_CMAC_PRF_128.derivation(), 0x0880_0200),
            (COMBINED, 0x0902_0109),
            (COMBINED.derivation(), 0x0800_0109),
            (COMBINED.agreement(), 0x0902_0000),
            (COMBINED.derivation().without_hash(), 0x0800_0100),
            (COMBINED.hash(), 0x0200_0009),
            (Algorithm::CCM.aead_with_shortened_tag(4), 0x0544_0100),
            (Algorithm::CCM.aead_with_shortened_tag(16), 0x0550_0100),
            (
                Algorithm::CCM.aead_with_at_least_this_length_tag(8),
                0x0548_8100,
            ),
            (
                Algorithm(0x0544_8200).aead_with_default_length_tag(),
                0x0550_0200,
            ),
        ] {
            assert_eq!(algorithm.0, value, "{value:#010x}");
        }
    }

    #[test]
    fn lengths_that_were_put_in_come_out() {
        for bytes in 0..64 {
            let aead = Algorithm::CCM.aead_with_shortened_tag(bytes);
            assert_eq!(aead.tag_bytes(), bytes as usize);
            assert_eq!(aead.aead_with_default_length_tag(), Algorithm::CCM);
            let mac = HMAC.at_least_this_length_mac(bytes);
            assert_eq!(mac.tag_bytes(), bytes as usize);
            assert_eq!(mac.without_tag_length(), HMAC);
        }
        assert_eq!(HMAC.tag_bytes(), 0);
    }

    #[test]
    fn kinds_exclude_each_other() {
        let kinds = |algorithm: Algorithm| {
            [
                algorithm.is_hash(),
                algorithm.is_mac(),
                algorithm.is_hmac(),
                algorithm.is_aead(),
            ]
        };
        assert_eq!(kinds(Algorithm::SHA_256), [true, false, false, false]);
        assert_eq!(kinds(Algorithm(0x0200_00FF)), [true, false, false, false]);
        assert_eq!(kinds(HMAC), [false, true, true, false]);
        assert_eq!(kinds(Algorithm::CMAC), [false, true, false, false]);
        assert_eq!(kinds(Algorithm::CCM), [false, false, false, true]);
        assert_eq!(kinds(Algorithm(0x0510_0500)), [false, false, false, true]);
        assert_eq!(kinds(Algorithm::CBC_NO_PADDING), [false; 4]);
        assert!(Algorithm::CBC_NO_PADDING.is_cipher() && Algorithm::STREAM_CIPHER.is_cipher());
        assert!(!Algorithm::CCM.is_cipher() && !Algorithm::CMAC.is_cipher());
        assert_eq!(kinds(Algorithm::NONE), [false; 4]);
    }

    #[test]
    fn wildcards_are_known() {
        assert!(Algorithm::ANY_HASH.is_wildcard());
        assert!(HMAC.at_least_this_length_mac(4).is_wildcard());
        assert!(
            Algorithm::CCM
                .aead_with_at_least_this_length_tag(4)
                .is_wildcard()
        );
        assert!(Algorithm(0x0600_06FF).is_wildcard()); // ECDSA with any hash
        assert!(Algorithm::CCM_STAR_ANY_TAG.is_wildcard());
        for algorithm in [
            Algorithm::NONE,
            Algorithm::SHA_256,
            HMAC,
            HMAC.truncated_mac(4),
            Algorithm::CCM,
            Algorithm::GCM,
            Algorithm::CCM_STAR_NO_TAG,
            Algorithm(0x0600_0609),
        ] {
            assert!(!algorithm.is_wildcard(), "{algorithm:?}");
        }
    }
}
