// SPDX-License-Identifier: Apache-2.0
//! The folder of the profiles, so that they can be had as a package.
//!
//! A profile is a TOML file; there is no code here. A repository of a product depends on this package
//! by way of `casemate-configure`, which reads the files.
#![no_std]

/// The folder of the profiles.
pub const FOLDER: &str = env!("CARGO_MANIFEST_DIR");
