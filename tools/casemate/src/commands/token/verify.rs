// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate token verify`: a token against the key of its device, the challenge and the
//! image that should run there. The exit status is 0 for a verified token and 1 otherwise.

use super::{key, print, read_token};
use anyhow::{Context as _, Result, anyhow, bail};
use builder::firmware;
use builder::flash_file::FlashFile;
use builder::options::Selection;
use builder::workspace::Workspace;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use provisioning::{Device, Lifecycle};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use token_verifier::{Component, Expected, Key, Profile, verify};

/// Verify a token: its MAC or signature, then the expected claims
///
/// Exit status: 0 verified, 1 refused.
#[derive(Args)]
pub struct Verify {
    /// Token: a file in CBOR or in hexadecimal digits, or - for standard input
    token: PathBuf,
    #[command(flatten)]
    key: KeySource,
    /// Challenge that the device was asked with, in hexadecimal digits
    #[arg(long, value_name = "HEX")]
    challenge: Option<String>,
    /// Signed image that has to run on the device; may be given several times
    #[arg(long = "image", value_name = "FILE")]
    images: Vec<PathBuf>,
    /// Profile of the token
    #[arg(long)]
    token_profile: Option<TokenProfile>,
    /// Lifecycle state that is accepted; may be given several times [default: every state]
    #[arg(long = "lifecycle", value_name = "STATE", value_parser = states())]
    lifecycles: Vec<Lifecycle>,
    /// Client that asked on the device; negative: of the non-secure world
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    client_id: Option<i32>,
    /// Instance id, in hexadecimal digits; that of a symmetric key is always compared
    #[arg(long, value_name = "HEX")]
    instance_id: Option<String>,
    /// Implementation id, in hexadecimal digits
    #[arg(long, value_name = "HEX")]
    implementation_id: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

/// Where the key comes from.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct KeySource {
    /// Key of the device: its Initial Attestation Key (bytes or hexadecimal digits), a public key in
    /// PEM, or the file of a device that `provision --save` writes
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Flash file of the device: its own key and implementation id
    #[arg(long, value_name = "FILE")]
    flash: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum TokenProfile {
    /// tag:psacertified.org,2023:psa#tfm
    Rfc9783,
    /// PSA_IOT_PROFILE_1
    PsaIot1,
}

impl Verify {
    /// Prints the report.
    pub fn execute(&self, workspace: &Workspace) -> Result<ExitCode> {
        let mut expected = self.expected()?;
        let key = match (&self.key.key, &self.key.flash) {
            (Some(file), _) => {
                let (key, implementation_id) = key::in_file(file)?;
                let known = expected.implementation_id.take().or(implementation_id);
                expected.implementation_id = known;
                key
            }
            (None, Some(flash)) => {
                let (key, implementation_id) = self.device(workspace, flash)?;
                expected.implementation_id.get_or_insert(implementation_id);
                key
            }
            (None, None) => bail!("give --key FILE or --flash FILE"),
        };
        let report = verify(&read_token(&self.token)?, &key, &expected)?;
        print(&report, self.json)?;
        Ok(if report.verified {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// What the device in a flash file was provisioned with.
    fn device(&self, workspace: &Workspace, flash: &Path) -> Result<(Key, Vec<u8>)> {
        self.selection.announce(workspace);
        let effective = self.selection.load(workspace)?;
        let file = FlashFile::existing(flash, &effective)?;
        let otp = file.read("otp")?;
        let device = Device::read(&otp).map_err(|error| anyhow!("its OTP: {}", error.as_str()))?;
        let (secrets, identity) = device
            .secrets
            .zip(device.identity)
            .context("the device has no attestation key")?;
        let key = Key::iak(secrets.initial_attestation_key)?;
        Ok((key, identity.implementation_id.to_vec()))
    }

    fn expected(&self) -> Result<Expected> {
        let component = |image: &PathBuf| {
            let naming = || image.display().to_string();
            Component::of_image(&firmware::read_image(image)?).with_context(naming)
        };
        Ok(Expected {
            challenge: digits("--challenge", self.challenge.as_ref())?,
            profile: self.token_profile.map(|profile| match profile {
                TokenProfile::Rfc9783 => Profile::Rfc9783,
                TokenProfile::PsaIot1 => Profile::PsaIot1,
            }),
            client_id: self.client_id,
            lifecycles: self.lifecycles.clone(),
            instance_id: digits("--instance-id", self.instance_id.as_ref())?,
            implementation_id: digits("--implementation-id", self.implementation_id.as_ref())?,
            components: self.images.iter().map(component).collect::<Result<_>>()?,
        })
    }
}

fn states() -> impl TypedValueParser<Value = Lifecycle> {
    let names = PossibleValuesParser::new(Lifecycle::ALL.map(Lifecycle::name));
    names.try_map(|name| Lifecycle::named(&name).ok_or("not a state"))
}

fn digits(option: &str, text: Option<&String>) -> Result<Option<Vec<u8>>> {
    let decode = |text: &String| {
        hex::decode(text).with_context(|| format!("{option} has to be hexadecimal digits"))
    };
    text.map(decode).transpose()
}
