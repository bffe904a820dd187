// SPDX-License-Identifier: Apache-2.0
//! The claims of a token in one of two profiles (RFC 9783, section 4; PSA Attestation API 1.0 for
//! the older one). Labels ascend, as deterministic CBOR requires.

use psa::{ClientId, Framework, Message};

use crate::evidence::Evidence;
use crate::record::{Component, DESCRIPTION, HASH_BYTES};
use crate::token::{CHALLENGE_BYTES, Token};
use crate::{Configuration, TokenProfile};
use cbor::{integer_bytes, major, string_bytes};

/// Bytes of the boot seed in the newer profile: enough to distinguish boots.
const SHORT_BOOT_SEED_BYTES: usize = 8;
/// Characters of the certification reference that are the hardware version of the older profile.
const HARDWARE_VERSION_BYTES: usize = provisioning::identity::HARDWARE_VERSION_BYTES;
/// Measurement type of the component for the configuration.
const CONFIGURATION_KIND: &[u8] = b"CONF";

/// Labels and texts of a profile.
struct Labels {
    profile: i32,
    client_id: i32,
    lifecycle: i32,
    implementation_id: i32,
    boot_seed: i32,
    hardware: i32,
    components: i32,
    challenge: i32,
    instance_id: i32,
    verification_service: i32,
}

impl TokenProfile {
    const fn name(self) -> &'static str {
        match self {
            Self::Rfc9783 => "tag:psacertified.org,2023:psa#tfm",
            Self::PsaIotProfile1 => "PSA_IOT_PROFILE_1",
        }
    }

    const fn labels(self) -> Labels {
        match self {
            Self::Rfc9783 => Labels {
                profile: 265,
                client_id: 2394,
                lifecycle: 2395,
                implementation_id: 2396,
                boot_seed: 268,
                hardware: 2398,
                components: 2399,
                challenge: 10,
                instance_id: 256,
                verification_service: 2400,
            },
            Self::PsaIotProfile1 => Labels {
                profile: -75000,
                client_id: -75001,
                lifecycle: -75002,
                implementation_id: -75003,
                boot_seed: -75004,
                hardware: -75005,
                components: -75006,
                challenge: -75008,
                instance_id: -75009,
                verification_service: -75010,
            },
        }
    }

    /// Name of the hash of a measurement. The registered profile uses the registry of hash
    /// functions (RFC 9783, section 4.4.1), the older one the name in the boot record.
    const fn measurement_description(self) -> &'static str {
        match self {
            Self::Rfc9783 => "sha-256",
            Self::PsaIotProfile1 => DESCRIPTION,
        }
    }

    const fn boot_seed_bytes(self) -> usize {
        match self {
            Self::Rfc9783 => SHORT_BOOT_SEED_BYTES,
            Self::PsaIotProfile1 => boot::measured::BOOT_SEED_BYTES,
        }
    }

    const fn hardware_bytes(self) -> usize {
        match self {
            Self::Rfc9783 => provisioning::identity::CERTIFICATION_REFERENCE_BYTES,
            Self::PsaIotProfile1 => HARDWARE_VERSION_BYTES,
        }
    }
}

/// Values that follow from a configuration.
impl Configuration {
    const fn has_hardware(&self) -> bool {
        self.optional_claims && self.certification_reference
    }

    const fn has_verification_service(&self) -> bool {
        self.optional_claims && !self.verification_service.is_empty()
    }

    pub(crate) const fn has_boot_rom(&self) -> bool {
        self.optional_claims && self.boot_rom_component
    }

    pub(crate) const fn has_texts(&self) -> bool {
        self.optional_claims && self.component_texts
    }

