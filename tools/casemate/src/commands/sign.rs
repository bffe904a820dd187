// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate sign`: an image in the format of MCUboot from a payload.

mod device;

use anyhow::{Context as _, Result, bail, ensure};
use boot::Version;
use builder::firmware::{self, Which};
use builder::options::Selection;
use builder::report::{self, Step};
use builder::workspace::{Workspace, read, write_if_changed};
use clap::Args;
use serde_json::json;
use signer::{
    Dependency, Options, Payload, PublicKeyFormat, SecurityCounter, parse_dependencies,
    parse_number, parse_version,
};
use std::path::{Path, PathBuf};

/// Sign a payload (a binary, or an ELF file) as an image for a slot
///
/// Defaults come from the configuration: boot.signing_key, boot.image_version,
/// boot.security_counter, boot.header_bytes. The options have the names of `imgtool sign`. What
/// the devices of the configuration would refuse is not signed.
#[derive(Args)]
pub struct Sign {
    /// Payload: it begins with the vector table of the secure image
    payload: PathBuf,
    /// Signed image [default: the payload's name with .signed.bin]
    #[arg(long, short)]
    output: Option<PathBuf>,
    /// Which of two images the payload is (`boot.image_number`)
    #[arg(long, value_name = "IMAGE", default_value = "secure")]
    image: Which,
    /// What the image depends on: the number of an image and its lowest version, for example
    /// "(1, 1.2.3)" [default: boot.nonsecure_image_version_min, boot.secure_image_version_min]
    #[arg(long, short, value_name = "DEPENDENCIES", value_parser = dependencies)]
    dependencies: Option<Dependencies>,
    /// Private key, a PEM file of the type that boot.signature says
    #[arg(long, short, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Version of the image: major[.minor[.revision]][+build]
    #[arg(long, short, value_name = "VERSION", value_parser = version)]
    version: Option<Version>,
    /// Security counter of the image: a number, or `auto` for one that follows from the version
    #[arg(long, short, value_name = "NUMBER", value_parser = counter)]
    security_counter: Option<SecurityCounter>,
    /// Distance of the payload from the beginning of the slot
    #[arg(long, short = 'H', value_name = "BYTES", value_parser = number)]
    header_size: Option<u32>,
    /// What the software is in the boot record: up to 12 characters, or "" for no boot record
    /// [default: S_NS; of two images SPE and NSPE]
    #[arg(long, value_name = "TYPE")]
    boot_record: Option<String>,
    /// The whole public key in the image, or its hash, for a boot ROM that has the key built in
    #[arg(long, value_name = "FORMAT")]
    public_key_format: Option<PublicKeyFormat>,
    /// First of two keys, which devices are to revoke: a PEM file, private or public
    #[arg(long, value_name = "FILE")]
    revoke_key: Option<PathBuf>,
    /// Size of the slot, into which the image must fit [default: that of the primary slot]
    #[arg(long, short = 'S', value_name = "BYTES", value_parser = number)]
    slot_size: Option<u32>,
    /// Fill the slot and end it with the request for an upgrade
    #[arg(long)]
    pad: bool,
    /// Sign it although devices of the configuration will refuse it
    #[arg(long)]
    force: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

/// A list that is one value of an option.
#[derive(Clone)]
struct Dependencies(Vec<Dependency>);

fn dependencies(text: &str) -> Result<Dependencies, String> {
    let parsed = parse_dependencies(text).map_err(|error| format!("{error:#}"))?;
    Ok(Dependencies(parsed))
}

fn version(text: &str) -> Result<Version, String> {
    parse_version(text).map_err(|error| format!("{error:#}"))
}

fn counter(text: &str) -> Result<SecurityCounter, String> {
    text.parse().map_err(|error| format!("{error:#}"))
}

fn number(text: &str) -> Result<u32, String> {
    parse_number(text).map_err(|error| format!("{error:#}"))
}

impl Sign {
    /// Signs, and prints the name of the image.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let effective = self.selection.or_last_build(workspace).load(workspace)?;
        firmware::require_boot_rom(&effective)?;
        self.image.require(&effective)?;
        let key = match &self.key {
            Some(file) => firmware::read_key(file, &effective)?,
            None => firmware::key(&effective)?,
        };
        let options = self.options(firmware::options_of(&effective, self.image)?)?;
        if !self.force {
            device::check(&effective, self.image, &key, self.key.as_deref(), &options)?;
        }
        ensure!(
            options.revoked_key != Some(key.public_key_hash()?),
            "an image can't revoke the key that signs it: `--key` names the second key"
        );
        let payload = payload(&self.payload, &options)?;
        let step = Step::start("Signing the image");
        let image = signer::sign(&payload, &key, &options)
            .with_context(|| self.payload.display().to_string())?;
        step.done();
        if !self.force {
            device::verify(&effective, self.image, &image, &key, &self.payload)?;
        }
        let output = self
            .output
            .clone()
            .unwrap_or_else(|| self.payload.with_extension("signed.bin"));
        write_if_changed(&output, &image)?;
        if self.json {
            let object = json!({
                "file": output.display().to_string(),
                "bytes": image.len(),
                "signature": key.signature_type().name(),
                "public_key_hash": hex::encode(key.public_key_hash()?),
                "version": options.version.to_string(),
                "security_counter": options.security_counter.value(options.version),
            });
            report::say_json(&object)?;
        } else {
            report::say(format_args!("{}", output.display()));
        }
        Ok(())
    }

    /// The options of the configuration with those of the command line over them.
    fn options(&self, configured: Options) -> Result<Options> {
        let software_type = match &self.boot_record {
            Some(none) if none.is_empty() => None,
            Some(software_type) => Some(software_type.clone()),
            None => configured.software_type,
        };
        let header_bytes = match self.header_size {
            Some(bytes) => bytes.try_into().context("--header-size")?,
            None => configured.header_bytes,
        };
        let slot_bytes = match self.slot_size {
            Some(bytes) => Some(bytes.try_into()?),
            None => configured.slot_bytes,
        };
        Ok(Options {
            header_bytes,
            version: self.version.unwrap_or(configured.version),
            security_counter: self.security_counter.unwrap_or(configured.security_counter),
            software_type,
            public_key_format: self
                .public_key_format
                .unwrap_or(configured.public_key_format),
            dependencies: match &self.dependencies {
                Some(Dependencies(dependencies)) => dependencies.clone(),
                None => configured.dependencies,
            },
            revoked_key: match &self.revoke_key {
                Some(file) => Some(firmware::read_public_key(file)?.hash()),
                None => None,
            },
            slot_bytes,
            placement: configured.placement.filter(|_| !self.force),
            pad_to_slot: self.pad,
        })
    }
}

/// The bytes of a file, or those that an ELF file loads.
fn payload(file: &Path, options: &Options) -> Result<Vec<u8>> {
    let slot = options
        .placement
        .map_or(0, |placement| placement.slot_address);
    let expected = u64::from(slot) + u64::from(options.header_bytes);
    let payload =
        Payload::from_file(&read(file)?, expected).with_context(|| file.display().to_string())?;
    if payload.address != expected {
        bail!(
            "{} is linked to {:#x}, but the payload of the primary slot starts at {expected:#x}",
            file.display(),
            payload.address
        );
    }
    Ok(payload.bytes)
}
