// SPDX-License-Identifier: Apache-2.0
//! What a profile decides about tokens, and what only the board knows. All decisions are
//! constants, so that what a profile leaves out is not in the image.

use provisioning::Identity;

/// The words in which a token speaks.
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
    /// The words.
    pub token_profile: TokenProfile,
    /// Whether there are claims that the profile of the token does not ask for. All of the
    /// following are of that kind.
    pub optional_claims: bool,
    /// The certification reference; in the older profile its first digits, the hardware version.
    pub certification_reference: bool,
    /// The measurement of the boot ROM as a software component.
    pub boot_rom_component: bool,
    /// Type, version and description of the components, beside their measurement and signer.
    pub component_texts: bool,
    /// Where tokens of this device are verified; empty: no such claim.
    pub verification_service: &'static str,
    /// The digest of the configuration of this firmware, as a software component.
    pub configuration_digest: Option<&'static [u8; 32]>,
    /// The key id in the unprotected header; empty: none. It is no claim and not optional.
    pub key_id: &'static str,
}

/// What the partition asks of the board.
pub trait EvidenceSource {
    /// The decisions of the profile.
    const CONFIGURATION: Configuration;

    /// The boot data area, which the boot ROM writes; it may be unwritten.
    fn boot_data() -> &'static [u8];

    /// The slot of the image that runs.
    fn running_slot() -> &'static [u8];

    /// The names that the device was given, if it was given some.
    fn identity() -> Option<Identity<'static>>;
}
