// SPDX-License-Identifier: Apache-2.0
//! Provisioning: the values that the factory gives a device, and how they are written.

use crate::{
    checksum::crc32,
    error::Error,
    identity, layout,
    lifecycle::Lifecycle,
    log,
    record::{
        self, CHECKED_HEADER_BYTES, ENCODED_BYTES, ERASED, FLAG_DEVELOPMENT_SECRETS,
        FLAG_DEVELOPMENT_SIGNING_KEY, HEADER_BYTES, MAGIC, ONE_KEY_BYTES, PADDING_BYTES, VERSION,
    },
    secrets,
};

/// The values that the factory gives a device.
#[derive(Clone, PartialEq, Eq)]
pub struct Parameters {
    /// SHA-256 of the public key that signs the firmware.
    pub public_key_hash: [u8; record::HASH_BYTES],
    /// SHA-256 of a second one.
    pub second_public_key_hash: Option<[u8; record::HASH_BYTES]>,
    /// Marks a device whose signing key is published.
    pub has_development_signing_key: bool,
    /// The initial attestation key.
    pub initial_attestation_key: [u8; secrets::KEY_BYTES],
    /// The hardware unique key.
    pub hardware_unique_key: [u8; secrets::KEY_BYTES],
    /// Marks a device with a published key of its own.
    pub has_development_secrets: bool,
    /// The implementation id.
    pub implementation_id: [u8; identity::IMPLEMENTATION_ID_BYTES],
    /// The certification reference, as [`identity::certification_reference`] makes it.
    pub certification_reference: [u8; identity::CERTIFICATION_REFERENCE_BYTES],
    /// The state in which the device leaves the factory.
    pub lifecycle: Lifecycle,
    /// The lowest security counter of firmware that may ever run on it.
    pub security_counter: u32,
}

impl Parameters {
    /// Fills `area` as it is on a device fresh from the factory.
    ///
    /// # Errors
    ///
    /// [`Error::AreaTooSmall`] when the area does not hold all parts; it is unchanged then.
    pub fn encode(&self, area: &mut [u8]) -> Result<(), Error> {
        if area.len() < layout::MINIMUM_BYTES {
            return Err(Error::AreaTooSmall);
        }
        area.fill(record::ERASED);
        place(area, layout::RECORD.start, &encode_record(self));
        place(
            area,
            layout::LIFECYCLE.start,
            &log::encode(self.lifecycle as u32),
        );
        place(
            area,
            layout::SECURITY_COUNTER_START,
            &log::encode(self.security_counter),
        );
        Ok(())
    }
}

fn place(area: &mut [u8], offset_bytes: usize, value: &[u8]) {
    area.iter_mut()
        .skip(offset_bytes)
        .zip(value)
        .for_each(|(to, from)| *to = *from);
}

/// A record as it is programmed; the bytes after its length are erased.
fn encode_record(parameters: &Parameters) -> [u8; ENCODED_BYTES] {
    let mut flags = 0;
    if parameters.has_development_signing_key {
        flags |= FLAG_DEVELOPMENT_SIGNING_KEY;
    }
    if parameters.has_development_secrets {
        flags |= FLAG_DEVELOPMENT_SECRETS;
    }
    let second_key_hash = parameters.second_public_key_hash;
    let length_bytes = match second_key_hash {
        Some(_) => ENCODED_BYTES,
        None => ONE_KEY_BYTES,
    };
    let values = MAGIC
        .into_iter()
        .chain(VERSION.to_le_bytes())
        .chain((length_bytes as u16).to_le_bytes());
    let header: [u8; CHECKED_HEADER_BYTES] = filled(values);
    let values = flags
        .to_le_bytes()
        .into_iter()
        .chain(parameters.public_key_hash)
        .chain(parameters.initial_attestation_key)
        .chain(parameters.hardware_unique_key)
        .chain(parameters.implementation_id)
        .chain(parameters.certification_reference)
        .chain([0; PADDING_BYTES])
        .chain(second_key_hash.into_iter().flatten());
    let content: [u8; ENCODED_BYTES - HEADER_BYTES] = filled(values);
    let checked = content.get(..length_bytes.saturating_sub(HEADER_BYTES));
    let checksum = crc32([&header, checked.unwrap_or_default()]).to_le_bytes();
    filled(header.into_iter().chain(checksum).chain(content))
}

/// The values, padded with erased bytes.
fn filled<const BYTES: usize>(values: impl Iterator<Item = u8>) -> [u8; BYTES] {
    let mut place = [ERASED; BYTES];
    let places = place.iter_mut().zip(values);
    places.for_each(|(to, from)| *to = from);
    place
}
