// SPDX-License-Identifier: Apache-2.0
//! Random numbers: `psa_generate_random` (PSA Crypto API 1.2, chapter 10.10).

use psa::Status;
use psa::crypto::{Function, Pack};

use crate::crypto::fill;
use crate::gateway::Gateway;

/// Fills `output` with random bytes (`psa_generate_random`).
///
/// # Errors
/// `INSUFFICIENT_ENTROPY`: the source of entropy has failed.
///
/// # Examples
/// A die, fair because 252 is a multiple of six:
/// ```
/// use client::{Gateway, Status, random};
///
/// fn roll(secure: &impl Gateway) -> Result<u8, Status> {
///     let mut byte = [0];
///     loop {
///         random::generate(secure, &mut byte)?;
///         if byte[0] < 252 {
///             return Ok(byte[0] % 6 + 1);
///         }
///     }
/// }
///
/// # let secure = fake_device::FakeDevice::new();
/// assert!((1..=6).contains(&roll(&secure)?));
/// # Ok::<(), Status>(())
/// ```
pub fn generate(gateway: &impl Gateway, output: &mut [u8]) -> Result<(), Status> {
    let pack = Pack::new(Function::GENERATE_RANDOM);
    fill(gateway, &pack, &[], output).map(|_| ())
}
