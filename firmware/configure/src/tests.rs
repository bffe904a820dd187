// SPDX-License-Identifier: Apache-2.0
//! A configuration of this repository, for tests.

use crate::{Effective, Problems, Request, load};
use std::path::Path;

/// The profile on AN521, with these settings.
pub fn configuration(profile: &str, settings: &[&str]) -> Result<Effective, Problems> {
    load(&Request {
        workspace: Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."),
        board: "an521".into(),
        profile: profile.into(),
        product: None,
        files: Vec::new(),
        settings: settings.iter().map(ToString::to_string).collect(),
    })
}
