// SPDX-License-Identifier: Apache-2.0
//! Every broken image is refused, for the reason that is written beside it: with signatures of
//! every type, in the primary slot and as an upgrade.

mod common;

use std::collections::HashSet;

use boot::settings::Portable;
use boot::signature::{EcdsaP256, Ed25519, Rsa2048, Rsa3072, Scheme};
use boot::{Error, Refusal, Upgrade};
use broken_images::{BrokenImage, broken_images};
use common::board::{self, Board, LAYOUT};
use common::{DEVICE_COUNTER, SLOT_BYTES, key_of, payload, slot};
use p256::ecdsa::Signature;
use signer::SignatureType;

fn device(signature_type: SignatureType, counter: u32) -> common::Device {
    common::Device {
        key_hash: key_of(signature_type).public_key_hash().unwrap(),
        counter,
    }
}

fn table(signature_type: SignatureType, slot_bytes: usize, counter: u32) -> Vec<BrokenImage> {
    broken_images(&key_of(signature_type), &payload(), slot_bytes, counter).unwrap()
}

/// In the primary slot.
fn refused(signature_type: SignatureType) -> usize {
    let images = table(signature_type, SLOT_BYTES, DEVICE_COUNTER);
    let device = device(signature_type, DEVICE_COUNTER);
    let mut wrong = Vec::new();
    for broken in &images {
        assert!(broken.image.len() <= SLOT_BYTES, "{}", broken.name);
        let error = signer::verify(&slot(&broken.image), &device, signature_type).err();
        if error != Some(broken.error) {
            wrong.push(format!(
                "{}: {error:?} instead of {:?}",
                broken.name, broken.error
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");

    let names: HashSet<_> = images.iter().map(|broken| broken.name).collect();
    assert_eq!(names.len(), images.len(), "two cases have the same name");
    let reached: HashSet<_> = images.iter().map(|broken| broken.error).collect();
    let missing: Vec<_> = Error::ALL
        .iter()
        .filter(|error| !reached.contains(error))
        .collect();
    // A slot that is smaller than a header, a device whose counter can't be raised, and what
    // depends on the place (`placement.rs`).
    let elsewhere = [
        &Error::HeaderTruncated,
        &Error::WrongPlace,
        &Error::CounterExhausted,
    ];
    assert_eq!(missing, elsewhere);
    images.len()
}

/// As an upgrade of a device that starts another image.
fn not_installed<S: Scheme>(signature_type: SignatureType) {
    let key = key_of(signature_type);
    let good = board::image_by(&key, 1, 5, 700);
    let before = Board::of(&key, &good, 5);
    let primary = before.area(LAYOUT.primary).to_vec();
    let room_bytes = board::SLOT_BYTES - boot::trailer::MAGIC.len();
    let fits = |broken: &BrokenImage| broken.image.len() <= room_bytes;
    let images = table(signature_type, room_bytes, 5);
    for broken in images.into_iter().filter(fits) {
        let mut board = before.clone();
        board.request(&broken.image);
        let refused = Upgrade::Refused(broken.error);
        let outcome = board.start_by::<Portable<S>>();
        assert_eq!(outcome, Ok((1, refused)), "{}", broken.name);
        assert_eq!(board.area(LAYOUT.primary), primary, "{}", broken.name);
        assert!(!board.has_request(), "{}", broken.name);
    }
    // In both slots: nothing is started, and nothing changes.
    let broken = Refusal::Image(Error::WrongHash);
    let mut changed = good.clone();
    changed[0x40] ^= 1;
    let mut board = Board::of(&key, &changed, 5);
    board.request(&changed);
    assert_eq!(board.start_by::<Portable<S>>(), Err(broken));
    // The good image is installed: what is refused above is refused for what is broken.
    let mut board = Board::of(&key, &good, 5);
    board.request(&board::image_by(&key, 2, 6, 900));
    let installed = Ok((2, Upgrade::Installed));
    assert_eq!(board.start_by::<Portable<S>>(), installed);
}

#[test]
fn rsa3072_in_the_primary_slot() {
    assert!(refused(SignatureType::Rsa3072) > 130);
}

#[test]
fn rsa2048_in_the_primary_slot() {
    assert!(refused(SignatureType::Rsa2048) > 130);
}

#[test]
fn ecdsa_p256_in_the_primary_slot() {
    assert!(refused(SignatureType::EcdsaP256) > 140);
}

#[test]
fn ed25519_in_the_primary_slot() {
    assert!(refused(SignatureType::Ed25519) > 130);
}

#[test]
fn rsa3072_as_an_upgrade() {
    not_installed::<Rsa3072>(SignatureType::Rsa3072);
}

#[test]
fn rsa2048_as_an_upgrade() {
    not_installed::<Rsa2048>(SignatureType::Rsa2048);
}

#[test]
fn ecdsa_p256_as_an_upgrade() {
    not_installed::<EcdsaP256>(SignatureType::EcdsaP256);
}

#[test]
fn ed25519_as_an_upgrade() {
    not_installed::<Ed25519>(SignatureType::Ed25519);
}

#[test]
fn the_table_fits_a_device_that_accepts_every_counter() {
    // The type of the signature that is made fastest: the counter has to do with none.
    let signature_type = SignatureType::Ed25519;
    let device = device(signature_type, 0);
    for broken in table(signature_type, SLOT_BYTES, 0) {
        let error = signer::verify(&slot(&broken.image), &device, signature_type).err();
        assert_eq!(error, Some(broken.error), "{}", broken.name);
    }
}

/// No device takes the signature of another type for its own, whatever its key is.
#[test]
fn a_device_verifies_its_own_type_alone() {
    for signed in SignatureType::ALL {
        let options = common::options();
        let image = signer::sign(&payload(), &key_of(signed), &options).unwrap();
        let device = device(signed, DEVICE_COUNTER);
        for verified in SignatureType::ALL {
            let error = signer::verify(&slot(&image), &device, verified).err();
            let expected = (signed != verified).then_some(Error::EntryNotAllowed);
            assert_eq!(error, expected, "{signed} by {verified}");
        }
    }
}

/// Of a signature (r, s) of ECDSA (r, -s) is one too, and `imgtool` makes either.
#[test]
fn both_signatures_of_a_number_are_accepted() {
    let signature_type = SignatureType::EcdsaP256;
    let image = signer::sign(&payload(), &key_of(signature_type), &common::options()).unwrap();
    let (_, parsed) = boot::ParsedImage::read_any(&image).unwrap();
    let signature = Signature::from_der(parsed.signature).unwrap();
    let (r, s) = signature.split_scalars();
    let other = Signature::from_scalars(r, -*s).unwrap().to_der();
    let area = parsed.signed.len();
    let before = image.len() - parsed.signature.len();

    let mut negated = image[..before].to_vec();
    negated.extend(other.as_bytes());
    let length = (other.as_bytes().len() as u16).to_le_bytes();
    negated[before - 2..before].copy_from_slice(&length);
    let total = ((negated.len() - area) as u16).to_le_bytes();
    negated[area + 2..area + 4].copy_from_slice(&total);
    assert_ne!(negated, image);
    let device = device(signature_type, DEVICE_COUNTER);
    for image in [image.clone(), negated] {
        let error = signer::verify(&slot(&image), &device, signature_type).err();
        assert_eq!(error, None);
    }
}

#[test]
fn texts_are_short_and_distinct() {
    let texts: HashSet<_> = Error::ALL.iter().map(|error| error.as_str()).collect();
    assert_eq!(texts.len(), Error::ALL.len());
    assert!(texts.iter().all(|text| !text.is_empty() && text.len() < 80));
}
