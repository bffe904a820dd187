// SPDX-License-Identifier: Apache-2.0
//! The manager as a caller meets it, over a fake non-secure memory.

mod bad_calls;
mod calls;
mod fuzz;
mod world;
