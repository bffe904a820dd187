// SPDX-License-Identifier: Apache-2.0
//! The format of the flash, version 2; `docs/its-format.md` describes it.
//!
//! `layout` has the sizes, `sector` and `slot` what stands at the front of a sector, `identity`
//! the name of an object, `checksum` and `words` how both are sealed. How records follow one
//! another is the business of the store.

pub(crate) mod checksum;
pub(crate) mod identity;
pub(crate) mod layout;
pub(crate) mod sector;
pub(crate) mod slot;
pub(crate) mod words;
