// SPDX-License-Identifier: Apache-2.0
//! What a profile decides about tokens, and the data that a board provides. All decisions are
//! constants, so that what a profile leaves out is not in the image.

use provisioning::Identity;

/// Profile of the claims in a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenProfile {
    /// `tag:psacertified.org,2023:psa#tfm` (RFC 9783).
    Rfc9783,
    /// `PSA_IOT_PROFILE_1`, before the claims had registered labels.
    PsaIotProfile1,
}

/// The decisions of a profile.
#[derive(Clone, Copy, Debug)]
pub struct Configuration {
    /// The profile of the claims.
    pub token_profile: TokenProfile,
    /// Whether tokens have optional claims, which the following switches select.
    pub optional_claims: bool,
    /// The non-secure image as a software component of its own, beside the secure one.
    pub nonsecure_component: bool,
    /// The certification reference; in the older profile its first digits, the hardware version.
    pub certification_reference: bool,
    /// The measurement of the boot ROM as a software component.
    pub boot_rom_component: bool,
    /// Type, version and description of the components, beside their measurement and signer.
    pub component_texts: bool,
    /// Address of the verification service; empty: no such claim.
    pub verification_service: &'static str,
    /// The digest of the configuration of this firmware, as a software component.
    pub configuration_digest: Option<&'static [u8; 32]>,
    /// The key id in the unprotected header; empty: none. It does not depend on `optional_claims`.
    pub key_id: &'static str,
}

/// Where the partition gets its evidence: a board implements it.
pub trait EvidenceSource {
    /// The decisions of the profile.
    const CONFIGURATION: Configuration;

    /// The boot data area, which the boot ROM writes. Its content is checked.
    fn boot_data() -> &'static [u8];

    /// Whether our own boot ROM has verified the image: the record in the boot data is then held
    /// against the image in its slot. What another boot loader finds in a slot is its own affair.
    const HAS_BOOT_ROM: bool = true;

    /// The slot of the running image.
    fn running_slot() -> &'static [u8];

    /// The slot of the running non-secure image, if it is an image of its own.
    fn nonsecure_slot() -> &'static [u8] {
        &[]
    }

    /// The names of a provisioned device.
    fn identity() -> Option<Identity<'static>>;
}
