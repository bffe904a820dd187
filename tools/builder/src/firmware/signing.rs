// SPDX-License-Identifier: Apache-2.0
//! The signature of an image.

use super::Which;
use crate::program;
use crate::workspace::read;
use anyhow::{Context as _, Result, bail, ensure};
use boot::{Placement, Version};
use configure::Effective;
use signer::{
    Dependency, FileKind, Options, PublicKey, PublicKeyFormat, SecurityCounter, SignatureType,
    SigningKey, parse_version,
};
use std::path::Path;

/// What an image of both worlds is in a boot record.
const SOFTWARE_TYPE: &str = "S_NS";
/// What each of two images is.
const SECURE_TYPE: &str = "SPE";
const NONSECURE_TYPE: &str = "NSPE";

/// Fails where images are not those of our boot ROM.
pub fn require_boot_rom(effective: &Effective) -> Result<()> {
    ensure!(
        effective.has_boot_rom(),
        "`boot.loader` is \"none\": the device's own boot loader decides what its images look like, \
         and its tools sign them. The payload is image.bin, which `{} build` makes; it belongs to \
         {:#x} (docs/own-boot-loader.md)",
        program::name(),
        effective.image_address()
    );
    Ok(())
}

/// The key that the configuration names.
pub fn key(effective: &Effective) -> Result<SigningKey> {
    let path = effective.path("boot.signing_key");
    read_key(&path, effective).context("`boot.signing_key`")
}

/// The key in a file; it makes signatures that the boot ROM of the configuration verifies.
pub fn read_key(path: &Path, effective: &Effective) -> Result<SigningKey> {
    let naming = || path.display().to_string();
    let key = SigningKey::from_file(&read(path)?).with_context(naming)?;
    let (wanted, found) = (signature_type(effective)?, key.signature_type());
    ensure!(
        wanted == found,
        "{} holds a key of type {found}, and the boot ROM verifies `boot.signature`, {wanted}: \
         say `--set boot.signature={found}`, or name a key of type {wanted} by \
         `--set boot.signing_key=FILE` (`{} keygen --type {wanted} FILE` makes one)",
        path.display(),
        program::name()
    );
    Ok(key)
}

/// The public key in a file of a private or a public one.
pub fn read_public_key(path: &Path) -> Result<PublicKey> {
    let naming = || path.display().to_string();
    PublicKey::from_file(&read(path)?).with_context(naming)
}

/// A signed image, or anything that may be one; what is certainly something else is an error.
pub fn read_image(path: &Path) -> Result<Vec<u8>> {
    let content = read(path)?;
    match FileKind::of(&content) {
        None | Some(FileKind::Image) => Ok(content),
        Some(kind) => bail!("{} is no signed image but {kind}", path.display()),
    }
}

/// The second key, if the configuration has two.
pub fn second_key(effective: &Effective) -> Result<Option<PublicKey>> {
    if effective.number("boot.keys") == 1 {
        return Ok(None);
    }
    let path = effective.path("boot.second_key");
    let key = read_public_key(&path).context("`boot.second_key`")?;
    let (wanted, found) = (signature_type(effective)?, key.signature_type);
    ensure!(
        wanted == found,
        "`boot.second_key`: {} holds a key of type {found}, and `boot.signature` is {wanted}",
        path.display()
    );
    ensure!(
        key.hash() != first_key(effective)?.hash(),
        "`boot.second_key` and `boot.signing_key` are the same key"
    );
    Ok(Some(key))
}

/// The keys that are built into the boot ROM: the first, and the second if there is one.
pub fn built_in_keys(effective: &Effective) -> Result<Vec<PublicKey>> {
    if effective.text("boot.key") != "builtin" {
        return Ok(Vec::new());
    }
    let first = first_key(effective)?;
    let second = second_key(effective)?;
    Ok([first].into_iter().chain(second).collect())
}

fn first_key(effective: &Effective) -> Result<PublicKey> {
    key(effective)?.try_into()
}

/// What the boot ROM of the configuration verifies.
pub fn signature_type(effective: &Effective) -> Result<SignatureType> {
    SignatureType::named(effective.text("boot.signature"))
}

/// Where the boot ROM of the configuration runs images.
pub fn placement(effective: &Effective) -> Result<Placement> {
    placement_of(effective, Which::Secure)
}

/// Where it runs this image.
pub fn placement_of(effective: &Effective, image: Which) -> Result<Placement> {
    let number = |key: &str| u32::try_from(effective.number(key)).context("no address of 32 bits");
    let (offset, _) = image.slot(effective, "primary");
    let ram = match image {
        Which::Secure => "secure_ram",
        Which::Nonsecure => "nonsecure_ram",
    };
    Ok(Placement {
        header_bytes: effective.number("boot.header_bytes").try_into()?,
        slot_address: (effective.number("flash.origin") + offset).try_into()?,
        ram_address: number(&format!("memory.{ram}.origin"))?,
        ram_bytes: number(&format!("memory.{ram}.size_bytes"))?,
    })
}

/// What the configuration says of images.
pub fn options(effective: &Effective) -> Result<Options> {
    options_of(effective, Which::Secure)
}

/// What it says of this image.
pub fn options_of(effective: &Effective, image: Which) -> Result<Options> {
    let [version, counter, needed] = match image {
        Which::Secure => [
            "boot.image_version",
            "boot.security_counter",
            "boot.nonsecure_image_version_min",
        ],
        Which::Nonsecure => [
            "boot.nonsecure_image_version",
            "boot.nonsecure_security_counter",
            "boot.secure_image_version_min",
        ],
    };
    let software_type = match (effective.has_two_images(), image) {
        (false, _) => SOFTWARE_TYPE,
        (true, Which::Secure) => SECURE_TYPE,
        (true, Which::Nonsecure) => NONSECURE_TYPE,
    };
    let least = parse_version(effective.text(needed))?;
    let dependency = Dependency {
        image: match image {
            Which::Secure => 1,
            Which::Nonsecure => 0,
        },
        version: least,
    };
    let depends = effective.has_two_images() && least != Version::default();
    Ok(Options {
        header_bytes: effective.number("boot.header_bytes").try_into()?,
        version: parse_version(effective.text(version))?,
        security_counter: SecurityCounter::Value(effective.number(counter).try_into()?),
        software_type: Some(software_type.into()),
        public_key_format: match effective.text("boot.key") {
            "builtin" => PublicKeyFormat::Hash,
            _ => PublicKeyFormat::Full,
        },
        dependencies: depends.then_some(dependency).into_iter().collect(),
        revoked_key: None,
        slot_bytes: Some(image.slot(effective, "primary").1.try_into()?),
        placement: Some(placement_of(effective, image)?),
        pad_to_slot: false,
    })
}
