// SPDX-License-Identifier: Apache-2.0
//! The firmware that the tests meet: each selection of algorithms, and a source of entropy that
//! can fail.

use std::{cell::Cell, rc::Rc};

use crypto::{
    AllContexts, BuiltinKey, Configuration, Fixed, SmallContexts, Wanted, key_material_bytes,
};
use primitives::{
    aes::Aes128,
    hash_drbg::{Entropy, EntropyFailure},
    sha2::Sha2,
    sha256::{Portable as Sha256Compression, Sha256},
    sha512::Sha512,
};
use psa::crypto::KeyId;

use crate::builtin;

/// Multipart operations at a time.
pub const OPERATIONS: usize = 4;
/// Keys at a time.
pub const KEYS: usize = 12;
/// Bytes of all keys' material together.
pub const KEY_MATERIAL_BYTES: usize = key_material_bytes::<Portable>(0x800);

/// The most that the storage takes as one object.
pub const OBJECT_BYTES: usize = 100;

/// A source of entropy that can be made to fail; its bytes count up.
#[derive(Clone, Default)]
pub struct Source {
    pub fails: Rc<Cell<bool>>,
    pub asked: Rc<Cell<u8>>,
}

impl Entropy for Source {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyFailure> {
        self.asked.set(self.asked.get() + 1);
        bytes.fill(self.asked.get());
        if self.fails.get() {
            Err(EntropyFailure)
        } else {
            Ok(())
        }
    }
}

/// What Profile Small has, in portable code.
pub struct Portable;

impl Configuration for Portable {
    const WANTED: Wanted = Wanted::SMALL;
    type Contexts = SmallContexts;
    type Operations = Fixed<OPERATIONS>;
    type Keys = Fixed<KEYS>;
    type KeyMaterial = Fixed<KEY_MATERIAL_BYTES>;
    type Hash = Sha256<Sha256Compression>;
    type Compression = Sha256Compression;
    type Cipher = Aes128;
    type Entropy = Source;
    const KEY_OBJECT_BYTES: Option<usize> = Some(OBJECT_BYTES);
    const BUILTIN_KEYS: &'static [BuiltinKey] = &builtin::ROWS;

    fn builtin_material(id: KeyId) -> Option<&'static [u8]> {
        builtin::material(id)
    }
}

/// Everything, in portable code, with persistent keys or without.
pub struct Everything<const HAS_PERSISTENT_KEYS: bool>;
pub type Full = Everything<false>;
pub type Persistent = Everything<true>;

impl<const HAS_PERSISTENT_KEYS: bool> Configuration for Everything<HAS_PERSISTENT_KEYS> {
    const WANTED: Wanted = Wanted::ALL;
    type Contexts = AllContexts;
    type Operations = Fixed<OPERATIONS>;
    type Keys = Fixed<KEYS>;
    type KeyMaterial = Fixed<KEY_MATERIAL_BYTES>;
    type Hash = Sha2<Sha256Compression, Sha512>;
    type Compression = Sha256Compression;
    type Cipher = Aes128;
    type Entropy = Source;
    const KEY_OBJECT_BYTES: Option<usize> = if HAS_PERSISTENT_KEYS {
        Some(OBJECT_BYTES)
    } else {
        None
    };
}

/// All symmetric algorithms, in portable code.
pub struct Symmetric;

impl Configuration for Symmetric {
    const WANTED: Wanted = Wanted::SYMMETRIC;
    type Contexts = AllContexts;
    type Operations = Fixed<OPERATIONS>;
    type Keys = Fixed<KEYS>;
    type KeyMaterial = Fixed<KEY_MATERIAL_BYTES>;
    type Hash = Sha2<Sha256Compression, Sha512>;
    type Compression = Sha256Compression;
    type Cipher = Aes128;
    type Entropy = Source;
}

/// A profile without any algorithm.
pub struct Bare;

impl Configuration for Bare {
    const WANTED: Wanted = Wanted {
        random: true,
        ..Wanted::NONE
    };
    type Contexts = SmallContexts;
    type Operations = Fixed<OPERATIONS>;
    type Keys = Fixed<KEYS>;
    type KeyMaterial = Fixed<KEY_MATERIAL_BYTES>;
    type Hash = Sha256<Sha256Compression>;
    type Compression = Sha256Compression;
    type Cipher = Aes128;
    type Entropy = Source;
}

/// Profile Small without the functions for hashes and keys.
pub struct WithoutModules;

impl Configuration for WithoutModules {
    const WANTED: Wanted = Wanted {
        hash_service: false,
        key_service: false,
        ..Wanted::SMALL
    };
    type Contexts = SmallContexts;
    type Operations = Fixed<OPERATIONS>;
    type Keys = Fixed<KEYS>;
    type KeyMaterial = Fixed<KEY_MATERIAL_BYTES>;
    type Hash = Sha256<Sha256Compression>;
    type Compression = Sha256Compression;
    type Cipher = Aes128;
    type Entropy = Source;
}
