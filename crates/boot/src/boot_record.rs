// SPDX-License-Identifier: Apache-2.0
//! The boot record of an image: a claim of the attestation token, encoded in CBOR by the signing
//! tool, without the measurement. The measurement is the last item, so that it can be filled in
//! without decoding the rest.

use primitives::sha256::DIGEST_BYTES;

/// Key 2, the measurement, and the head of a byte string of 32 bytes (RFC 8949).
const MEASUREMENT_HEAD: [u8; 3] = [0x02, 0x58, DIGEST_BYTES as u8];

/// Everything before the value of the measurement, if there is one and it is empty.
#[must_use]
pub fn before_measurement(record: &[u8]) -> Option<&[u8]> {
    let (before, measurement) = record.split_last_chunk::<DIGEST_BYTES>()?;
    let is_empty = measurement.iter().all(|byte| *byte == 0);
    (is_empty && before.ends_with(&MEASUREMENT_HEAD)).then_some(before)
}

/// Whether a record ends in an empty measurement.
#[must_use]
pub fn has_empty_measurement(record: &[u8]) -> bool {
    before_measurement(record).is_some()
}
