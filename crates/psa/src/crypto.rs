// SPDX-License-Identifier: Apache-2.0
//! Encoding of the calls to the Crypto service: one `psa_call` of type zero for each function
//! of PSA Crypto API 1.2, with a pack of 56 bytes as the first input vector (layout and
//! function numbers of TF-M v2.3).
//!
//! * [`Function`] numbers the functions; [`Pack`] holds the parameters that are not buffers, and
//!   [`FUNCTIONS`] lists which function has which parameters.
//! * [`Algorithm`] encodes algorithms and what a key may be used with.
//! * [`KeyAttributes`] describes a key, in both directions.

mod algorithm;
mod fields;
mod function;
mod key;
mod pack;
mod step;

pub use algorithm::Algorithm;
pub use fields::{FUNCTIONS, Fields};
pub use function::Function;
pub use key::{KEY_ATTRIBUTES_BYTES, KeyAttributes, KeyId, KeyType, Lifetime, Usage};
pub use pack::{MAXIMUM_NONCE_BYTES, PACK_BYTES, Pack};
pub use step::Step;

/// Message type of all crypto calls (`PSA_IPC_CALL`).
pub const MESSAGE_TYPE: i16 = 0;
/// Size in bytes of an operation handle in a vector.
pub const OPERATION_HANDLE_BYTES: usize = 4;
/// Size in bytes of a key id in a vector.
pub const KEY_ID_BYTES: usize = 4;
