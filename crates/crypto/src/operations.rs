// SPDX-License-Identifier: Apache-2.0
//! The state of operations that take several calls, and of what they are made of.
//!
//! * `table` keeps one `slot` for each operation; clients hold handles only.
//! * A slot holds a `digest` (a hash or a message authentication code), an `aead`, a `cipher` with
//!   its `block_modes`, or a `derivation`. `aes` is the block cipher of all of them.
//! * `engine_buffer` divides memory between slots and keys.
//!
//! Nothing here knows a key's owner or policy, or what a message asks for.

pub(crate) mod aead;
pub(crate) mod aes;
mod block_modes;
pub(crate) mod cipher;
pub(crate) mod derivation;
pub(crate) mod digest;
pub(crate) mod engine_buffer;
mod slot;
pub(crate) mod table;
