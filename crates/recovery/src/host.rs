// SPDX-License-Identifier: Apache-2.0
//! For tests on the host: a fake device and line, and what a fuzzer does with them. The firmware has
//! nothing of it.

pub mod fake;
pub mod fuzz;
