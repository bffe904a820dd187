// SPDX-License-Identifier: Apache-2.0
//! How many of the generated configurations a run tries.

/// Which of them are tried.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A few, always the same.
    Sample,
    /// All.
    All,
}
