// SPDX-License-Identifier: Apache-2.0
//! The format of the flash, version 2; `docs/its-format.md` describes it.
//!
//! * `layout` has the sizes.
//! * `sector` is the header of a sector, `slot` the two parts of a slot, `identity` the name of an
//!   object.
//! * `checksum` is the CRC, `words` reads and writes words that it closes.
//!
//! Not here: the order of records in the log, which `store` decides.

pub(crate) mod checksum;
pub(crate) mod identity;
pub(crate) mod layout;
pub(crate) mod sector;
pub(crate) mod slot;
pub(crate) mod words;
