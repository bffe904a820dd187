// SPDX-License-Identifier: Apache-2.0
//! Attributes of a key (PSA Crypto API 1.2, "Key management reference"), and their encoding in the
//! 24 bytes of TF-M v2.3: type u16, bits u16, lifetime u32, usage u32, algorithm u32, second
//! algorithm u32, id u32.

use super::Algorithm;

/// Size of encoded attributes in bytes.
pub const KEY_ATTRIBUTES_BYTES: usize = 24;

/// `psa_key_id_t`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyId(pub u32);

impl KeyId {
    /// `PSA_KEY_ID_NULL`: no key.
    pub const NULL: Self = Self(0);
    /// The hardware unique key of the device (HUK), as TF-M v2.3 numbers it.
    pub const HARDWARE_UNIQUE_KEY: Self = Self(0x7FFF_815C);
    /// The initial attestation key of the device (IAK), as TF-M v2.3 numbers it.
    pub const INITIAL_ATTESTATION_KEY: Self = Self(0x7FFF_815D);

    /// Whether a client may give the id to a persistent key (`PSA_KEY_ID_USER_MIN` to `_MAX`).
    #[must_use]
    pub const fn is_user(self) -> bool {
        self.0 >= 1 && self.0 <= 0x3FFF_FFFF
    }

    /// Whether the id is in the range of builtin keys (`MBEDTLS_PSA_KEY_ID_BUILTIN_MIN` to `_MAX` of TF-M v2.3).
    #[must_use]
    pub const fn is_builtin(self) -> bool {
        self.0 >= 0x7FFF_0000 && self.0 <= 0x7FFF_EFFF
    }
}

/// `psa_key_type_t`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyType(pub u16);

impl KeyType {
    /// `PSA_KEY_TYPE_NONE`.
    pub const NONE: Self = Self(0);
    /// `PSA_KEY_TYPE_RAW_DATA`.
    pub const RAW_DATA: Self = Self(0x1001);
    /// `PSA_KEY_TYPE_HMAC`.
    pub const HMAC: Self = Self(0x1100);
    /// `PSA_KEY_TYPE_DERIVE`.
    pub const DERIVE: Self = Self(0x1200);
    /// `PSA_KEY_TYPE_PASSWORD`.
    pub const PASSWORD: Self = Self(0x1203);
    /// `PSA_KEY_TYPE_PASSWORD_HASH`.
    pub const PASSWORD_HASH: Self = Self(0x1205);
    /// `PSA_KEY_TYPE_PEPPER`.
    pub const PEPPER: Self = Self(0x1206);
    /// `PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1)`.
    pub const ECC_KEY_PAIR_SECP_R1: Self = Self(0x7112);
    /// `PSA_KEY_TYPE_ECC_PUBLIC_KEY(PSA_ECC_FAMILY_SECP_R1)`.
    pub const ECC_PUBLIC_KEY_SECP_R1: Self = Self(0x4112);
    /// `PSA_KEY_TYPE_AES`.
    pub const AES: Self = Self(0x2400);
    /// `PSA_KEY_TYPE_CHACHA20`.
    pub const CHACHA20: Self = Self(0x2004);
}

/// `psa_key_usage_t`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage(pub u32);

impl Usage {
    /// No use at all.
    pub const NONE: Self = Self(0);
    /// `PSA_KEY_USAGE_EXPORT`.
    pub const EXPORT: Self = Self(0x0001);
    /// `PSA_KEY_USAGE_COPY`.
    pub const COPY: Self = Self(0x0002);
    /// `PSA_KEY_USAGE_CACHE`.
    pub const CACHE: Self = Self(0x0004);
    /// `PSA_KEY_USAGE_ENCRYPT`.
    pub const ENCRYPT: Self = Self(0x0100);
    /// `PSA_KEY_USAGE_DECRYPT`.
    pub const DECRYPT: Self = Self(0x0200);
    /// `PSA_KEY_USAGE_SIGN_MESSAGE`.
    pub const SIGN_MESSAGE: Self = Self(0x0400);
    /// `PSA_KEY_USAGE_VERIFY_MESSAGE`.
    pub const VERIFY_MESSAGE: Self = Self(0x0800);
    /// `PSA_KEY_USAGE_SIGN_HASH`; it includes signing messages.
    pub const SIGN_HASH: Self = Self(0x1000);
    /// `PSA_KEY_USAGE_VERIFY_HASH`; it includes verifying messages.
    pub const VERIFY_HASH: Self = Self(0x2000);
    /// `PSA_KEY_USAGE_DERIVE`.
    pub const DERIVE: Self = Self(0x4000);
    /// `PSA_KEY_USAGE_VERIFY_DERIVATION`.
    pub const VERIFY_DERIVATION: Self = Self(0x8000);
    const ALL: u32 = 0xFF07;

