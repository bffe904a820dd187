// SPDX-License-Identifier: Apache-2.0
//! The signature of an image.

use crate::workspace::{Workspace, read};
use anyhow::{Context as _, Result};
use configure::Effective;
use signer::{Options, SecurityCounter, SigningKey, parse_version};

/// What the secure image is in a boot record.
const SOFTWARE_TYPE: &str = "S_NS";

/// The key that the configuration names.
pub fn key(workspace: &Workspace, effective: &Effective) -> Result<SigningKey> {
    let path = workspace.root.join(effective.text("boot.signing_key"));
    let naming = || format!("`boot.signing_key`, {}", path.display());
    let text = String::from_utf8(read(&path).with_context(naming)?).with_context(naming)?;
    SigningKey::from_pem(&text).with_context(naming)
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
        slot_bytes: Some(
            effective
                .number("flash.areas.primary.size_bytes")
                .try_into()?,
        ),
        pad_to_slot: false,
    })
}
