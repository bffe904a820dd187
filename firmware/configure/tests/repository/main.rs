// SPDX-License-Identifier: Apache-2.0
//! The configuration of this repository: complete, documented, and wrong in the ways that a
//! user's can be.

mod boot_loader;
mod extremes;
mod flash_areas;
mod memory;
mod origins;
mod partitions;
mod storage;
mod two_images;
mod ways;

use configure::{Request, load};
use std::path::{Path, PathBuf};

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("firmware/configure")
        .into()
}

fn request(settings: &[&str]) -> Request {
    Request {
        workspace: workspace(),
        board: "an521".into(),
        profile: "small".into(),
        product: None,
        files: Vec::new(),
        settings: settings.iter().map(ToString::to_string).collect(),
    }
}

fn problem(settings: &[&str]) -> String {
    load(&request(settings)).expect_err("a mistake").to_string()
}
