// SPDX-License-Identifier: Apache-2.0
//! The proof that an image may be started.

use primitives::comparison::Comparison;
use primitives::constant_time;
use primitives::sha256::{Compression, DIGEST_BYTES, Sha256};

use crate::manifest::Kinds;
use crate::settings::{Portable, Settings};
use crate::signature::{Rsa3072, Scheme};
use crate::whole::whole;
use crate::{Error, Header, Manifest, Placement, hardened, rollback};

/// What the device knows by itself and no image can change.
pub trait Trust {
    /// The key that an image names by this entry, if the device knows it: it is the entry itself,
    /// unless keys are built in ([`crate::keys`]).
    fn whole_key<'a>(&'a self, entry: &'a [u8]) -> Option<&'a [u8]> {
        Some(entry)
    }

    /// Tells whether the device accepts firmware signed with the key of this SHA-256 hash.
    fn accepts_key(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool;
    /// The lowest security counter that the device accepts.
    fn security_counter(&self) -> u32;
    /// Where images run; `None` if that is not known: they are not held against it then.
    fn placement(&self) -> Option<Placement>;
}

impl Trust for provisioning::Device<'_> {
    fn accepts_key(&self, key_hash: &[u8; DIGEST_BYTES]) -> bool {
        constant_time::equal(self.public_key_hash, key_hash)
    }

    fn security_counter(&self) -> u32 {
        self.security_counter
    }

    fn placement(&self) -> Option<Placement> {
        None // OTP does not tell
    }
}

/// An image that is whole, authentic and not too old. Only [`verify`] makes one.
///
/// It looks at the slot in which it was verified, so what is run is what was verified. While it
/// is there, the compiler lets nobody write to the flash:
///
/// ```compile_fail,E0502
/// # use boot::{Error, Trust, verify};
/// # use flash::{Area, Chip, Mapped};
/// fn run(flash: &mut Chip<impl Mapped>, slot: Area, trust: &impl Trust) -> Result<u8, Error> {
///     let image = verify(flash.bytes(slot), trust)?;
///     let _ = flash.program(slot, 0, &[0; 8]);
///     Ok(image.payload()[0])
/// }
/// ```
///
/// The same is fine when the image has gone by then:
///
/// ```
/// # use boot::{Error, Trust, verify};
/// # use flash::{Area, Chip, Mapped};
/// fn run(flash: &mut Chip<impl Mapped>, slot: Area, trust: &impl Trust) -> Result<u8, Error> {
///     let first = verify(flash.bytes(slot), trust)?.payload()[0];
///     let _ = flash.program(slot, 0, &[0; 8]);
///     Ok(first)
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct VerifiedImage<'a> {
    manifest: Manifest<'a>,
    digest: [u8; DIGEST_BYTES],
    key_hash: [u8; DIGEST_BYTES],
    comparison: Comparison,
    seal: u32,
}

impl<'a> VerifiedImage<'a> {
    /// What the image says of itself.
    pub(crate) fn manifest(&self) -> &Manifest<'a> {
        &self.manifest
    }

    /// [`hardened::PROVEN`], if hash and signature are those that they have to be: compared anew,
    /// for the one who starts the image.
    #[must_use]
    pub fn proof(&self) -> u32 {
        let signature = (&self.comparison.computed, &self.comparison.claimed);
        hardened::proof(self.seal, [signature, (&self.digest, self.manifest.hash)])
    }

    /// The SHA-256 hash of the public key that has signed the image.
    pub(crate) fn key_hash(&self) -> &[u8; DIGEST_BYTES] {
        &self.key_hash
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.manifest.header
    }

    /// The program, where it lies in the slot; it begins with its vector table.
    #[must_use]
    pub fn payload(&self) -> &'a [u8] {
        self.manifest.payload
    }

    /// Size of the image from its header to the end of its last area.
    #[must_use]
    pub fn image_bytes(&self) -> usize {
        self.manifest.image_bytes
    }

    /// The security counter of the image, not less than that of the device.
    #[must_use]
    pub fn security_counter(&self) -> u32 {
        self.manifest.security_counter
    }

    /// The boot record, if the image has one; its measurement is empty, see
    /// [`crate::boot_data::Writer::add_boot_record`].
    #[must_use]
    pub fn boot_record(&self) -> Option<&'a [u8]> {
        self.manifest.boot_record
    }

    /// The measurement of the image: the hash of its signed part.
    #[must_use]
    pub fn digest(&self) -> &[u8; DIGEST_BYTES] {
        &self.digest
    }
}

/// Verifies the image at the beginning of `slot`.
///
/// # Errors
///
/// Names the first thing that is wrong; the image must not be started then.
pub fn verify<'a>(slot: &'a [u8], trust: &impl Trust) -> Result<VerifiedImage<'a>, Error> {
    verify_by::<Portable<Rsa3072>>(slot, trust)
}

/// Verifies like [`verify`], as the settings `S` demand.
///
/// # Errors
///
/// As [`verify`].
#[inline(never)] // a start verifies in several places
pub fn verify_by<'a, S: Settings>(
    slot: &'a [u8],
    trust: &impl Trust,
) -> Result<VerifiedImage<'a>, Error> {
    let manifest = &Manifest::read(slot, Kinds::of::<S>())?;
    let manifest = whole(manifest);
    let digest = hash_image::<S::Compression>(manifest.signed);
    if digest != *manifest.hash {
        return Err(Error::WrongHash);
    }
    if let Some(placement) = trust.placement() {
        placement.check(manifest)?;
    }
    let whole_key = trust.whole_key(manifest.public_key);
    let whole_key = whole_key.ok_or(Error::WrongKey)?;
    let key = S::Signature::key(whole_key).ok_or(Error::KeyMalformed)?;
    let key_hash = Sha256::<S::Compression>::digest_of(whole_key);
    if !trust.accepts_key(&key_hash) {
        return Err(Error::WrongKey);
    }
    let comparison = verify_signature::<S>(key, &digest, manifest.signature)
        .filter(Comparison::holds)
        .ok_or(Error::WrongSignature)?;
    if rollback::is_too_old::<S>(manifest.security_counter, trust.security_counter()) {
        return Err(Error::CounterTooLow);
    }
    Ok(VerifiedImage {
        manifest: *manifest,
        digest,
        key_hash,
        comparison,
        seal: hardened::SEAL,
    })
}

/// The hash of the signed part of an image. A function of its own, so that its instructions
/// can be counted apart.
#[inline(never)]
#[must_use]
pub fn hash_image<C: Compression>(signed: &[u8]) -> [u8; DIGEST_BYTES] {
    Sha256::<C>::digest_of(signed)
}

/// What makes the signature one of the key over the hash, see [`Scheme::verify`]. A function of
/// its own, so that its instructions can be counted apart.
#[inline(never)]
#[must_use]
pub fn verify_signature<S: Settings>(
    key: <S::Signature as Scheme>::Key<'_>,
    digest: &[u8; DIGEST_BYTES],
    signature: &[u8],
) -> Option<Comparison> {
    S::Signature::verify::<S::Compression>(key, digest, signature)
}
