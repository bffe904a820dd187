// SPDX-License-Identifier: Apache-2.0
//! The target of the firmware: that of the compiler, with two changes that save flash.
//!
//! * A frame pointer in every function takes an instruction, and one of eleven registers. Nothing
//!   walks the stack by it: its bound is proven from the sizes of the frames.
//! * An address in two instructions takes eight bytes each time; from the constants behind a
//!   function it takes two, and four once.
//!
//! `docs/decisions/0011-a-target-without-frame-pointers.md` has what that is worth. It needs a
//! `core` that is built for the same target.

use super::Builder;
use crate::process;
use crate::workspace::write_if_changed;
use anyhow::{Context as _, Result};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// A feature of LLVM: addresses lie among the constants.
const ADDRESSES_AMONG_CONSTANTS: &str = "+no-movt";

impl Builder<'_> {
    /// Writes the description of the target `name`; its file has the target's name, and so cargo
    /// calls the target by the same one.
    pub(super) fn describe_target(&self, name: &str) -> Result<PathBuf> {
        let mut command = self.toolchain.rustc();
        command.args(["-Zunstable-options", "--print=target-spec-json", "--target"]);
        let text = process::output(command.arg(name))?;
        let mut description: Value = serde_json::from_str(&text)
            .with_context(|| format!("the compiler describes {name} in a way that is not JSON"))?;
        let features = match description["features"].as_str() {
            Some(own) if !own.is_empty() => format!("{own},{ADDRESSES_AMONG_CONSTANTS}"),
            _ => ADDRESSES_AMONG_CONSTANTS.to_owned(),
        };
        description["features"] = features.into();
        description["frame-pointer"] = "may-omit".into();

        let folder = self.configured.target.join("targets");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let file = folder.join(name).with_added_extension("json");
        write_if_changed(&file, format!("{description:#}\n").as_bytes())?;
        Ok(file)
    }
}
