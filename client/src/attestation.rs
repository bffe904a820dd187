// SPDX-License-Identifier: Apache-2.0
//! Initial Attestation: `psa_initial_attest_*` (PSA Attestation API 1.0).
//!
//! A token proves to a verifier which device this is and what runs on it. The verifier sends a
//! challenge, which the token repeats, so that an old token is not accepted again.
//!
//! ```
//! use client::{Gateway, Status, attestation};
//!
//! /// Answers a verifier: the token is the beginning of `room`.
//! fn answer<'a>(
//!     secure: &impl Gateway,
//!     challenge: &[u8; 32],
//!     room: &'a mut [u8],
//! ) -> Result<&'a [u8], Status> {
//!     let length = attestation::get_token(secure, challenge, room)?;
//!     Ok(&room[..length])
//! }
//! ```

use psa::Status;
use psa::attestation::{GET_TOKEN, GET_TOKEN_SIZE};
use psa::service::INITIAL_ATTESTATION;

use crate::gateway::{Gateway, InVector, OutVector, call};

/// Writes a token to `token` (`psa_initial_attest_get_token`). Returns its length in bytes. The
/// challenge has 32, 48 or 64 bytes.
///
/// # Errors
/// * `INVALID_ARGUMENT`: the challenge has another length.
/// * `BUFFER_TOO_SMALL`: `token` is too short.
/// * `SERVICE_FAILURE`: the boot ROM left no evidence, or the device is not provisioned.
pub fn get_token(
    gateway: &impl Gateway,
    challenge: &[u8],
    token: &mut [u8],
) -> Result<usize, Status> {
    let inputs = [InVector::new(challenge)];
    let mut outputs = [OutVector::new(token)];
    let handle = INITIAL_ATTESTATION.handle();
    call(gateway, handle, GET_TOKEN, &inputs, &mut outputs)?;
    Ok(outputs[0].length_bytes())
}

/// The length in bytes of a token for a challenge of this length
/// (`psa_initial_attest_get_token_size`).
///
/// # Errors
/// Those of [`get_token`].
pub fn get_token_size(gateway: &impl Gateway, challenge_bytes: usize) -> Result<usize, Status> {
    let challenge_bytes = (challenge_bytes as u32).to_le_bytes();
    let mut size = [0; 4];
    let inputs = [InVector::new(&challenge_bytes)];
    let mut outputs = [OutVector::new(&mut size)];
    let handle = INITIAL_ATTESTATION.handle();
    call(gateway, handle, GET_TOKEN_SIZE, &inputs, &mut outputs)?;
    Ok(u32::from_le_bytes(size) as usize)
}
