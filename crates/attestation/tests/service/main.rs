// SPDX-License-Identifier: Apache-2.0
//! The partition on the host: real claims, a real code, read by the verifier of the project.
//!
//! The Crypto service is a fake that makes HMACs and can be made to fail; the output of a
//! message lies where its input does.

mod crypto;
mod device;
mod evidence;
mod failures;
mod message;
mod tokens;
