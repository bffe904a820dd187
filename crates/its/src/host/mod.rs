// SPDX-License-Identifier: Apache-2.0
//! What only programs on a host use; none of it is part of a firmware.
//!
//! * [`inspect`](mod@inspect) reports what a flash image holds.
//! * [`fuzz`] starts the partition on arbitrary flash contents.
//! * `request` makes requests for tests and tools.

pub mod fuzz;
pub mod inspect;
mod request;

pub use request::{framework, put_object};
