// SPDX-License-Identifier: Apache-2.0
//! The keys that stand in the repository: whoever has a device with one of them has none.

use super::DeviceFile;
use crate::workspace::{Workspace, read};
use anyhow::{Context as _, Result};
use provisioning::Parameters;
use signer::SigningKey;
use std::fs;

/// Where they are.
const FOLDER: &str = "profiles/keys";
/// The one of a device.
const DEVICE: &str = "development_device.toml";

/// All published keys.
pub struct Published {
    /// The device for development.
    pub device: DeviceFile,
    /// Hashes of the public keys whose private keys are there.
    signing_key_hashes: Vec<[u8; 32]>,
}

impl Published {
    /// Reads the folder.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.root.join(FOLDER);
        let file = folder.join(DEVICE);
        let text = String::from_utf8(read(&file)?)?;
        let device = DeviceFile::parse(&text).with_context(|| file.display().to_string())?;
        let mut signing_key_hashes = Vec::new();
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let file = entry?.path();
            if file.extension().is_some_and(|extension| extension == "pem") {
                let text = String::from_utf8(read(&file)?)?;
                let key =
                    SigningKey::from_pem(&text).with_context(|| file.display().to_string())?;
                signing_key_hashes.push(key.public_key_hash()?);
            }
        }
        Ok(Self {
            device,
            signing_key_hashes,
        })
    }

    /// Marks a device with what of it is published, whatever its file is called.
    pub fn mark(&self, parameters: &mut Parameters) {
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
            .any(|hash| self.signing_key_hashes.contains(hash));
    }
}
