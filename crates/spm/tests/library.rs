// SPDX-License-Identifier: Apache-2.0
//! The manager with the Library model.

mod manager;

/// The model under test.
type Model = spm::Library;