    /// The measurement description of each component; empty: no such claim.
    const fn description(&self) -> &'static str {
        if self.has_texts() {
            self.token_profile.measurement_description()
        } else {
            ""
        }
    }

    const fn digest(&self) -> Option<&'static [u8; HASH_BYTES]> {
        match self.configuration_digest {
            Some(digest) if self.optional_claims => Some(digest),
            _ => None,
        }
    }

    /// Number of claims: eight, and optional ones.
    const fn count(&self) -> u32 {
        8 + self.has_hardware() as u32 + self.has_verification_service() as u32
    }

    const fn component_count(&self) -> u32 {
        1 + self.nonsecure_component as u32
            + self.has_boot_rom() as u32
            + self.digest().is_some() as u32
    }

    /// Size of the constant parts of each token, in bytes.
    const fn fixed_bytes(&self) -> usize {
        let profile = self.token_profile;
        let labels = profile.labels();
        let mut bytes = cbor::head_bytes(self.count())
            + integer_bytes(labels.challenge)
            + integer_bytes(labels.instance_id)
            + string_bytes(boot::measured::INSTANCE_ID_BYTES)
            + integer_bytes(labels.profile)
            + string_bytes(profile.name().len())
            + integer_bytes(labels.boot_seed)
            + string_bytes(profile.boot_seed_bytes())
            + integer_bytes(labels.client_id)
            + integer_bytes(labels.lifecycle)
            + integer_bytes(labels.implementation_id)
            + string_bytes(provisioning::identity::IMPLEMENTATION_ID_BYTES)
            + integer_bytes(labels.components)
            + cbor::head_bytes(self.component_count());
        if self.has_hardware() {
            bytes += integer_bytes(labels.hardware) + string_bytes(profile.hardware_bytes());
        }
        if self.has_verification_service() {
            let service = self.verification_service;
            bytes += integer_bytes(labels.verification_service) + string_bytes(service.len());
        }
        if self.digest().is_some() {
            bytes += component_bytes(CONFIGURATION_KIND.len(), 0, self.description().len());
        }
        bytes
    }
}

/// Size of a component; a text of no length is left out.
const fn component_bytes(kind: usize, version: usize, description: usize) -> usize {
    let mut bytes = 1 + 2 * (1 + string_bytes(HASH_BYTES));
    if kind != 0 {
        bytes += 1 + string_bytes(kind);
    }
    if version != 0 {
        bytes += 1 + string_bytes(version);
    }
    if description != 0 {
        bytes += 1 + string_bytes(description);
    }
    bytes
}

/// The claims of one token.
pub struct Claims<'a> {
    /// What is the same until the next boot.
    pub evidence: &'a Evidence,
    /// The client that requests the token.
    pub client: ClientId,
    /// The state of the device.
    pub lifecycle: u32,
}

