// SPDX-License-Identifier: Apache-2.0
//! The table of algorithms: which an image has, and which keys and sizes go with them.
//!
//! It knows names and numbers. What an algorithm does is in `operations`.

pub(crate) mod aead;
pub(crate) mod cipher;
pub(crate) mod derivation;
pub(crate) mod hash;
pub(crate) mod mac;
pub(crate) mod signature;
