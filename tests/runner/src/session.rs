// SPDX-License-Identifier: Apache-2.0
//! The tests on the device that are selected.

use crate::extent::Extent;
use crate::wanted::Wanted;
use builder::options::Selection;
use builder::workspace::Workspace;

/// What is to be tested.
pub struct Session<'a> {
    /// The tree.
    pub workspace: &'a Workspace,
    /// The plain configuration.
    pub selection: &'a Selection,
    /// The tests that the user asked for.
    pub wanted: Wanted,
    /// How many of the configurations that nobody has written are tried.
    pub extent: Extent,
}
