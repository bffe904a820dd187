// SPDX-License-Identifier: Apache-2.0
//! What the devices of the configuration would refuse, told before anything is signed.

use anyhow::{Context as _, Result, ensure};
use boot::Trust as _;
use builder::device::expected;
use builder::firmware::{self, Which};
use configure::Effective;
use signer::{Options, SigningKey};
use std::path::Path;

/// Checks the key and the options of the command line; `key_file` is the one of `--key`.
pub fn check(
    effective: &Effective,
    image: Which,
    key: &SigningKey,
    key_file: Option<&Path>,
    options: &Options,
) -> Result<()> {
    slot(effective, image, options)?;
    counter(effective, image, options)?;
    if let Some(file) = key_file {
        accepted(effective, key, file)?;
    }
    let wanted = firmware::options(effective)?.public_key_format;
    ensure!(
        options.public_key_format == wanted,
        "`--public-key-format` gives the image what the boot ROM of this configuration does not look \
         for: leave it out, or set `boot.key`, which is {:?}",
        effective.text("boot.key")
    );
    Ok(())
}

/// Checks the finished image with the code of the boot ROM.
pub fn verify(
    effective: &Effective,
    which: Which,
    image: &[u8],
    key: &SigningKey,
    payload: &Path,
) -> Result<()> {
    let expected = expected(effective, None, which)?;
    let refusal = signer::verify_expected(image, &expected, key.signature_type()).err();
    ensure!(
        refusal.is_none(),
        "a device of this configuration would refuse the image of {}: {} (--force writes it all the \
         same)",
        payload.display(),
        refusal.map_or("", boot::Error::as_str)
    );
    Ok(())
}

fn slot(effective: &Effective, image: Which, options: &Options) -> Result<()> {
    const KEY: &str = "flash.areas.primary.size_bytes";
    let (_, has) = image.slot(effective, "primary");
    let given = options.slot_bytes.unwrap_or(0);
    ensure!(
        given as u64 <= has,
        "`--slot-size` says {given} bytes, and the primary slot has {has} (`{KEY}`): leave the option \
         out, or configure a larger slot"
    );
    Ok(())
}

fn counter(effective: &Effective, image: Which, options: &Options) -> Result<()> {
    let key = match image {
        Which::Secure => "boot.security_counter",
        Which::Nonsecure => "boot.nonsecure_security_counter",
    };
    let (given, least) = (
        options.security_counter.value(options.version),
        effective.number(key),
    );
    ensure!(
        u64::from(given) >= least || !effective.flag("boot.anti_rollback"),
        "the security counter of the image would be {given}, and devices of this configuration refuse \
         less than {least} (`{key}`): leave `--security-counter` out, or say `--set {key}={given}`"
    );
    Ok(())
}

fn accepted(effective: &Effective, key: &SigningKey, file: &Path) -> Result<()> {
    let file = file.display();
    let fix =
        format!("`--set boot.signing_key={file}` in place of `--key` names the key of devices");
    let devices = expected(effective, None, Which::Secure).context(fix.clone())?;
    let second = match effective.number("boot.keys") {
        1 => String::new(),
        _ => format!(" and {}", effective.path("boot.second_key").display()),
    };
    ensure!(
        devices.accepts_key(&key.public_key_hash()?),
        "{file} is not a key that devices of this configuration accept, which is {}{second}: {fix}",
        effective.path("boot.signing_key").display(),
    );
    Ok(())
}
