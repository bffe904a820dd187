// SPDX-License-Identifier: Apache-2.0
//! Tokens of the device, judged by public implementations of CBOR and COSE besides our verifier.

use super::Tally;
use super::test_bed::TestBed;
use anyhow::{Context as _, Result, anyhow, ensure};
use builder::attestation;
use builder::process;
use builder::setup::python;
use builder::workspace::{Workspace, write_if_changed};
use provisioning::Device;
use std::process::Command;

/// What the test is called.
pub const NAME: &str = "attestation token";
const PEERS: &str = "tests/peers/verify_token.py";

/// Asks a device with this demonstration for a token and has it judged.
pub fn run(workspace: &Workspace, bed: &TestBed<'_>, demo: &[u8], tally: &mut Tally) {
    let name = format!("{NAME}: our verifier");
    let token = match bed.token(demo, 0) {
        Ok(token) => token,
        Err(error) => return tally.check(&name, Err(error)),
    };
    tally.check(&name, Ok(()));
    tally.check(
        &format!("{NAME}: cbor2 and pycose"),
        peers(workspace, bed, &token),
    );
}

/// The peers find the MAC right and the encoding deterministic, and read the same words.
fn peers(workspace: &Workspace, bed: &TestBed<'_>, token: &str) -> Result<()> {
    let device = Device::read(bed.otp).map_err(|error| anyhow!("OTP: {error}"))?;
    let secrets = device.secrets.context("OTP holds no attestation key")?;
    let folder = &bed.configured.folder;
    let (token_file, key_file) = (folder.join("token.hex"), folder.join("token-key.hex"));
    write_if_changed(&token_file, token.as_bytes())?;
    let key = hex::encode(secrets.initial_attestation_key);
    write_if_changed(&key_file, key.as_bytes())?;
    let mut command = Command::new(python::interpreter(workspace)?);
    command
        .arg(workspace.root.join(PEERS))
        .args([&token_file, &key_file]);
    let claims = process::output(&mut command)?;
    let profile = attestation::profile(&bed.configured.effective).name();
    ensure!(
        claims.lines().any(|line| line.ends_with(profile)),
        "the peers read no profile `{profile}`:\n{claims}"
    );
    Ok(())
}
