// SPDX-License-Identifier: Apache-2.0
//! The tests of the services and of the border between the worlds. Each is an ordinary function
//! that panics if it fails; [`cases`] lists them with what each needs of the configuration, and
//! [`support`] has their tools.

mod attestation;
mod bad_calls;
pub mod break_in;
mod buffers;
pub mod cases;
mod ciphers;
mod contexts;
mod crypto_calls;
mod derivations;
pub mod faults;
mod fuzz;
mod hashes;
mod interrupt_masks;
pub mod interruption;
pub mod isolation;
pub mod keys;
mod p256;
pub mod power_cuts;
mod preemption;
mod registers;
pub mod secure;
mod shared_buffers;
pub mod storage;
pub mod support;
pub mod traces;
