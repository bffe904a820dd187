// SPDX-License-Identifier: Apache-2.0
//! Every broken image is refused, for the reason that is written beside it.

mod common;

use std::collections::HashSet;

use boot::Error;
use common::{DEVICE_COUNTER, SLOT_BYTES, device, key, payload, slot};
use signer::broken_images;

#[test]
fn every_broken_image_is_refused_by_its_name() {
    let images = broken_images(&key(), &payload(), SLOT_BYTES, DEVICE_COUNTER).unwrap();
    let mut wrong = Vec::new();
    for broken in &images {
        assert!(broken.image.len() <= SLOT_BYTES, "{}", broken.name);
        let error = boot::verify(&slot(&broken.image), &device()).err();
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
    // A slot that is smaller than a header, and a device whose counter can't be raised.
    assert_eq!(missing, [&Error::HeaderTruncated, &Error::CounterExhausted]);
}

#[test]
fn the_table_fits_a_device_that_accepts_every_counter() {
    let images = broken_images(&key(), &payload(), SLOT_BYTES, 0).unwrap();
    let device = common::Device {
        counter: 0,
        ..device()
    };
    for broken in images {
        let error = boot::verify(&slot(&broken.image), &device).err();
        assert_eq!(error, Some(broken.error), "{}", broken.name);
    }
}

#[test]
fn texts_are_short_and_distinct() {
    let texts: HashSet<_> = Error::ALL.iter().map(|error| error.as_str()).collect();
    assert_eq!(texts.len(), Error::ALL.len());
    assert!(texts.iter().all(|text| !text.is_empty() && text.len() < 80));
}
