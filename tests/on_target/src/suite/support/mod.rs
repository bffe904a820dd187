// SPDX-License-Identifier: Apache-2.0
//! Tools of the tests: calls with arbitrary arguments, one call of each kind, interrupts at chosen
//! moments, threads and a scheduler, random numbers. The tests themselves are in the folder above.

pub mod any_hash;
pub mod busy;
pub mod call_kinds;
pub mod interrupt;
pub mod needs;
pub mod random;
pub mod raw_calls;
pub mod run;
pub mod scheduler;
pub mod test;
pub mod threads;
