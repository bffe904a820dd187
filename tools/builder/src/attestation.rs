// SPDX-License-Identifier: Apache-2.0
//! A verifier for the device in the emulator: it makes the challenge, and knows the provisioned
//! data, the image and the configuration of the device.

use crate::firmware::Which;
use crate::flash_file::random;
use anyhow::{Context as _, Result, anyhow};
use configure::{Effective, areas};
use provisioning::Device;
use token_verifier::{Component, Expected, HexBytes, Key, Profile, Report, verify};

/// What the demonstration prints before a token in hexadecimal digits.
pub const TOKEN: &str = "attestation token: ";
/// The option of the demonstration before the challenge.
pub const CHALLENGE_OPTION: &str = "--challenge";
/// The type of the configuration component in a token.
const CONFIGURATION_TYPE: &str = "CONF";
const CHALLENGE_BYTES: usize = 32;

/// Whether the firmware of this configuration makes tokens.
pub fn has_tokens(effective: &Effective) -> bool {
    effective.lines().any(|line| line.module == "attestation")
}

/// The words in which tokens of this configuration speak.
pub fn profile(effective: &Effective) -> Profile {
    match effective.text("attestation.token_profile") {
        "rfc9783" => Profile::Rfc9783,
        _ => Profile::PsaIot1,
    }
}

/// Key and expectations for one question.
pub struct Verifier {
    challenge: [u8; CHALLENGE_BYTES],
    key: Key,
    expected: Expected,
}

impl Verifier {
    /// A verifier with a new challenge, for a device with this OTP area that runs `image`.
    pub fn new(effective: &Effective, otp: &[u8], image: &[u8]) -> Result<Self> {
        let challenge = random()?;
        let device = Device::read(otp).map_err(|error| anyhow!("OTP: {error}"))?;
        let secrets = device.secrets.context("OTP holds no attestation key")?;
        let identity = device.identity.context("OTP holds no names")?;
        // What another boot loader measures is its own affair.
        let mut components = Vec::new();
        if effective.has_boot_rom() {
            components.push(Component::of_image(image)?);
        }
        if effective.has_two_images() {
            let (start, _) = areas::named(effective, "primary");
            let (offset, _) = Which::Nonsecure.slot(effective, "primary");
            let slot = image.get(usize::try_from(offset - start)?..);
            components.push(Component::of_image(slot.unwrap_or_default())?);
        }
        let wants = |key: &str| effective.flag(&format!("attestation.{key}"));
        if wants("optional_claims") && wants("configuration_component") {
            components.push(Component {
                measurement_type: Some(CONFIGURATION_TYPE.into()),
                measurement: HexBytes(effective.digest().to_vec()),
                version: None,
                signer_id: None,
                description: None,
            });
        }
        Ok(Self {
            challenge,
            key: Key::iak(secrets.initial_attestation_key)?,
            expected: Expected {
                challenge: Some(challenge.to_vec()),
                profile: Some(profile(effective)),
                client_id: Some(-1),
                lifecycles: vec![device.lifecycle],
                instance_id: None, // that of the key is always compared
                implementation_id: Some(identity.implementation_id.to_vec()),
                components,
            },
        })
    }

    /// The challenge in hexadecimal digits.
    pub fn challenge(&self) -> String {
        hex::encode(self.challenge)
    }

    /// Judges a token in hexadecimal digits.
    pub fn verify(&self, token: &str) -> Result<Report> {
        let token = hex::decode(token).context("the token has to be hexadecimal digits")?;
        Ok(verify(&token, &self.key, &self.expected)?)
    }
}
