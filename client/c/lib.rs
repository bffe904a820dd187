// SPDX-License-Identifier: Apache-2.0
//! The C client library, its headers, its examples and the other texts of a developers' kit.
//!
//! The tool that writes kits has these files compiled in and needs no source tree. There is no code here.

/// Path and text of each file, sorted by path. The separator is `/`.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
