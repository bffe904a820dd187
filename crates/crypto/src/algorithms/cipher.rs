// SPDX-License-Identifier: Apache-2.0
//! The modes of encryption without authentication that an image has.

use primitives::{aes::BLOCK_BYTES, chacha20::NONCE_BYTES};
use psa::crypto::{Algorithm, KeyType};

use crate::configuration::Configuration;

/// A mode.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Ecb,
    Cbc,
    CbcPkcs7,
    Ctr,
    Cfb,
    Stream,
}

impl Mode {
    /// The mode of an algorithm; `None` if the image does not have it.
    pub(crate) const fn of<C: Configuration>(algorithm: Algorithm) -> Option<Self> {
        match algorithm {
            Algorithm::ECB_NO_PADDING if C::WANTED.ecb_no_padding => Some(Self::Ecb),
            Algorithm::CBC_NO_PADDING if C::WANTED.cbc_no_padding => Some(Self::Cbc),
            Algorithm::CBC_PKCS7 if C::WANTED.cbc_pkcs7 => Some(Self::CbcPkcs7),
            Algorithm::CTR if C::WANTED.ctr => Some(Self::Ctr),
            Algorithm::CFB if C::WANTED.cfb => Some(Self::Cfb),
            Algorithm::STREAM_CIPHER if C::WANTED.stream_cipher => Some(Self::Stream),
            _ => None,
        }
    }

    pub(crate) const fn key_type(self) -> KeyType {
        match self {
            Self::Stream => KeyType::CHACHA20,
            _ => KeyType::AES,
        }
    }

    /// Size of the initialisation vector.
    pub(crate) const fn iv_bytes(self) -> usize {
        match self {
            Self::Ecb => 0,
            Self::Stream => NONCE_BYTES,
            _ => BLOCK_BYTES,
        }
    }

    /// Whether output comes in whole blocks.
    pub(crate) const fn has_blocks(self) -> bool {
        matches!(self, Self::Ecb | Self::Cbc | Self::CbcPkcs7)
    }
}
