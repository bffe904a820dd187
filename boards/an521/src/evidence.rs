// SPDX-License-Identifier: Apache-2.0
//! What attestation tokens tell of this device, and by which decisions of the profile.

use attestation::{Configuration, Platform, TokenProfile};
use flash::Mapped as _;
use provisioning::Identity;

use crate::config::attestation as config;
use crate::memory_map::{BOOT_DATA, OTP, RUNNING_IMAGE};

/// Where the Attestation partition finds its evidence here.
#[derive(Debug)]
pub struct Evidence;

impl Platform for Evidence {
    const CONFIGURATION: Configuration = Configuration {
        token_profile: match config::TOKEN_PROFILE {
            config::TokenProfile::Rfc9783 => TokenProfile::Rfc9783,
            config::TokenProfile::PsaIotProfile1 => TokenProfile::PsaIotProfile1,
        },
        optional_claims: config::OPTIONAL_CLAIMS,
        certification_reference: config::CERTIFICATION_REFERENCE,
        boot_rom_component: config::BOOT_ROM_COMPONENT,
        component_texts: config::COMPONENT_TEXTS,
        verification_service: config::VERIFICATION_SERVICE,
        configuration_digest: if config::CONFIGURATION_COMPONENT {
            Some(&config::CONFIGURATION_DIGEST)
        } else {
            None
        },
        key_id: config::KEY_ID,
    };

    fn boot_data() -> &'static [u8] {
        BOOT_DATA.bytes()
    }

    fn running_slot() -> &'static [u8] {
        RUNNING_IMAGE.bytes()
    }

    fn identity() -> Option<Identity<'static>> {
        Identity::read(OTP.bytes()).ok()
    }
}
