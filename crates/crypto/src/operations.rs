// SPDX-License-Identifier: Apache-2.0
//! The state of multipart operations.
//!
//! * `table` has one `slot` for each operation; clients have handles only.
//! * A slot holds a `digest` (a hash or a message authentication code), an `aead`, a `cipher` with
//!   its `block_modes`, or a `derivation`. `aes` is the block cipher of all of them.
//! * `engine_buffer` divides memory between slots and keys.
//!
//! Not here: ownership and policies of keys (`keys`), and the functions of a message (`services`).

pub(crate) mod aead;
pub(crate) mod aes;
mod block_modes;
pub(crate) mod cipher;
pub(crate) mod derivation;
pub(crate) mod digest;
pub(crate) mod engine_buffer;
pub(crate) mod slot;
pub(crate) mod table;
