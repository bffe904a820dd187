// SPDX-License-Identifier: Apache-2.0
//! Random numbers: `psa_generate_random` (PSA Crypto API 1.2, chapter 10.11).
//!
//! ```
//! use client::{Gateway, Status, random};
//!
//! fn roll(secure: &impl Gateway) -> Result<u8, Status> {
//!     let mut byte = [0];
//!     loop {
//!         random::generate(secure, &mut byte)?;
//!         // 252 is a multiple of six: no number comes more often than another.
//!         if byte[0] < 252 {
//!             return Ok(byte[0] % 6 + 1);
//!         }
//!     }
//! }
//! ```

use psa::Status;
use psa::crypto::{Function, Pack};

use crate::crypto::fill;
use crate::gateway::Gateway;

/// `psa_generate_random`: fills `output`.
///
/// # Errors
/// `INSUFFICIENT_ENTROPY`, or what else the service answers.
pub fn generate(gateway: &impl Gateway, output: &mut [u8]) -> Result<(), Status> {
    let pack = Pack::new(Function::GENERATE_RANDOM);
    fill(gateway, &pack, &[], output).map(|_| ())
}
