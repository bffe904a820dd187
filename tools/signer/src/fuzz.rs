// SPDX-License-Identifier: Apache-2.0
//! Checks arbitrary images for a fuzzer and the property tests: the code of the boot ROM and an
//! independent model of the format must agree.
//!
//! Random bytes are never a valid signature, so the code behind that check would not run. So the
//! device of the fuzzer has a scheme of its own whose signatures everybody can make, and an input
//! can say of an image how it is put together before it is signed. Inputs are read to their end and
//! never wrong: bytes that are missing are 0.

mod compose;
mod model;

use boot::settings::Portable;
use boot::signature::Scheme;
use boot::tlv::kind;
use boot::{Error, Trust, VerifiedImage, verify_by};
use primitives::comparison::Comparison;
use primitives::sha256::{Compression, Sha256};

use crate::{Expected, SignatureType, inspect, verify};

/// The greatest slot of a fuzzed image.
const SLOT_BYTES_MAX: usize = 4096;
/// The public key that the device accepts.
const KEY: [u8; 8] = *b"fuzz key";
/// The security counter of the device.
const SECURITY_COUNTER: u32 = 5;

/// The scheme of the fuzzer: a signature is the hash with all its bits changed.
struct Openly;

impl Scheme for Openly {
    type Key<'a> = &'a [u8; KEY.len()];

    const TLV_KIND: u16 = kind::ED25519;

    fn key(encoded: &[u8]) -> Option<Self::Key<'_>> {
        encoded.try_into().ok()
    }

    fn verify<C: Compression>(
        _: Self::Key<'_>,
        digest: &[u8; 32],
        signature: &[u8],
    ) -> Option<Comparison> {
        Some(Comparison {
            computed: signature_of(digest),
            claimed: signature.try_into().ok()?,
        })
    }
}

fn signature_of(digest: &[u8; 32]) -> [u8; 32] {
    digest.map(|byte| !byte)
}

/// The device of the fuzzer.
struct Device;

impl Trust for Device {
    fn accepts_key(&self, key_hash: &[u8; 32]) -> bool {
        *key_hash == Sha256::digest(&KEY)
    }

    fn security_counter(&self) -> u32 {
        SECURITY_COUNTER
    }

    fn placement(&self) -> Option<boot::Placement> {
        None
    }
}

/// Tries one input: the first byte tells whether the rest is the content of a slot, or how an
/// image is put together, signed and changed. Tells what the boot ROM said.
///
/// # Panics
///
/// When the boot ROM does something that it must not.
pub fn fuzz(data: &[u8]) -> Result<(), Error> {
    let slot = match data {
        [0, slot @ ..] => slot.to_vec(),
        [_, plan @ ..] => compose::image(plan),
        [] => Vec::new(),
    };
    judge(&slot[..slot.len().min(SLOT_BYTES_MAX)])
}

/// Lets everybody judge the content of a slot.
fn judge(slot: &[u8]) -> Result<(), Error> {
    let verdict = verify_by::<Portable<Openly>>(slot, &Device);
    let expected = model::judge(slot);
    assert_eq!(verdict.is_ok(), expected.is_some(), "{:?}", verdict.err());
    if let (Ok(image), Some(expected)) = (&verdict, expected) {
        compare(slot, image, &expected);
    }
    // Other devices do not know the scheme: each refuses, and says why as its report does.
    for signature_type in SignatureType::ALL {
        let expected = Expected {
            signature_type: Some(signature_type),
            ..Expected::default()
        };
        let refused = verify::verify(slot, &expected, signature_type).err();
        assert!(refused.is_some(), "a signature of type {signature_type}");
        let report = inspect(slot, &expected);
        assert_eq!(report.refused, refused.map(Error::as_str));
    }
    verdict.map(drop)
}

/// What is handed out is what the model found, and all of it lies where it was verified.
fn compare(slot: &[u8], image: &VerifiedImage<'_>, expected: &model::Image) {
    let payload = &slot[expected.payload.clone()];
    assert_eq!(image.payload().as_ptr_range(), payload.as_ptr_range());
    assert_eq!(image.image_bytes(), expected.image_bytes);
    assert_eq!(image.security_counter(), expected.security_counter);
    let record = expected.boot_record.clone().map(|range| &slot[range]);
    assert_eq!(image.boot_record(), record);
    assert_eq!(*image.digest(), expected.digest);
    // Of what follows the image nothing matters, and of the image everything.
    let alone = &slot[..expected.image_bytes];
    assert!(verify_by::<Portable<Openly>>(alone, &Device).is_ok());
    let shorter = &slot[..expected.image_bytes - 1];
    assert!(verify_by::<Portable<Openly>>(shorter, &Device).is_err());
    if let Some(record) = record {
        let before = boot::boot_record::before_measurement(record).unwrap_or_default();
        let filled = [before, &expected.digest].concat();
        assert!(boot::measured::is_of_image(&filled, slot));
    }
}
