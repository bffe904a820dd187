// SPDX-License-Identifier: Apache-2.0
//! The profiles as a package: TOML files, no code.
//!
//! A product depends on this package through `casemate-configure`, which reads the files in
//! [`FOLDER`].
#![no_std]

/// The folder of the profiles.
pub const FOLDER: &str = env!("CARGO_MANIFEST_DIR");
