// SPDX-License-Identifier: Apache-2.0
//! The manager with the Secure Function model.

mod manager;

/// The model under test.
type Model = spm::Sfn;