    /// The union of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The intersection of both.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether it includes all of `other`.
    #[must_use]
    pub const fn includes(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether every bit is one of the specification.
    #[must_use]
    pub const fn is_valid(self) -> bool {
        self.0 & !Self::ALL == 0
    }

    /// The same with implied uses: permission to sign or verify hashes includes messages.
    #[must_use]
    pub const fn complete(self) -> Self {
        let hashes = self.0 & (Self::SIGN_HASH.0 | Self::VERIFY_HASH.0);
        Self(self.0 | hashes >> 2)
    }
}

/// `psa_key_lifetime_t`: persistence in the lowest byte, location above it.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime(pub u32);

impl Lifetime {
    /// `PSA_KEY_LIFETIME_VOLATILE`: until it is destroyed or the device resets.
    pub const VOLATILE: Self = Self(0);
    /// `PSA_KEY_LIFETIME_PERSISTENT`.
    pub const PERSISTENT: Self = Self(1);
    /// Persistent, and never destroyed (`PSA_KEY_PERSISTENCE_READ_ONLY`, in local storage).
    pub const READ_ONLY: Self = Self(Self::PERSISTENCE_READ_ONLY as u32);
    /// Builtin keys: read-only, at the location that TF-M v2.3 uses.
    pub const BUILTIN: Self = Self(0x80_0001 << 8 | Self::PERSISTENCE_READ_ONLY as u32);
    /// `PSA_KEY_PERSISTENCE_READ_ONLY`.
    pub const PERSISTENCE_READ_ONLY: u8 = 0xFF;
    /// `PSA_KEY_LOCATION_LOCAL_STORAGE`.
    pub const LOCATION_LOCAL_STORAGE: u32 = 0;

    /// `PSA_KEY_LIFETIME_GET_PERSISTENCE`.
    #[must_use]
    pub const fn persistence(self) -> u8 {
        self.0 as u8
    }

    /// `PSA_KEY_LIFETIME_GET_LOCATION`.
    #[must_use]
    pub const fn location(self) -> u32 {
        self.0 >> 8
    }

    /// Whether keys are in local storage, with ids that clients choose.
    #[must_use]
    pub const fn is_stored(self) -> bool {
        self.0 == Self::PERSISTENT.0 || self.0 == Self::READ_ONLY.0
    }

    /// `PSA_KEY_LIFETIME_IS_VOLATILE`.
    #[must_use]
    pub const fn is_volatile(self) -> bool {
        self.persistence() == 0
    }
}

/// `psa_key_attributes_t`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyAttributes {
    /// Type of the key.
    pub key_type: KeyType,
    /// Size in bits.
    pub bits: u16,
    /// Lifetime: persistence and location.
    pub lifetime: Lifetime,
    /// Permitted uses.
    pub usage: Usage,
    /// Permitted algorithm, or a wildcard.
    pub algorithm: Algorithm,
    /// A second permitted algorithm.
    pub second_algorithm: Algorithm,
    /// Identifier, within the keys of the owner.
    pub id: KeyId,
}

impl KeyAttributes {
    /// `PSA_KEY_ATTRIBUTES_INIT`.
    pub const NONE: Self = Self {
        key_type: KeyType::NONE,
        bits: 0,
        lifetime: Lifetime::VOLATILE,
        usage: Usage::NONE,
        algorithm: Algorithm::NONE,
        second_algorithm: Algorithm::NONE,
        id: KeyId::NULL,
    };

    /// Attributes of a volatile key for one algorithm.
    #[must_use]
    pub const fn new(key_type: KeyType, bits: u16, usage: Usage, algorithm: Algorithm) -> Self {
        Self {
            key_type,
            bits,
            usage,
            algorithm,
            ..Self::NONE
        }
    }

