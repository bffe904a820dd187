// SPDX-License-Identifier: Apache-2.0
//! The Crypto service as a client meets it: from bytes in a hostile non-secure memory through
//! the manager to the partition and back.

mod bad_calls;
mod calls;
mod client;
mod hash_vectors;
mod keys;
mod model;
mod states;
