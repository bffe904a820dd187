// SPDX-License-Identifier: Apache-2.0
//! Tokens of the device, judged by public implementations of CBOR and COSE besides our verifier.

use super::Tally;
use super::device::Bench;
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
pub fn run(workspace: &Workspace, bench: &Bench<'_>, demo: &[u8], tally: &mut Tally) {
    let token = bench.token(demo, 0);
    let outcome = token.as_ref().map(|_| ());
    let outcome = outcome.map_err(|error| format!("{error:#}"));
    tally.count(&format!("{NAME}: our verifier"), outcome);
    if let Ok(token) = token {
        let outcome = peers(workspace, bench, &token);
        let outcome = outcome.map_err(|error| format!("{error:#}"));
        tally.count(&format!("{NAME}: cbor2 and pycose"), outcome);
    }
}

/// The peers find the MAC right and the encoding deterministic, and read the same words.
fn peers(workspace: &Workspace, bench: &Bench<'_>, token: &str) -> Result<()> {
    let device = Device::read(bench.otp).map_err(|error| anyhow!("OTP: {error}"))?;
    let secrets = device.secrets.context("OTP holds no attestation key")?;
    let folder = &bench.configured.folder;
    let (token_file, key_file) = (folder.join("token.hex"), folder.join("token-key.hex"));
    write_if_changed(&token_file, token.as_bytes())?;
    let key = hex::encode(secrets.initial_attestation_key);
    write_if_changed(&key_file, key.as_bytes())?;
    let mut command = Command::new(python::tools(workspace)?.join("python"));
    command
        .arg(workspace.root.join(PEERS))
        .args([&token_file, &key_file]);
    let claims = process::output(&mut command)?;
    let profile = attestation::profile(&bench.configured.effective).name();
    ensure!(
        claims.lines().any(|line| line.ends_with(profile)),
        "the peers read no profile `{profile}`:\n{claims}"
    );
    Ok(())
}