    /// Decodes received bytes; any bytes are valid.
    #[must_use]
    pub const fn decode(bytes: &[u8; KEY_ATTRIBUTES_BYTES]) -> Self {
        let words: (&[[u8; 4]], _) = bytes.as_chunks();
        let [head, lifetime, usage, algorithm, second_algorithm, id] = words.0 else {
            return Self::NONE; // never: 24 bytes are six words
        };
        let [t0, t1, b0, b1] = *head;
        Self {
            key_type: KeyType(u16::from_le_bytes([t0, t1])),
            bits: u16::from_le_bytes([b0, b1]),
            lifetime: Lifetime(u32::from_le_bytes(*lifetime)),
            usage: Usage(u32::from_le_bytes(*usage)),
            algorithm: Algorithm(u32::from_le_bytes(*algorithm)),
            second_algorithm: Algorithm(u32::from_le_bytes(*second_algorithm)),
            id: KeyId(u32::from_le_bytes(*id)),
        }
    }

    /// The bytes to send, word by word.
    #[must_use]
    pub const fn encode_words(&self) -> [[u8; 4]; KEY_ATTRIBUTES_BYTES / 4] {
        let ([t0, t1], [b0, b1]) = (self.key_type.0.to_le_bytes(), self.bits.to_le_bytes());
        [
            [t0, t1, b0, b1],
            self.lifetime.0.to_le_bytes(),
            self.usage.0.to_le_bytes(),
            self.algorithm.0.to_le_bytes(),
            self.second_algorithm.0.to_le_bytes(),
            self.id.0.to_le_bytes(),
        ]
    }

    /// The bytes to send.
    #[must_use]
    pub fn encode(&self) -> [u8; KEY_ATTRIBUTES_BYTES] {
        let words = self.encode_words();
        let bytes = words.as_flattened().first_chunk();
        bytes.copied().unwrap_or([0; KEY_ATTRIBUTES_BYTES])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_where_the_c_layout_has_them() {
        let attributes = KeyAttributes {
            key_type: KeyType(0x0201),
            bits: 0x0403,
            lifetime: Lifetime(0x0807_0605),
            usage: Usage(0x0C0B_0A09),
            algorithm: Algorithm(0x100F_0E0D),
            second_algorithm: Algorithm(0x1413_1211),
            id: KeyId(0x1817_1615),
        };
        let bytes: [u8; KEY_ATTRIBUTES_BYTES] = core::array::from_fn(|index| index as u8 + 1);
        assert_eq!(attributes.encode(), bytes);
        assert_eq!(KeyAttributes::decode(&bytes), attributes);
        assert_eq!(KeyAttributes::decode(&[0; 24]), KeyAttributes::NONE);
    }

    #[test]
    fn the_right_for_hashes_includes_messages() {
        assert_eq!(Usage::SIGN_HASH.complete(), Usage(0x1400));
        assert_eq!(Usage::VERIFY_HASH.complete(), Usage(0x2800));
        for usage in [Usage::NONE, Usage::EXPORT, Usage(0xCF07)] {
            assert_eq!(usage.complete(), usage);
        }
    }

    #[test]
    fn uses_are_sets() {
        let both = Usage::ENCRYPT.with(Usage::DECRYPT);
        assert_eq!(both, Usage(0x300));
        assert!(both.includes(Usage::DECRYPT) && both.includes(Usage::NONE));
        assert!(!Usage::DECRYPT.includes(both));
        assert_eq!(both.common(Usage(0x101)), Usage::ENCRYPT);
        assert!(Usage(0xFF07).is_valid());
        for bit in [3, 4, 5, 6, 7, 16, 31] {
            assert!(!Usage(1 << bit).is_valid(), "bit {bit}");
        }
    }

    #[test]
    fn lifetimes_have_two_parts() {
        assert!(Lifetime::VOLATILE.is_volatile() && Lifetime(0x100).is_volatile());
        assert!(!Lifetime::PERSISTENT.is_volatile());
        assert_eq!(Lifetime(0x0102_0304).location(), 0x01_0203);
        assert_eq!(Lifetime(0x0102_03FF).persistence(), 0xFF);
    }
}
