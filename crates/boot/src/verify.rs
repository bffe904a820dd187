// SPDX-License-Identifier: Apache-2.0
//! The proof that an image may be started.

use primitives::comparison::Comparison;
use primitives::sha256::{Compression, DIGEST_BYTES, Sha256};

use crate::settings::{Portable, Settings};
use crate::signature::{Rsa3072, Scheme};
use crate::whole::whole;
use crate::{Error, Header, ParsedImage, Trust, hardened, rollback};

/// An image that is whole, authentic and not too old. Only [`verify`] makes one.
///
/// It looks at the slot in which it was verified, so what is run is what was verified. While it
/// exists, the compiler allows no write to the flash:
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
    parsed: ParsedImage<'a>,
    digest: [u8; DIGEST_BYTES],
    key_hash: [u8; DIGEST_BYTES],
    comparison: Comparison,
    seal: u32,
}

impl<'a> VerifiedImage<'a> {
    /// What the image says of itself.
    pub(crate) const fn parsed(&self) -> &ParsedImage<'a> {
        &self.parsed
    }

    /// [`hardened::PROVEN`], if hash and signature are those that they have to be: compared anew,
    /// for the one who starts the image.
    #[must_use]
    pub fn proof(&self) -> u32 {
        let signature = (&self.comparison.computed, &self.comparison.claimed);
        hardened::proof(self.seal, [signature, (&self.digest, self.parsed.hash)])
    }

    /// The SHA-256 hash of the public key that has signed the image.
    pub(crate) fn key_hash(&self) -> &[u8; DIGEST_BYTES] {
        &self.key_hash
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> &Header {
        &self.parsed.header
    }

    /// The program, where it lies in the slot; it begins with its vector table.
    #[must_use]
    pub fn payload(&self) -> &'a [u8] {
        self.parsed.payload
    }

    /// Size of the image from its header to the end of its last area.
    #[must_use]
    pub fn image_bytes(&self) -> usize {
        self.parsed.image_bytes
    }

    /// The security counter of the image, not less than that of the device.
    #[must_use]
    pub fn security_counter(&self) -> u32 {
        self.parsed.security_counter
    }

    /// The boot record, if the image has one; its measurement is empty, see
    /// [`crate::boot_data::Writer::add_boot_record`].
    #[must_use]
    pub fn boot_record(&self) -> Option<&'a [u8]> {
        self.parsed.boot_record
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
    let image = &if S::OF_PAIR {
        ParsedImage::read_of_pair(slot, S::KINDS)?
    } else {
        ParsedImage::read(slot, S::KINDS)?
    };
    let image = whole(image);
    let digest = hash_image::<S::Compression>(image.signed);
    if digest != *image.hash {
        return Err(Error::WrongHash);
    }
    if let Some(placement) = trust.placement() {
        placement.check(image)?;
    }
    let whole_key = trust.whole_key(image.public_key);
    let whole_key = whole_key.ok_or(Error::WrongKey)?;
    let key = S::Signature::key(whole_key).ok_or(Error::KeyMalformed)?;
    let key_hash = Sha256::<S::Compression>::digest_of(whole_key);
    if !trust.accepts_key(&key_hash) {
        return Err(Error::WrongKey);
    }
    let comparison = verify_signature::<S>(key, &digest, image.signature)
        .filter(Comparison::holds)
        .ok_or(Error::WrongSignature)?;
    if rollback::is_too_old::<S>(image.security_counter, trust.security_counter()) {
        return Err(Error::CounterTooLow);
    }
    Ok(VerifiedImage {
        parsed: *image,
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
