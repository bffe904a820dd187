// SPDX-License-Identifier: Apache-2.0
//! Images that no device may start, each with what the boot ROM must say about it.
//!
//! Every case is one line of a table and deviates from a valid image in one thing. The tables
//! are sorted by when the deviation arises: `patched` ones change bytes of a finished image,
//! `areas` are such changes of
//! whole areas and of sizes, `signed` ones are properly signed but say what must not be,
//! `unproven` ones have something wrong in the part that is not signed.

mod areas;
mod misplaced;
mod patched;
mod signed;
mod unproven;

pub use misplaced::misplaced_images;

use anyhow::Result;
use boot::Error;
use boot::tlv::UNPROTECTED_MAGIC;

use signer::draft::{self, Draft, Entry};
use signer::{Options, SecurityCounter, SigningKey};

/// An image that must be refused.
#[derive(Clone, Debug)]
pub struct BrokenImage {
    /// What is broken.
    pub name: &'static str,
    /// The beginning of the slot; the rest of it is erased.
    pub image: Vec<u8>,
    /// What the boot ROM must say.
    pub error: Error,
}

/// A device as the images see it, and the valid image from which they deviate.
struct Bench<'a> {
    key: &'a SigningKey,
    /// A key that the device does not accept.
    foreign_key: SigningKey,
    slot_bytes: usize,
    device_counter: u32,
    valid: Draft,
    /// What is signed of it, and its proof: a signature takes its time.
    signed_part: Vec<u8>,
    proof: Vec<Entry>,
}

/// Makes the table for a device that accepts `key`, has a slot of this size and this security
/// counter. `payload` is that of a valid image.
///
/// # Errors
///
/// When the payload does not fit into the slot or keys cannot be made.
pub fn broken_images(
    key: &SigningKey,
    payload: &[u8],
    slot_bytes: usize,
    device_counter: u32,
) -> Result<Vec<BrokenImage>> {
    let options = Options {
        security_counter: SecurityCounter::Value(device_counter),
        software_type: Some("SPE".into()),
        slot_bytes: Some(slot_bytes),
        ..Options::default()
    };
    let valid = Draft::new(payload, key, &options)?;
    let foreign_key = SigningKey::generate(key.signature_type())?;
    let signed_part = valid.signed_part()?;
    let bench = Bench {
        key,
        foreign_key,
        slot_bytes,
        device_counter,
        proof: draft::proof(&signed_part, key, valid.public_key_format)?,
        signed_part,
        valid,
    };
    let mut images = patched::images(&bench)?;
    images.extend(areas::images(&bench)?);
    images.extend(signed::images(&bench)?);
    images.extend(unproven::images(&bench)?);
    Ok(images)
}

impl Bench<'_> {
    /// The valid image, changed when it is finished.
    fn patch(
        &self,
        name: &'static str,
        error: Error,
        change: impl FnOnce(&mut Vec<u8>),
    ) -> Result<BrokenImage> {
        let mut image = self.proven(&self.proof)?;
        change(&mut image);
        Ok(BrokenImage { name, image, error })
    }

    /// An image that is changed before it is signed.
    fn sign(
        &self,
        name: &'static str,
        error: Error,
        change: impl FnOnce(&mut Draft),
    ) -> Result<BrokenImage> {
        let mut draft = self.valid.clone();
        change(&mut draft);
        Ok(BrokenImage {
            name,
            image: draft.seal(self.key)?,
            error,
        })
    }

    /// An image whose protected entries are changed before it is signed; the header fits.
    fn sign_entries(
        &self,
        name: &'static str,
        error: Error,
        change: impl FnOnce(&mut Vec<Entry>),
    ) -> Result<BrokenImage> {
        let mut draft = self.valid.clone();
        change(&mut draft.protected);
        draft.announce_protected()?;
        Ok(BrokenImage {
            name,
            image: draft.seal(self.key)?,
            error,
        })
    }

    /// The valid image with other entries in the unprotected area.
    fn prove(
        &self,
        name: &'static str,
        error: Error,
        change: impl FnOnce(&mut Vec<Entry>),
    ) -> Result<BrokenImage> {
        let mut proof = self.proof.clone();
        change(&mut proof);
        let image = self.proven(&proof)?;
        Ok(BrokenImage { name, image, error })
    }

    /// The valid image with this proof.
    fn proven(&self, proof: &[Entry]) -> Result<Vec<u8>> {
        let mut image = self.signed_part.clone();
        image.extend(draft::area(UNPROTECTED_MAGIC, proof)?);
        Ok(image)
    }

    /// Where the protected area begins.
    fn protected_start(&self) -> usize {
        usize::from(self.valid.header.header_bytes) + self.valid.payload.len()
    }

    /// Where the unprotected area begins.
    fn unprotected_start(&self) -> usize {
        self.protected_start() + usize::from(self.valid.header.protected_area_bytes)
    }
}
