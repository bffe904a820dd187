// SPDX-License-Identifier: Apache-2.0
//! The keys of a device (PSA Platform Security Model: IAK and HUK). Only the Crypto service
//! asks for them, as builtin keys; the boot ROM names the device by one.
//!
//! They are borrowed where they stand: no copy is made that would have to be cleared.

/// Size of each key.
pub const KEY_BYTES: usize = 32;

/// The keys of a device, in its OTP.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secrets<'a> {
    /// Authenticates attestation tokens: HMAC with SHA-256.
    pub initial_attestation_key: &'a [u8; KEY_BYTES],
    /// The key from which the device derives all that only it must know.
    pub hardware_unique_key: &'a [u8; KEY_BYTES],
}

impl core::fmt::Debug for Secrets<'_> {
    /// Shows no key.
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("Secrets")
    }
}
