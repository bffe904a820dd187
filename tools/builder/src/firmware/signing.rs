// SPDX-License-Identifier: Apache-2.0
//! The signature of an image.

use crate::program;
use crate::workspace::read;
use anyhow::{Context as _, Result, bail, ensure};
use boot::Placement;
use configure::Effective;
use signer::{
    FileKind, Options, PublicKey, PublicKeyFormat, SecurityCounter, SignatureType, SigningKey,
    parse_version,
};
use std::path::Path;

/// What the secure image is in a boot record.
const SOFTWARE_TYPE: &str = "S_NS";

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
    let number = |key| u32::try_from(effective.number(key)).context("no address of 32 bits");
    let header_bytes = effective.number("boot.header_bytes");
    Ok(Placement {
        header_bytes: header_bytes.try_into()?,
        slot_address: (effective.image_address() - header_bytes).try_into()?,
        ram_address: number("memory.secure_ram.origin")?,
        ram_bytes: number("memory.secure_ram.size_bytes")?,
    })
}

/// What the configuration says of images.
pub fn options(effective: &Effective) -> Result<Options> {
    Ok(Options {
        header_bytes: effective.number("boot.header_bytes").try_into()?,
        version: parse_version(effective.text("boot.image_version"))?,
        security_counter: SecurityCounter::Value(
            effective.number("boot.security_counter").try_into()?,
        ),
        software_type: Some(SOFTWARE_TYPE.into()),
        public_key_format: match effective.text("boot.key") {
            "builtin" => PublicKeyFormat::Hash,
            _ => PublicKeyFormat::Full,
        },
        revoked_key: None,
        slot_bytes: Some(
            effective
                .number("flash.areas.primary.size_bytes")
                .try_into()?,
        ),
        placement: Some(placement(effective)?),
        pad_to_slot: false,
    })
}
