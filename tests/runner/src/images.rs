// SPDX-License-Identifier: Apache-2.0
//! Images for the boot ROM: broken ones, and those of `imgtool`.

use super::scenario::Scenario;
use super::test_bed::TestBed;
use super::{Tally, scenarios};
use anyhow::Result;
use builder::firmware::{self, Application, Image};
use builder::process;
use builder::setup::python;
use builder::workspace::{Workspace, read, write_if_changed};
use configure::Effective;
use std::path::{Path, PathBuf};
use std::process::Command;

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
    let imgtool = python::imgtool(workspace)?;
    let key = key_file(bed)?;
    let signed = bed.configured.folder.join("imgtool.signed.bin");
    sign(&imgtool, &key, effective, &image.payload, &signed, &[])?;
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
    let imgtool = python::imgtool(workspace)?;
    let key = key_file(bed)?;
    let mut verify = Command::new(&imgtool);
    verify
        .arg("verify")
        .arg("--key")
        .arg(&key)
        .arg(&image.signed);
    let outcome = process::output(&mut verify).map(|_| ());
    tally.check("imgtool verifies our image", outcome);

    let signed = bed.configured.folder.join("imgtool.signed.bin");
    match sign(&imgtool, &key, effective, &image.payload, &signed, &[]) {
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
    let imgtool = python::imgtool(workspace)?;
    let key = key_file(bed)?;
    let padded = bed.configured.folder.join("imgtool.padded.bin");
    let effective = &bed.configured.effective;
    sign(
        &imgtool,
        &key,
        effective,
        &image.payload,
        &padded,
        &["--pad"],
    )?;
    read(&padded)
}

/// The key of the configuration, in a file for `imgtool`.
fn key_file(bed: &TestBed<'_>) -> Result<PathBuf> {
    let file = bed.configured.folder.join("test-key.pem");
    let key = firmware::key(&bed.configured.effective)?;
    write_if_changed(&file, key.to_pem()?.as_bytes())?;
    Ok(file)
}

fn sign(
    imgtool: &Path,
    key: &Path,
    effective: &Effective,
    payload: &Path,
    to: &Path,
    further: &[&str],
) -> Result<()> {
    let number = |key: &str| effective.number(key).to_string();
    let mut command = Command::new(imgtool);
    command
        .arg("sign")
        .arg("--key")
        .arg(key)
        .args([
            "--public-key-format",
            "full",
            "--pad-header",
            "--align",
            "4",
        ])
        .args(["--header-size", &number("boot.header_bytes")])
        .args(["--slot-size", &number("flash.areas.primary.size_bytes")])
        .args(["--security-counter", &number("boot.security_counter")])
        .args(["--version", effective.text("boot.image_version")])
        .args(further)
        .arg(payload)
        .arg(to);
    process::output(&mut command).map(|_| ())
}
