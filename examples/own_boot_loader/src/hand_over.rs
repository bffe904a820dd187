// SPDX-License-Identifier: Apache-2.0
//! The boot data: all that the secure image wants to know from its loader.

use boot::boot_data::{self, BOOT_SEED, Error, INSTANCE_ID, LIFECYCLE, Module, Writer};
use boot::measured::{BOOT_SEED_BYTES, instance_id};
use primitives::sha256::{Portable, Sha256};
use provisioning::Device;

/// What a loader knows when it hands over.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// The provisioned data of the device.
    pub device: &'a Device<'a>,
    /// The image, as it is started.
    pub image: &'a [u8],
    /// The code of the loader.
    pub loader: &'a [u8],
    /// A random number of this boot.
    pub seed: [u8; BOOT_SEED_BYTES],
}

/// A boot record in CBOR (RFC 8949) up to its signer: a map of five, type, version, signer id.
const IMAGE_HEAD: &[u8] = b"\xA5\x01\x64S_NS\x04\x651.0.0\x05\x58\x20";
const LOADER_HEAD: &[u8] = b"\xA5\x01\x62BL\x04\x651.0.0\x05\x58\x20";
/// From there to the value of the measurement: description, measurement.
const MIDDLE: &[u8] = b"\x06\x66SHA256\x02\x58\x20";

/// Writes everything.
///
/// # Errors
/// The area is too small.
pub fn write(area: &mut [u8], facts: &Facts<'_>) -> Result<(), Error> {
    let device = facts.device;
    let mut data = Writer::new(area)?;
    for (module, head, measured) in [
        (Module::SecureAndNonSecure, IMAGE_HEAD, facts.image),
        (Module::Boot, LOADER_HEAD, facts.loader),
    ] {
        let measurement = Sha256::<Portable>::digest_of(measured);
        // Who signs the images of this loader: nobody does, so the key is that of the factory.
        let record = [head, device.public_key_hash, MIDDLE, &measurement];
        data.add(module.boot_record_kind(), &record)?;
    }
    data.add(LIFECYCLE, &[&(device.lifecycle as u32).to_le_bytes()])?;
    data.add(BOOT_SEED, &[&facts.seed])?;
    if let Some(secrets) = device.secrets {
        let id = instance_id::<Portable>(secrets.initial_attestation_key);
        data.add(INSTANCE_ID, &[&id])?;
    }
    Ok(())
}

/// Hands over boot data that somebody else has made, whatever they are.
///
/// # Errors
/// The area is too small.
pub fn copy(area: &mut [u8], given: &[u8]) -> Result<(), Error> {
    let room = area
        .get_mut(..given.len())
        .ok_or(boot_data::Error::AreaTooSmall)?;
    room.copy_from_slice(given);
    Ok(())
}
