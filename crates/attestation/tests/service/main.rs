// SPDX-License-Identifier: Apache-2.0
//! The partition on the host: real claims, a real code, read by the verifier of the project.
//!
//! The Crypto service is a fake that makes HMACs and can be made to fail; messages are a fake
//! that notices whoever reads a byte twice or writes beyond the end.

mod crypto;
mod device;
mod evidence;
mod failures;
mod message;
mod tokens;
