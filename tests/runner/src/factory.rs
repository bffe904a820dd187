// SPDX-License-Identifier: Apache-2.0
//! Provisioned devices: those that refuse a good image, and one that `cargo xtask provision` has
//! made.

use super::debug_port::{self, Case};
use super::scenario::Scenario;
use super::test_bed::DEMO_STARTS;
use super::test_bed::TestBed;
use super::{Tally, scenarios};
use anyhow::{Context as _, Result};
use builder::device::{DeviceFile, Published, encode, parameters};
use builder::firmware::{self, Image, options};
use builder::flash_file::FlashFile;
use builder::process;
use builder::workspace::{Workspace, read};
use probe::debug_port::{CLOSED, OPEN, SECURE_CLOSED};
use provisioning::{Lifecycle, layout, log, record};
use signer::SigningKey;
use std::fs;
use std::process::Command;

/// What the test of a device is called that the command provisioned.
pub const PROVISIONED: &str = "provisioned device";

/// Runs each device with the image, which the others of `bed` start.
pub fn refuse(workspace: &Workspace, bed: &TestBed, image: &[u8], tally: &mut Tally) -> Result<()> {
    let published = Published::read(workspace)?;
    let effective = &bed.configured.effective;
    let secured = DeviceFile {
        lifecycle: Some(Lifecycle::Secured),
        ..published.device.clone()
    };
    let secured = encode(&parameters(&secured, &published, effective)?, effective)?;
    let mut damaged = bed.otp.to_vec();
    damaged[layout::RECORD.end / 8] ^= 1; // within the keys
    let blank = vec![record::ERASED; bed.otp.len()];
    for (name, otp, words) in [
        (
            "development keys in a secured device",
            &secured,
            "development keys in a secured device",
        ),
        ("damaged OTP", &damaged, "OTP record damaged"),
        ("blank OTP", &blank, "OTP is blank"),
    ] {
        let scenario: Scenario = scenarios::refusal(name, image, words);
        TestBed { otp, ..*bed }.run_all(&[scenario], tally);
    }
    Ok(())
}

/// Provisions a secured device by the command, with unique keys; it starts what its
/// own key signed and nothing else, and its token tells who it is.
pub fn provisioned(
    workspace: &Workspace,
    bed: &TestBed<'_>,
    image: &Image,
    tally: &mut Tally,
) -> Result<()> {
    let folder = &bed.configured.folder;
    let effective = &bed.configured.effective;
    let key = SigningKey::generate(firmware::signature_type(effective)?)?;
    let key_file = folder.join("test-own-key.pem");
    fs::write(&key_file, key.to_pem()?).with_context(|| key_file.display().to_string())?;
    let flash_file = folder.join("test-provisioned.bin");
    if flash_file.exists() {
        fs::remove_file(&flash_file).with_context(|| flash_file.display().to_string())?;
    }
    let signing_key = format!("boot.signing_key={}", key_file.display());
    let mut provision = Command::new(process::THIS_PROGRAM);
    provision
        .arg("provision")
        .arg(&flash_file)
        .args(["--board", effective.text("board.name")])
        .args(["--profile", &bed.configured.profile])
        .args(["--set", &signing_key])
        .args(["--lifecycle", "secured"])
        .current_dir(&workspace.root);
    process::output(&mut provision)?;
    let flash = FlashFile::open(&flash_file, effective)?.context("no flash file was made")?;
    let otp = flash.read("otp")?;
    let own = signer::sign(&read(&image.payload)?, &key, &options(effective)?)?;
    debug_ports(bed, &otp, &own, &read(&image.signed)?, tally);

    let bed = TestBed { otp: &otp, ..*bed };
    let token = bed.token(&own, 0).map(|_| ());
    tally.check(
        &format!("{PROVISIONED}: starts, and its token is verified"),
        token,
    );
    let foreign = read(&image.signed)?;
    let words = boot::Error::WrongKey.as_str();
    let refusal = scenarios::refusal("an image for development", &foreign, words);
    bed.run_all(&[refusal], tally);
    Ok(())
}

/// What the boot ROM leaves open of the debug port: on the device for development, and on one that
/// was provisioned, of which `own` is the image.
fn debug_ports(
    bed: &TestBed<'_>,
    provisioned: &[u8],
    own: &[u8],
    for_development: &[u8],
    tally: &mut Tally,
) {
    let second = layout::LIFECYCLE.start + log::ENTRY_BYTES;
    let in_state = |otp: &[u8], state: Lifecycle| {
        let mut otp = otp.to_vec();
        otp[second..second + log::ENTRY_BYTES].copy_from_slice(&log::encode(state as u32));
        otp
    };
    let debugged = in_state(provisioned, Lifecycle::NonPsaRotDebug);
    let published = in_state(bed.otp, Lifecycle::Secured);
    let case = |name, otp, image, says, status| Case {
        name,
        otp,
        image,
        says,
        status,
    };
    let cases = [
        case(
            "open before the device is secured",
            bed.otp,
            for_development,
            DEMO_STARTS,
            OPEN,
        ),
        case(
            "closed in a secured device",
            provisioned,
            own,
            DEMO_STARTS,
            CLOSED,
        ),
        case(
            "closed where nothing is started",
            provisioned,
            for_development,
            "boot: refused image",
            CLOSED,
        ),
        case(
            "closed where the device is refused",
            &published,
            for_development,
            "boot: refused device",
            CLOSED,
        ),
        case(
            "open for the non-secure world while that is debugged",
            &debugged,
            own,
            DEMO_STARTS,
            SECURE_CLOSED,
        ),
    ];
    debug_port::run(bed, &cases, tally);
}
