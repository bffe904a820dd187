// SPDX-License-Identifier: Apache-2.0
//! Provisioned data of a device: read from a file, and marked if a key is published.

mod file;
mod published;
mod trust;

pub use file::{DeviceFile, lifecycle};
pub use published::Published;
pub use trust::expected;

use crate::firmware;
use crate::workspace::Workspace;
use anyhow::{Context as _, Result, anyhow};
use configure::Effective;
use provisioning::Parameters;

/// The one-time programmable area of a device for development, which trusts the key of the
/// configuration.
pub fn development_otp(workspace: &Workspace, effective: &Effective) -> Result<Vec<u8>> {
    let published = Published::read(workspace)?;
    let parameters = parameters(&published.device, &published, effective)?;
    encode(&parameters, effective)
}

/// What the file says, completed by the configuration.
pub fn parameters(
    file: &DeviceFile,
    published: &Published,
    effective: &Effective,
) -> Result<Parameters> {
    let public_key_hash = match file.public_key_hash {
        Some(hash) => hash,
        None => firmware::key(effective)?.public_key_hash()?,
    };
    let second_public_key_hash = match file.second_public_key_hash {
        Some(hash) => Some(hash),
        None => firmware::second_key(effective)?.map(|key| key.hash()),
    };
    let security_counter = match file.security_counter {
        Some(counter) => counter,
        None => effective.number("boot.security_counter").try_into()?,
    };
    let needed = |key: &str| format!("the file of the device lacks `{key}`");
    let mut parameters = Parameters {
        public_key_hash,
        second_public_key_hash,
        has_development_signing_key: false,
        initial_attestation_key: file
            .initial_attestation_key
            .with_context(|| needed(file::INITIAL_ATTESTATION_KEY))?,
        hardware_unique_key: file
            .hardware_unique_key
            .with_context(|| needed(file::HARDWARE_UNIQUE_KEY))?,
        has_development_secrets: false,
        implementation_id: file
            .implementation_id
            .with_context(|| needed(file::IMPLEMENTATION_ID))?,
        certification_reference: file
            .certification_reference
            .with_context(|| needed(file::CERTIFICATION_REFERENCE))?,
        lifecycle: file.lifecycle.with_context(|| needed(file::LIFECYCLE))?,
        security_counter,
    };
    published.mark(&mut parameters, &firmware::built_in_keys(effective)?);
    Ok(parameters)
}

/// The area as it is programmed.
pub fn encode(parameters: &Parameters, effective: &Effective) -> Result<Vec<u8>> {
    let mut area = vec![0; effective.number("flash.areas.otp.size_bytes").try_into()?];
    let encoded = parameters.encode(&mut area);
    encoded.map_err(|error| anyhow!("`flash.areas.otp` cannot be provisioned: {error}"))?;
    Ok(area)
}
