// SPDX-License-Identifier: Apache-2.0
//! What names the kind of a device (PSA Attestation API, implementation id and certification
//! reference). Nothing here is secret.

/// Size of the implementation id.
pub const IMPLEMENTATION_ID_BYTES: usize = 32;
/// Size of the certification reference.
pub const CERTIFICATION_REFERENCE_BYTES: usize = HARDWARE_VERSION_BYTES + 1 + SUFFIX_BYTES;
/// The first digits of a certification reference are the hardware version, an EAN-13.
pub const HARDWARE_VERSION_BYTES: usize = 13;
const SUFFIX_BYTES: usize = 5;

/// The names of a device, in its OTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity<'a> {
    /// The implementation of the immutable root of trust.
    pub implementation_id: &'a [u8; IMPLEMENTATION_ID_BYTES],
    /// Under which it was certified: EAN-13, a hyphen, five digits.
    pub certification_reference: &'a [u8; CERTIFICATION_REFERENCE_BYTES],
}

/// The certification reference in `text`; nothing if it has another form.
#[must_use]
pub fn certification_reference(text: &[u8]) -> Option<[u8; CERTIFICATION_REFERENCE_BYTES]> {
    let is_right = text.iter().enumerate().all(|(index, byte)| match index {
        HARDWARE_VERSION_BYTES => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    text.try_into().ok().filter(|_| is_right)
}
