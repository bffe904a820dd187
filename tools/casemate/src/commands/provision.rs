// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate provision`: writes keys and names of a device into its flash file, once.

use anyhow::{Context as _, Result, anyhow, ensure};
use builder::device::{DeviceFile, Published, encode, lifecycle, parameters};
use builder::flash_file::FlashFile;
use builder::options::Selection;
use builder::report;
use builder::table;
use builder::whole_file;
use builder::workspace::{Workspace, read};
use clap::Args;
use configure::Effective;
use provisioning::record::HASH_BYTES;
use provisioning::{Device, Lifecycle, SigningKeys, record};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::path::PathBuf;

/// Permissions of a file that has secrets.
const OWNER_ONLY: u32 = 0o600;

/// Give a device its keys, names, lifecycle and counter, once
///
/// The device is a flash file; a new one is made if there is none. Keys that are not in the file of
/// the device are random. The key that signs the firmware is boot.signing_key of the configuration,
/// for example `--set boot.signing_key=KEY.pem`; with `--set boot.keys=2` boot.second_key is
/// accepted too. A device that was provisioned keeps what it has: the command refuses it.
#[derive(Args)]
pub struct Provision {
    /// Flash file of the device
    flash: PathBuf,
    /// File of the device, in the form of profiles/keys/development_device.toml; it need not name
    /// everything
    #[arg(long, value_name = "FILE")]
    device: Option<PathBuf>,
    /// State in which the device leaves the factory: assembly_and_test, provisioning or secured
    /// [default: that of the file, else secured]
    #[arg(long, value_name = "STATE", value_parser = state)]
    lifecycle: Option<Lifecycle>,
    /// Lowest security counter of firmware that may ever run on it [default: that of the file,
    /// else boot.security_counter of the configuration]
    #[arg(long, value_name = "NUMBER")]
    security_counter: Option<u32>,
    /// Also write everything, secrets included, to a new file of the device, for whoever verifies
    /// its tokens
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

fn state(name: &str) -> Result<Lifecycle, String> {
    lifecycle(name).map_err(|error| error.to_string())
}

impl Provision {
    /// Provisions, and prints what may be told.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        self.selection.announce(workspace);
        let effective = self.selection.load(workspace)?;
        let published = Published::read(workspace)?;
        let file = self.complete(&published)?;
        let otp = encode(&parameters(&file, &published, &effective)?, &effective)?;
        let device = Device::read(&otp).map_err(|error| match error {
            provisioning::Error::SecuredWithDevelopmentKeys => anyhow!(
                "the device would start nothing: {error}. Keys below profiles/keys are published; \
                 name your own by `--set boot.signing_key=KEY.pem` and in --device, or choose \
                 `--lifecycle assembly_and_test`"
            ),
            _ => anyhow!("{error}"),
        })?;
        self.require_blank(&effective)?;
        if let Some(save) = &self.save {
            whole_file::create(save, file.to_toml().as_bytes(), OWNER_ONLY)?;
        }
        if let Err(error) = self.write(&effective, &otp) {
            // These are the keys of no device.
            self.save.as_ref().map(fs::remove_file);
            return Err(error);
        }
        let keys = SigningKeys::read(&otp).map_err(|error| anyhow!("{error}"))?;
        self.print(&device, keys.second_hash)
    }

    /// What is to be provisioned: the words of the command line, those of the file, and for
    /// what is left random keys and the names of the emulated board.
    fn complete(&self, published: &Published) -> Result<DeviceFile> {
        let mut file = match &self.device {
            Some(path) => {
                let text =
                    String::from_utf8(read(path)?).with_context(|| path.display().to_string())?;
                DeviceFile::parse(&text).with_context(|| path.display().to_string())?
            }
            None => DeviceFile::default(),
        };
        file.generate_keys()?;
        file.implementation_id = file
            .implementation_id
            .or(published.device.implementation_id);
        file.certification_reference = file
            .certification_reference
            .or(published.device.certification_reference);
        file.lifecycle = self
            .lifecycle
            .or(file.lifecycle)
            .or(Some(Lifecycle::Secured));
        file.security_counter = self.security_counter.or(file.security_counter);
        Ok(file)
    }

    /// Refuses a device of which anything was written before.
    fn require_blank(&self, effective: &Effective) -> Result<()> {
        let Some(flash) = self.open(effective)? else {
            return Ok(());
        };
        let is_blank = flash
            .read("otp")?
            .iter()
            .all(|byte| *byte == record::ERASED);
        ensure!(
            is_blank,
            "{} was provisioned before, and keys are written once: they are not overwritten. \
             A new device is a new file",
            self.flash.display()
        );
        Ok(())
    }

    fn open<'a>(&self, effective: &'a Effective) -> Result<Option<FlashFile<'a>>> {
        let flash = FlashFile::open(&self.flash, effective)?;
        ensure!(
            flash.is_some() || !self.flash.exists(),
            "{} is no flash file of this board: it has another size",
            self.flash.display()
        );
        Ok(flash)
    }

    fn write(&self, effective: &Effective, otp: &[u8]) -> Result<()> {
        match self.open(effective)? {
            Some(flash) => {
                flash.write("otp", otp)?;
                flash.seed_if_blank()
            }
            None => FlashFile::create(&self.flash, effective, otp).map(drop),
        }
    }

    /// Everything but the secrets.
    fn print(&self, device: &Device<'_>, second: Option<&[u8; HASH_BYTES]>) -> Result<()> {
        let secrets = device.secrets.context("the device has no keys")?;
        let identity = device.identity.context("the device has no names")?;
        let digest = Sha256::digest(Sha256::digest(secrets.initial_attestation_key));
        let instance_id = format!("01{}", hex::encode(digest));
        let reference = String::from_utf8_lossy(identity.certification_reference);
        let lifecycle = format!("{:#06x}", device.lifecycle as u32);
        if self.json {
            let object = json!({
                "flash": self.flash.display().to_string(),
                "instance_id": instance_id,
                "implementation_id": hex::encode(identity.implementation_id),
                "certification_reference": reference,
                "public_key_hash": hex::encode(device.public_key_hash),
                "second_public_key_hash": second.map(hex::encode),
                "lifecycle": lifecycle,
                "security_counter": device.security_counter,
                "development_keys": device.has_development_keys,
            });
            report::say_json(&object)?;
            return Ok(());
        }
        let rows = [
            ("instance id", instance_id),
            ("implementation id", hex::encode(identity.implementation_id)),
            ("certification reference", reference.into_owned()),
            ("public key hash", hex::encode(device.public_key_hash)),
            (
                "hash of a second key",
                second.map_or("none".into(), hex::encode),
            ),
            ("lifecycle", lifecycle),
            ("security counter", device.security_counter.to_string()),
            (
                "development keys",
                if device.has_development_keys {
                    "yes: it protects nothing"
                } else {
                    "none"
                }
                .into(),
            ),
        ];
        let head = ["provisioned".into(), self.flash.display().to_string()];
        table::print(&head, &rows.map(|(name, value)| vec![name.into(), value]));
        Ok(())
    }
}
