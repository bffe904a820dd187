// SPDX-License-Identifier: Apache-2.0
//! One call of each kind for tests that interrupt it. A call is always the same, so that its answer
//! can be compared.

use client::aead::{self, Parameters};
use client::its::{self, CreateFlags};
use client::veneers::Veneers;
use client::{Gateway, Status, hash, key, mac, random};
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage};
use psa::service::CRYPTO;

use super::needs::{self, Need, where_there_is};
use super::{any_hash, raw_calls};

const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
const MESSAGE: [u8; 64] = [0x61; 64];
const NONCE: [u8; 12] = [7; 12];
const KEY_DATA: [u8; 32] = [0x4b; 32];
const SEALED_BYTES: usize = MESSAGE.len() + 16;
/// An object that the tests of storage do not use.
const UID: u64 = 0x1011_0001;

/// The status and the output of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status, or the result of a call that has none.
    pub status: i32,
    /// The output buffer.
    pub output: [u8; SEALED_BYTES],
}

impl Answer {
    const NONE: Self = Self {
        status: 0,
        output: [0; SEALED_BYTES],
    };

    fn of(call: impl FnOnce(&mut [u8]) -> Result<(), Status>) -> Self {
        let mut answer = Self::NONE;
        if let Err(status) = call(&mut answer.output) {
            answer.status = status.0;
        }
        answer
    }

    fn word(word: u32) -> Self {
        Self {
            status: word.cast_signed(),
            ..Self::NONE
        }
    }
}

/// Keys and encrypted data for the calls.
pub struct Material {
    mac_key: KeyId,
    aes_key: KeyId,
    sealed: [u8; SEALED_BYTES],
}

impl Material {
    /// Imports the keys and encrypts the data, as far as the configuration has them.
    pub fn new() -> Self {
        let import = |attributes: &KeyAttributes, data: &[u8]| {
            key::import(&Veneers, attributes, data).unwrap()
        };
        let mut material = Self {
            mac_key: KeyId::NULL,
            aes_key: KeyId::NULL,
            sealed: [0; SEALED_BYTES],
        };
        where_there_is!(KEYS, HMAC, SHA_256 => {
            let attributes = KeyAttributes::new(KeyType::HMAC, 0, Usage::SIGN_MESSAGE, HMAC);
            material.mac_key = import(&attributes, &KEY_DATA);
        });
        where_there_is!(KEYS, CCM => {
            let uses = Usage::ENCRYPT.with(Usage::DECRYPT);
            let attributes = KeyAttributes::new(KeyType::AES, 128, uses, Algorithm::CCM);
            material.aes_key = import(&attributes, &KEY_DATA[..16]);
        });
        where_there_is!(KEYS, CCM => material.sealed = encrypt(&material).output);
        material
    }

    fn parameters(&self) -> Parameters<'static> {
        Parameters {
            key: self.aes_key,
            algorithm: Algorithm::CCM,
            nonce: &NONCE,
        }
    }

    /// Destroys the keys.
    pub fn release(self) {
        for key in [self.mac_key, self.aes_key] {
            let _ = key::destroy(&Veneers, key);
        }
        let _ = its::remove(&Veneers, UID);
    }
}

/// A kind of call.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its name in results.
    pub name: &'static str,
    /// Makes the call.
    pub run: fn(&Material) -> Answer,
}

/// The kinds that the configuration has.
pub fn kinds() -> impl Iterator<Item = Kind> {
    KINDS.iter().copied().flatten()
}

const fn kind(name: &'static str, needs: &[Need], run: fn(&Material) -> Answer) -> Option<Kind> {
    if needs::have_all(needs) {
        Some(Kind { name, run })
    } else {
        None
    }
}

const HASH: &[Need] = &[needs::ANY_HASH];
const MAC: &[Need] = &[needs::KEYS, needs::HMAC, needs::SHA_256];
const AEAD: &[Need] = &[needs::KEYS, needs::CCM];
const STORAGE: &[Need] = &[needs::STORAGE];

/// All kinds: each veneer and each path through the services, with what it needs.
const KINDS: &[Option<Kind>] = &[
    kind("psa_version", &[], |_| {
        Answer::word(Veneers.version(CRYPTO.sid))
    }),
    kind("refused_call", &[], |_| {
        Answer::word(raw_calls::call(0, 0, 0, 0).0.cast_unsigned())
    }),
    kind("refused_connect", &[], |_| {
        Answer::word(raw_calls::connect(0, 0).0.cast_unsigned())
    }),
    kind("close_of_nothing", &[], |_| {
        raw_calls::close(0);
        Answer::NONE
    }),
    kind("hash_single_64", HASH, |_| {
        Answer::of(|output| {
            hash::compute(&Veneers, any_hash::ALGORITHM, &MESSAGE, output).map(drop)
        })
    }),
    kind("hmac_single_64", MAC, |material| {
        Answer::of(|output| {
            mac::compute(&Veneers, material.mac_key, HMAC, &MESSAGE, output).map(drop)
        })
    }),
    kind("ccm_encrypt_64", AEAD, encrypt),
    kind("ccm_decrypt_64", AEAD, |material| {
        let (parameters, sealed) = (material.parameters(), &material.sealed);
        Answer::of(|output| aead::decrypt(&Veneers, &parameters, &[], sealed, output).map(drop))
    }),
    kind("import_destroy", AEAD, |_| {
        let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, Algorithm::CCM);
        Answer::of(|_| {
            let key = key::import(&Veneers, &attributes, &KEY_DATA[..16])?;
            key::destroy(&Veneers, key)
        })
    }),
    kind("random_32", &[needs::RANDOM], |_| {
        Answer::of(|_| random::generate(&Veneers, &mut [0; 32]))
    }),
    kind("its_set_64", STORAGE, |_| {
        Answer::of(|_| its::set(&Veneers, UID, &MESSAGE, CreateFlags::NONE))
    }),
    kind("its_get_64", STORAGE, |_| {
        Answer::of(|output| its::get(&Veneers, UID, 0, output).map(drop))
    }),
    kind("its_get_info", STORAGE, |_| {
        Answer::of(|_| its::get_info(&Veneers, UID).map(drop))
    }),
    kind("its_set_remove", STORAGE, |_| {
        Answer::of(|_| {
            its::set(&Veneers, UID + 1, &MESSAGE, CreateFlags::NONE)?;
            its::remove(&Veneers, UID + 1)
        })
    }),
];

fn encrypt(material: &Material) -> Answer {
    let parameters = material.parameters();
    Answer::of(|output| aead::encrypt(&Veneers, &parameters, &[], &MESSAGE, output).map(drop))
}
