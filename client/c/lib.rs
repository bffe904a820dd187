// SPDX-License-Identifier: Apache-2.0
//! The C client library, its headers, its examples and the other texts of a developers' kit.
//!
//! The files are in the folders beside this one. This package carries them to the tool that writes
//! kits, which needs no source tree then. There is no code here.

/// Path and text of each file. A path has `/` between its parts and is sorted by them.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
