// SPDX-License-Identifier: Apache-2.0
//! What the static objects of an image are made of, from the debugging information.
//!
//! The state of a firmware may be one object. Its type tells which bytes belong to whom. That
//! needs a file with types (`debug = 2`); the file that is measured may have none, as long as
//! both were built of the same source in the same configuration: types have the same layout then.
//!
//! Format: DWARF 4 and 5.

mod reader;

use std::collections::BTreeMap;

use anyhow::{Result, bail};

/// A part of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Name of the member; empty where only its members have names that say something.
    pub name: String,
    /// The crate that defines its type; empty for arrays and numbers.
    pub crate_name: String,
    /// Bytes of it.
    pub bytes: u64,
    /// The number of elements of an array.
    pub count: Option<u64>,
    /// Its members; none when the parts are too small, or share their place.
    pub members: Vec<Field>,
}

/// The static objects of an image by their readable names.
#[derive(Clone, Debug, Default)]
pub struct Fields(BTreeMap<String, Field>);

impl Fields {
    /// Reads the types of a linked file's static objects; there are none without types.
    ///
    /// # Errors
    /// The file or its debugging information is damaged.
    pub fn read(elf: &[u8]) -> Result<Self> {
        Ok(Self(reader::objects(elf)?))
    }

    /// The object with this readable name.
    ///
    /// # Errors
    /// It has another size there: the types are not those of the measured file.
    pub(crate) fn of(&self, name: &str, bytes: u64) -> Result<Option<&Field>> {
        let Some(field) = self.0.get(name) else {
            return Ok(None);
        };
        if field.bytes != bytes {
            bail!(
                "{name} has {bytes} bytes and {} in the file with types: that is of another build",
                field.bytes
            );
        }
        Ok(Some(field))
    }
}
