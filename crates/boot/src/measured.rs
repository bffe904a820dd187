// SPDX-License-Identifier: Apache-2.0
//! Measured boot: data about the boot ROM, the image and the device, written to boot data (PSA
//! Platform Security Model, "Measured boot"; PSA Attestation API, boot seed, instance id and
//! software components).

use primitives::sha256::{Compression, DIGEST_BYTES, Sha256};
use provisioning::{Device, secrets::KEY_BYTES};

use crate::boot_data::{self, Error, Module, Writer};
use crate::tlv::{find, kind};
use crate::{Header, VerifiedImage, boot_record};

/// Size of the random number of a boot.
pub const BOOT_SEED_BYTES: usize = 32;
/// Size of an instance id: its type, then a hash.
pub const INSTANCE_ID_BYTES: usize = 1 + DIGEST_BYTES;

/// The type of an instance id that is random (RFC 9711, UEID of type RAND).
const INSTANCE_ID_RANDOM: u8 = 0x01;

/// The boot record of the boot ROM up to the value of its signer: a map of type, version, signer
/// id, description and measurement, as the signing tool writes those of images.
const RECORD_HEAD: [u8; 15] = {
    const MAJOR: &[u8] = env!("CARGO_PKG_VERSION_MAJOR").as_bytes();
    const MINOR: &[u8] = env!("CARGO_PKG_VERSION_MINOR").as_bytes();
    const PATCH: &[u8] = env!("CARGO_PKG_VERSION_PATCH").as_bytes();
    assert!(MAJOR.len() == 1 && MINOR.len() == 1 && PATCH.len() == 1);
    let (major, minor, patch) = (MAJOR[0], MINOR[0], PATCH[0]);
    [
        0xA5, 0x01, 0x62, b'B', b'L', 0x04, 0x65, major, b'.', minor, b'.', patch, 0x05, 0x58, 0x20,
    ]
};
/// From there to the value of the measurement.
const RECORD_MIDDLE: [u8; 11] = *b"\x06\x66SHA256\x02\x58\x20";

/// The data of the boot ROM after it has accepted an image.
pub struct Measured<'a> {
    /// The image that is about to be started.
    pub image: &'a VerifiedImage<'a>,
    /// The non-secure image, if it is an image of its own.
    pub nonsecure: Option<&'a VerifiedImage<'a>>,
    /// The device that it is started on.
    pub device: &'a Device<'a>,
    /// The code and the constants of the boot ROM.
    pub boot_rom: &'a [u8],
    /// A random number of this boot; `None` if the device has no entropy.
    pub boot_seed: Option<&'a [u8; BOOT_SEED_BYTES]>,
}

impl Measured<'_> {
    /// Writes everything to the boot data area. Missing data of the device or the image is left
    /// out.
    ///
    /// A boot ROM is not signed: the signer in its record is the key by which it accepted the
    /// image.
    ///
    /// # Errors
    ///
    /// [`Error::AreaTooSmall`].
    pub fn write<C: Compression>(&self, area: &mut [u8]) -> Result<(), Error> {
        let mut writer = Writer::new(area)?;
        if let Some(record) = self.image.boot_record() {
            let module = match self.nonsecure {
                Some(_) => Module::Secure,
                None => Module::SecureAndNonSecure,
            };
            writer.add_boot_record(module, record, self.image.digest())?;
        }
        if let Some(image) = self.nonsecure
            && let Some(record) = image.boot_record()
        {
            writer.add_boot_record(Module::NonSecure, record, image.digest())?;
        }
        let signer = self.image.key_hash();
        let measurement = Sha256::<C>::digest_of(self.boot_rom);
        let kind = Module::Boot.boot_record_kind();
        writer.add(kind, &[&RECORD_HEAD, signer, &RECORD_MIDDLE, &measurement])?;
        let lifecycle = (self.device.lifecycle as u32).to_le_bytes();
        writer.add(boot_data::LIFECYCLE, &[&lifecycle])?;
        if let Some(seed) = self.boot_seed {
            writer.add(boot_data::BOOT_SEED, &[seed])?;
        }
        if let Some(secrets) = self.device.secrets {
            let digest = instance_digest::<C>(secrets.initial_attestation_key);
            writer.add(boot_data::INSTANCE_ID, &[&[INSTANCE_ID_RANDOM], &digest])?;
        }
        Ok(())
    }
}

/// Whether a boot record with its measurement belongs to the image at the beginning of `slot`, by
/// its TLVs. The image must be verified: this function does not check it.
#[must_use]
#[inline(never)]
pub fn is_of_image(record: &[u8], slot: &[u8]) -> bool {
    let parts = || {
        let header = Header::read(slot).ok()?;
        let (_, rest) = slot.split_at_checked(header.header_bytes.into())?;
        let (_, areas) = rest.split_at_checked(header.payload_bytes as usize)?;
        let (_, unprotected) = areas.split_at_checked(header.protected_area_bytes.into())?;
        let empty = find(areas, kind::BOOT_RECORD)?;
        Some((empty, find(unprotected, kind::SHA256)?))
    };
    let given = record.split_last_chunk::<DIGEST_BYTES>();
    match (parts(), given) {
        (Some((empty, hash)), Some((before, measurement))) => {
            hash == measurement && boot_record::before_measurement(empty) == Some(before)
        }
        _ => false,
    }
}

/// The instance id of the device with this attestation key.
#[must_use]
pub fn instance_id<C: Compression>(
    initial_attestation_key: &[u8; KEY_BYTES],
) -> [u8; INSTANCE_ID_BYTES] {
    let mut id = [INSTANCE_ID_RANDOM; INSTANCE_ID_BYTES];
    let digest = instance_digest::<C>(initial_attestation_key);
    let (_, hash) = id.split_at_mut(1);
    hash.iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = from);
    id
}

/// The instance id of the device with this attestation key, without its type: the hash of the hash
/// of the key, so that it can be public (PSA Attestation API, instance id of symmetric keys).
fn instance_digest<C: Compression>(
    initial_attestation_key: &[u8; KEY_BYTES],
) -> [u8; DIGEST_BYTES] {
    Sha256::<C>::digest_of(&Sha256::<C>::digest_of(initial_attestation_key))
}
