// SPDX-License-Identifier: Apache-2.0
//! The kinds of values.

/// What values a key takes, and which Rust type the firmware sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true` or `false`; `bool` in the firmware.
    Switch,
    /// A number within limits; `usize` in the firmware.
    Count {
        /// The least value allowed.
        least: u64,
        /// The greatest value allowed.
        most: u64,
    },
    /// A number of 32 bits; `u32` in the firmware.
    Word,
    /// An address, or bits of one; `u32` in the firmware.
    Address,
    /// A size in bytes; `usize` in the firmware.
    Bytes,
    /// Text; for the tools only.
    Text,
    /// The path of a file, from the folder of the file that sets it; for the tools only.
    Path,
    /// Text, perhaps empty, of at most this number of printable ASCII characters; `&str` in the
    /// firmware.
    Label {
        /// The greatest number of characters.
        most: usize,
    },
    /// An image version, `major.minor.revision+build`; for the tools only.
    Version,
    /// One of some words; an enumeration in the firmware.
    Choice(&'static [&'static str]),
}
