// SPDX-License-Identifier: Apache-2.0
//! Images for the boot ROM: broken ones, and those of `imgtool`.

use super::imgtool::{Imgtool, Signing};
use super::scenario::Scenario;
use super::test_bed::TestBed;
use super::{Tally, scenarios};
use anyhow::Result;
use builder::firmware::{self, Application, Image};
use builder::workspace::{Workspace, read};
use configure::Effective;
use std::path::Path;

/// One scenario for each broken image of the signer's table, and one for a blank slot.
pub fn refused(effective: &Effective, image: &Image) -> Result<Vec<Scenario>> {
    let slot_bytes = effective
        .number("flash.areas.primary.size_bytes")
        .try_into()?;
    let counter = effective.number("boot.security_counter").try_into()?;
    let key = firmware::key(effective)?;
    let payload = read(&image.payload)?;
    let mut broken = broken_images::broken_images(&key, &payload, slot_bytes, counter)?;
    let (options, placement) = (
        firmware::options(effective)?,
        firmware::placement(effective)?,
    );
    broken.extend(broken_images::misplaced_images(
        &key, &payload, &options, placement,
    )?);
    let mut all = vec![scenarios::refusal(
        "blank slot",
        &[],
        boot::Error::WrongMagic.as_str(),
    )];
    all.extend(
        broken
            .iter()
            .map(|broken| scenarios::refusal(broken.name, &broken.image, broken.error.as_str())),
    );
    Ok(all)
}

/// What the tests of another type of signatures are called.
pub const SIGNATURES: &str = "other signatures";

/// What the device is shown of the table of broken images where the type of its signatures is not
/// the plain one; the host goes through all of it.
const OF_EVERY_TYPE: [&str; 10] = [
    "payload: last byte changed",
    "key: first bit changed",
    "key: another, with its signature",
    "signature: first bit changed",
    "signature: of another hash",
    "signature: called RSA-3072",
    // What only one type has.
    "key: RSA of the other size, with its signature",
    "signature: salt of 20 bytes",
    "signature: first number 0",
    "signature: its number larger by the order",
];

/// A device whose signatures are of another type than the plain one: it starts what `imgtool`
/// signs, and refuses some broken images, among them those that only this type has.
pub fn of_another_type(
    workspace: &Workspace,
    bed: &TestBed<'_>,
    image: &Image,
    application: Application,
) -> Result<Vec<Scenario>> {
    let effective = &bed.configured.effective;
    let slot_bytes = effective
        .number("flash.areas.primary.size_bytes")
        .try_into()?;
    let counter = effective.number("boot.security_counter").try_into()?;
    let key = firmware::key(effective)?;
    let broken = broken_images::broken_images(&key, &read(&image.payload)?, slot_bytes, counter)?;
    let shown = broken
        .iter()
        .filter(|broken| OF_EVERY_TYPE.contains(&broken.name));
    let refusals = shown.map(|broken| {
        let words = broken.error.as_str();
        scenarios::refusal_of(application, broken.name, &broken.image, words)
    });
    let folder = &bed.configured.folder;
    let imgtool = Imgtool::new(workspace, effective, folder)?;
    let signed = folder.join("imgtool.signed.bin");
    sign(&imgtool, effective, image, &signed, &[])?;
    let name = format!("{} by imgtool", effective.text("boot.signature"));
    let start = scenarios::start_of(application, &name, &read(&signed)?);
    Ok([start].into_iter().chain(refusals).collect())
}

/// `imgtool` accepts our image, and the device starts the one that `imgtool` signs.
pub fn exchange_with_imgtool(
    workspace: &Workspace,
    bed: &TestBed<'_>,
    image: &Image,
    tally: &mut Tally,
) -> Result<()> {
    let effective = &bed.configured.effective;
    let folder = &bed.configured.folder;
    let imgtool = Imgtool::new(workspace, effective, folder)?;
    tally.check("imgtool verifies our image", imgtool.verify(&image.signed));

    let signed = folder.join("imgtool.signed.bin");
    match sign(&imgtool, effective, image, &signed, &[]) {
        Ok(()) => {
            let start = scenarios::start("signed by imgtool", &read(&signed)?);
            bed.run_all(&[start], tally);
        }
        Err(error) => tally.check("imgtool signs", Err(error)),
    }
    Ok(())
}

/// The image as `imgtool` makes it for the secondary slot: it fills that, with the request at
/// its end.
pub fn padded_by_imgtool(
    workspace: &Workspace,
    bed: &TestBed<'_>,
    image: &Image,
) -> Result<Vec<u8>> {
    let effective = &bed.configured.effective;
    let folder = &bed.configured.folder;
    let imgtool = Imgtool::new(workspace, effective, folder)?;
    let padded = folder.join("imgtool.padded.bin");
    sign(&imgtool, effective, image, &padded, &["--pad"])?;
    read(&padded)
}

/// Signs the image's payload with the values of the configuration.
fn sign(
    imgtool: &Imgtool<'_>,
    effective: &Effective,
    image: &Image,
    to: &Path,
    further: &[&str],
) -> Result<()> {
    let signing = Signing {
        slot_bytes: effective.number("flash.areas.primary.size_bytes"),
        security_counter: effective.number("boot.security_counter"),
        version: effective.text("boot.image_version"),
        further,
    };
    imgtool.sign(&signing, &image.payload, to)
}
