// SPDX-License-Identifier: Apache-2.0
//! The requirements of a device on an image.

use crate::firmware::{self, Which};
use anyhow::{Result, anyhow};
use configure::Effective;
use provisioning::{Device, SigningKeys, layout, log};
use signer::Expected;

/// What the device with this OTP area demands of an image; without one, a new device of the
/// configuration.
pub fn expected(effective: &Effective, otp: Option<&[u8]>, image: Which) -> Result<Expected> {
    image.require(effective)?;
    let has_two = effective.number("boot.keys") == 2;
    let built_in = firmware::built_in_keys(effective)?;
    let mut expected = Expected {
        signature_type: Some(firmware::signature_type(effective)?),
        security_counter: match image {
            Which::Secure => effective.number("boot.security_counter").try_into()?,
            Which::Nonsecure => 0, // the factory writes none
        },
        placement: Some(firmware::placement_of(effective, image)?),
        of_pair: effective.has_two_images(),
        ..Expected::default()
    };
    let mut is_first_revoked = false;
    if let Some(otp) = otp {
        let whole = |error| anyhow!("its OTP area: {error}");
        let device = Device::read(otp).map_err(whole)?;
        let keys = SigningKeys::read(otp).map_err(whole)?;
        expected.security_counter = match image {
            Which::Secure => device.security_counter,
            Which::Nonsecure => {
                let log = otp
                    .get(layout::SECURITY_COUNTER_START..)
                    .unwrap_or_default();
                log::greatest_second(log).unwrap_or_default()
            }
        };
        expected.key_hash = Some(*device.public_key_hash);
        expected.second_key_hash = keys.second_hash.filter(|_| has_two).copied();
        is_first_revoked = has_two && keys.is_first_revoked;
    } else if built_in.is_empty() {
        let first = firmware::key(effective)?;
        let second = firmware::second_key(effective)?;
        expected.key_hash = Some(first.public_key_hash()?);
        expected.second_key_hash = second.map(|key| key.hash());
    }
    if let [first, others @ ..] = &built_in[..] {
        expected.key_hash = Some(first.hash());
        expected.second_key_hash = others.first().map(|key| key.hash());
    }
    if is_first_revoked {
        let second = expected.second_key_hash.or(expected.key_hash);
        expected.key_hash = second;
    }
    expected.built_in = built_in;
    Ok(expected)
}