impl Claims<'_> {
    /// Size of the map that [`Claims::write`] writes.
    #[inline(always)] // its only caller knows whether there is another image
    pub fn bytes(
        &self,
        configuration: &Configuration,
        challenge_bytes: usize,
        nonsecure: Option<Component<'_>>,
    ) -> usize {
        let description = configuration.description().len();
        let component = |component: &Component| {
            if configuration.has_texts() {
                component_bytes(component.kind.len(), component.version.len(), description)
            } else {
                component_bytes(0, 0, 0)
            }
        };
        let mut bytes = configuration.fixed_bytes()
            + string_bytes(challenge_bytes)
            + integer_bytes(self.client.value())
            + integer_bytes(self.lifecycle as i32)
            + component(&self.evidence.image);
        if let (true, Some(boot_rom)) = (configuration.has_boot_rom(), &self.evidence.boot_rom) {
            bytes += component(boot_rom);
        }
        if let (true, Some(nonsecure)) = (configuration.nonsecure_component, &nonsecure) {
            bytes += component(nonsecure);
        }
        bytes
    }

    /// Writes the map of all claims. The challenge is read before anything is written, because the
    /// output may overlap it.
    #[inline(always)] // the configuration is a constant
    pub fn write(
        &self,
        configuration: &Configuration,
        challenge_bytes: usize,
        nonsecure: Option<Component<'_>>,
        token: &mut Token<'_, impl Message, impl Framework>,
    ) {
        token.head(major::MAP, configuration.count());
        let profile = configuration.token_profile;
        let labels = profile.labels();
        match profile {
            TokenProfile::Rfc9783 => {
                token.challenge(labels.challenge, challenge_bytes);
                token.show_head(configuration.key_id);
                token.bytes(labels.instance_id, self.evidence.instance_id);
                token.text(labels.profile, profile.name().as_bytes());
                self.write_boot_seed(profile, token);
                self.write_state(&labels, token);
                self.write_hardware(configuration, token);
                self.write_components(configuration, nonsecure, token);
            }
            TokenProfile::PsaIotProfile1 => {
                let mut challenge = [0; CHALLENGE_BYTES];
                let challenge = token.take_challenge(&mut challenge);
                token.show_head(configuration.key_id);
                token.text(labels.profile, profile.name().as_bytes());
                self.write_state(&labels, token);
                self.write_boot_seed(profile, token);
                self.write_hardware(configuration, token);
                self.write_components(configuration, nonsecure, token);
                token.bytes(labels.challenge, challenge);
                token.bytes(labels.instance_id, self.evidence.instance_id);
            }
        }
        if configuration.has_verification_service() {
            let service = configuration.verification_service.as_bytes();
            token.text(labels.verification_service, service);
        }
    }

    #[inline(always)]
    fn write_boot_seed(
        &self,
        profile: TokenProfile,
        token: &mut Token<'_, impl Message, impl Framework>,
    ) {
        let seed = self.evidence.boot_seed.get(..profile.boot_seed_bytes());
        token.bytes(profile.labels().boot_seed, seed.unwrap_or_default());
    }

    #[inline(always)]
    fn write_state(&self, labels: &Labels, token: &mut Token<'_, impl Message, impl Framework>) {
        token.integer(labels.client_id, self.client.value());
        token.integer(labels.lifecycle, self.lifecycle as i32);
        let id = self.evidence.identity.implementation_id;
        token.bytes(labels.implementation_id, id);
    }

    #[inline(always)]
    fn write_hardware(
        &self,
        configuration: &Configuration,
        token: &mut Token<'_, impl Message, impl Framework>,
    ) {
        if configuration.has_hardware() {
            let profile = configuration.token_profile;
            let reference = self.evidence.identity.certification_reference;
            let shown = reference.get(..profile.hardware_bytes());
            token.text(profile.labels().hardware, shown.unwrap_or_default());
        }
    }

    /// The components: image or images, boot ROM and configuration, as the profile selects. The signer of the
    /// image is also that of its configuration.
    #[inline(always)]
    fn write_components(
        &self,
        configuration: &Configuration,
        nonsecure: Option<Component<'_>>,
        token: &mut Token<'_, impl Message, impl Framework>,
    ) {
        let labels = configuration.token_profile.labels();
        token.label(labels.components);
        token.head(major::ARRAY, configuration.component_count());
        let mut write = |component: &Component<'_>| {
            if configuration.has_texts() {
                write_component::<true>(component, configuration.description(), token);
            } else {
                write_component::<false>(component, "", token);
            }
        };
        let image = &self.evidence.image;
        write(image);
        if let (true, Some(nonsecure)) = (configuration.nonsecure_component, &nonsecure) {
            write(nonsecure);
        }
        if let (true, Some(boot_rom)) = (configuration.has_boot_rom(), &self.evidence.boot_rom) {
            write(boot_rom);
        }
        if let Some(digest) = configuration.digest() {
            let configured = Component {
                kind: CONFIGURATION_KIND,
                measurement: digest,
                version: &[],
                signer: image.signer,
            };
            write(&configured);
        }
    }
}

/// Writes one component; a text of no length is left out.
#[inline(never)] // several times: once in the image is enough
fn write_component<const HAS_TEXTS: bool>(
    component: &Component<'_>,
    description: &str,
    token: &mut Token<'_, impl Message, impl Framework>,
) {
    let has_version = HAS_TEXTS && !component.version.is_empty();
    let texts = [!component.kind.is_empty(), has_version, HAS_TEXTS];
    token.head(
        major::MAP,
        2 + texts.into_iter().map(u32::from).sum::<u32>(),
    );
    if !component.kind.is_empty() {
        token.text(1, component.kind);
    }
    token.bytes(2, component.measurement);
    if has_version {
        token.text(4, component.version);
    }
    token.bytes(5, component.signer);
    if HAS_TEXTS {
        token.text(6, description.as_bytes());
    }
}
