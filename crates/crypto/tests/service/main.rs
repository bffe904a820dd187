// SPDX-License-Identifier: Apache-2.0
//! The Crypto service as a client meets it: from bytes in a hostile non-secure memory through
//! the manager to the partition and back.

mod aborts;
mod aead;
mod aead_states;
mod agreement;
mod authenticated;
mod bad_calls;
mod builtin;
mod calls;
mod cipher;
mod cipher_states;
mod client;
mod configurations;
mod derivation;
mod derivation_inputs;
mod derivation_keys;
mod derivation_limits;
mod derivation_order;
mod derivation_setup;
mod derivation_vectors;
mod destroyed_keys;
mod hash_family;
mod hash_vectors;
mod keys;
mod mac;
mod model;
mod other_images;
mod overlaps;
mod persistent;
mod random;
mod signature;
mod states;
mod storage;
mod unused_fields;
