// SPDX-License-Identifier: Apache-2.0
//! The published keys of the repository.

use super::DeviceFile;
use crate::workspace::{Workspace, read};
use anyhow::{Context as _, Result};
use boot::keys::PUBLISHED;
use configure::Places;
use provisioning::Parameters;
use signer::PublicKey;

/// Where they are, below the folder of the profiles.
const FOLDER: &str = "keys";
/// The one of a device.
const DEVICE: &str = "development_device.toml";

/// All published keys.
pub struct Published {
    /// The device for development.
    pub device: DeviceFile,
}

impl Published {
    /// Reads the folder.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let folder = Places::of(&workspace.root).profiles().join(FOLDER);
        let file = folder.join(DEVICE);
        let text = String::from_utf8(read(&file)?)?;
        let device = DeviceFile::parse(&text).with_context(|| file.display().to_string())?;
        Ok(Self { device })
    }

    /// Marks a device with what of it is published, whatever its file is called; the keys that are
    /// built into its boot ROM are `built_in`.
    pub fn mark(&self, parameters: &mut Parameters, built_in: &[PublicKey]) {
        let secrets = [
            self.device.initial_attestation_key,
            self.device.hardware_unique_key,
        ];
        parameters.has_development_secrets = [
            parameters.initial_attestation_key,
            parameters.hardware_unique_key,
        ]
        .iter()
        .any(|key| secrets.contains(&Some(*key)));
        parameters.has_development_signing_key = [Some(parameters.public_key_hash)]
            .iter()
            .chain([&parameters.second_public_key_hash])
            .flatten()
            .copied()
            .chain(built_in.iter().map(PublicKey::hash))
            .any(|hash| PUBLISHED.contains(&hash));
    }
}
