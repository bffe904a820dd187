// SPDX-License-Identifier: Apache-2.0
//! Devices that left the factory so that they start nothing, although their image is good.

use super::device::{Bench, Scenario};
use super::{Tally, scenarios};
use crate::device::{DeviceFile, Published, encode, parameters};
use crate::workspace::Workspace;
use anyhow::Result;
use provisioning::{Lifecycle, layout, record};

/// Runs each device with the image, which the others of `bench` start.
pub fn refuse(workspace: &Workspace, bench: &Bench, image: &[u8], tally: &mut Tally) -> Result<()> {
    let published = Published::read(workspace)?;
    let effective = &bench.configured.effective;
    let secured = DeviceFile {
        lifecycle: Some(Lifecycle::Secured),
        ..published.device.clone()
    };
    let secured = encode(
        &parameters(&secured, &published, workspace, effective)?,
        effective,
    )?;
    let mut damaged = bench.otp.to_vec();
    damaged[layout::RECORD.end / 8] ^= 1; // within the keys
    let blank = vec![record::ERASED; bench.otp.len()];
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
        Bench { otp, ..*bench }.run_all(&[scenario], tally);
    }
    Ok(())
}
