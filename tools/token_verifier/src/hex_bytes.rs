// SPDX-License-Identifier: Apache-2.0
//! Bytes that are displayed in hexadecimal.

use serde::{Serialize, Serializer};
use std::fmt;

/// A byte string; printed and serialised in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HexBytes(pub Vec<u8>);

impl fmt::Display for HexBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(&self.0))
    }
}

impl Serialize for HexBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<const N: usize> PartialEq<[u8; N]> for HexBytes {
    fn eq(&self, other: &[u8; N]) -> bool {
        self.0 == other
    }
}
