// SPDX-License-Identifier: Apache-2.0
//! The table of algorithms: which ones an image has, their types of keys and their sizes.
//!
//! Not here: the computation itself, which is in `operations` and `primitives`.

pub(crate) mod aead;
pub(crate) mod cipher;
pub(crate) mod derivation;
pub(crate) mod hash;
pub(crate) mod mac;
pub(crate) mod signature;
