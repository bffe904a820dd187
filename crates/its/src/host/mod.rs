// SPDX-License-Identifier: Apache-2.0
//! What only programs on a host use; none of it is part of a firmware.
//!
//! * [`inspect`](mod@inspect) looks into an image.
//! * [`fuzz`] does what a fuzzer and the property tests do with arbitrary flash contents.

pub mod fuzz;
pub mod inspect;
