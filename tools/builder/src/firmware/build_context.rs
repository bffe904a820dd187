// SPDX-License-Identifier: Apache-2.0
//! Compiler and configuration, for commands that build firmware.

use super::Builder;
use crate::options::{Configured, Selection};
use crate::setup::{self, toolchain::Toolchain};
use crate::workspace::Workspace;
use anyhow::Result;

/// A machine that can build one configuration.
pub struct BuildContext<'a> {
    /// Where things are.
    pub workspace: &'a Workspace,
    toolchain: Toolchain,
    /// The configuration.
    pub configured: Configured,
}

impl<'a> BuildContext<'a> {
    /// Prepares the machine for a release build; `emulate`: for running it too.
    pub fn release(workspace: &'a Workspace, selection: &Selection, emulate: bool) -> Result<Self> {
        // A mistake in the configuration is told before anything is installed.
        let configured = selection.configure(workspace)?;
        Ok(Self {
            workspace,
            toolchain: setup::prepare(emulate)?,
            configured,
        })
    }

    /// The same machine for the variant `name`, which is built beside the plain configuration.
    pub fn variant(&self, selection: &Selection, name: &str) -> Result<Self> {
        Ok(Self {
            workspace: self.workspace,
            toolchain: self.toolchain.clone(),
            configured: selection.configure_variant(self.workspace, name)?,
        })
    }

    /// Builds.
    pub fn builder(&self) -> Builder<'_> {
        Builder {
            workspace: self.workspace,
            toolchain: &self.toolchain,
            configured: &self.configured,
        }
    }
}
