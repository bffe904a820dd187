// SPDX-License-Identifier: Apache-2.0
//! The configurations that are tested beside the plain one. To add one, add a row to the table.
//!
//! Some verify signatures of another type than the plain one: it costs no build of its own, and
//! has nothing to do with what else they try.

use super::constant_time::{self, Betrays};
use super::scenario::Scenario;
use super::{own_loader, scenarios, silence, two_images, updates};
use builder::firmware::{Application, DEMO};
use builder::options::Selection;
use builder::workspace::Workspace;

/// A configuration, an application and what is done with them.
pub struct Variant {
    /// What its tests and folders are called.
    pub name: &'static str,
    /// Another profile than the plain one.
    profile: Option<&'static str>,
    /// Configuration files, from the root of the repository.
    files: &'static [&'static str],
    /// Single values.
    settings: &'static [&'static str],
    /// The application.
    pub application: Application,
    /// The scenarios for the signed image of the application.
    pub scenarios: fn(&[u8]) -> Vec<Scenario>,
    /// Whether the calls of the suite are followed, and which of them betray their secrets.
    pub traces: Option<Betrays>,
}

/// Threads of the non-secure world are clients: the last word of its RAM says which one runs.
const THREADS: &str = "spm.client_id_word=0x281F_FFFC";

/// All of them.
pub const VARIANTS: &[Variant] = &[
    // The other model of execution passes the same suite.
    Variant {
        name: "sfn",
        profile: None,
        files: &[],
        settings: &["spm.backend=sfn"],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::suite(image), scenarios::interruption(image)],
        traces: None,
    },
    // The tests from the secure world: with a small application, and with the other suite.
    Variant {
        name: "secure-tests",
        profile: None,
        files: &[],
        settings: &["test.secure=true"],
        application: scenarios::SECURE_SUITE,
        scenarios: |image| vec![scenarios::secure_suite(image)],
        traces: None,
    },
    Variant {
        name: "tests-of-both-worlds",
        profile: None,
        files: &[],
        settings: &["test.secure=true", "test.nonsecure=true", "spm.backend=sfn"],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::suite(image)],
        traces: None,
    },
    // Threads enter on secure stacks of their own; everything else is as it was.
    Variant {
        name: "contexts",
        profile: None,
        files: &[],
        settings: &["spm.nonsecure_contexts=3"],
        application: scenarios::SUITE,
        scenarios: |image| {
            vec![
                scenarios::contexts(image),
                scenarios::suite(image),
                scenarios::isolation(image),
            ]
        },
        traces: None,
    },
    // The firmware of `docs/adding-a-service.md` serves its partition, in both models.
    Variant {
        name: "echo",
        profile: None,
        files: &["profiles/examples/echo_partition.toml"],
        settings: &[THREADS, "boot.signature=rsa2048"],
        application: scenarios::ECHO,
        scenarios: |image| vec![scenarios::echo(image)],
        traces: None,
    },
    Variant {
        name: "echo-sfn",
        profile: None,
        files: &["profiles/examples/echo_partition.toml"],
        settings: &[THREADS, "spm.backend=sfn"],
        application: scenarios::ECHO,
        scenarios: |image| vec![scenarios::echo(image)],
        traces: None,
    },
    // An application installs images by itself.
    Variant {
        name: "firmware-update",
        profile: None,
        files: &["profiles/examples/firmware_update.toml"],
        settings: &[],
        application: updates::UPDATE,
        scenarios: |_| Vec::new(),
        traces: None,
    },
    // The same where an image runs on trial first.
    Variant {
        name: "firmware-update-swap",
        profile: None,
        files: &[
            "profiles/examples/firmware_update.toml",
            "profiles/examples/swap.toml",
        ],
        settings: &[],
        application: updates::UPDATE,
        scenarios: |_| Vec::new(),
        traces: None,
    },
    // All algorithms, in constant time.
    Variant {
        name: "full",
        profile: Some("full"),
        files: &[],
        settings: &[],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::suite(image)],
        traces: Some(constant_time::nothing),
    },
    // The older words of a token, and everything that a token can tell.
    Variant {
        name: "psa-iot",
        profile: None,
        traces: None,
        files: &[],
        settings: &[
            "boot.signature=ecdsa_p256",
            "attestation.token_profile=psa_iot_profile_1",
            "attestation.certification_reference=true",
            "attestation.boot_rom_component=true",
            "attestation.component_texts=true",
            "attestation.verification_service=https://verifier.example",
            "attestation.key_id=iak-1",
        ],
        application: DEMO,
        scenarios: |image| vec![scenarios::token(image)],
    },
    // A token of what its profile demands and nothing else.
    Variant {
        name: "no-optional-claims",
        profile: None,
        files: &[],
        settings: &[
            "attestation.optional_claims=false",
            "boot.signature=ed25519",
        ],
        application: DEMO,
        scenarios: |image| vec![scenarios::token(image)],
        traces: None,
    },
    // Serial recovery, with the smallest image.
    Variant {
        name: "recovery",
        profile: Some("hash_only"),
        files: &["profiles/examples/serial_recovery.toml"],
        settings: &[],
        application: DEMO,
        scenarios: |image| vec![scenarios::recovery(image)],
        traces: None,
    },
    // The device has a boot loader of its own: there is no boot ROM (`own_loader`).
    Variant {
        name: own_loader::VARIANT,
        profile: None,
        files: &[],
        settings: &["boot.loader=none"],
        application: DEMO,
        scenarios: |image| vec![scenarios::token(image)],
        traces: None,
    },
    // Secure and non-secure image are two images (`two_images`).
    Variant {
        name: two_images::VARIANT,
        profile: None,
        files: &["profiles/examples/two_images.toml"],
        settings: &["attestation.component_texts=true"],
        application: DEMO,
        scenarios: |image| vec![scenarios::token(image)],
        traces: None,
    },
    // Images change places; the power is cut while they do (`swap_cuts`).
    Variant {
        name: "swap",
        profile: None,
        files: &["profiles/examples/swap.toml"],
        settings: &[],
        application: DEMO,
        scenarios: |image| vec![scenarios::start("an image of the factory", image)],
        traces: None,
    },
    // Nothing is printed: all else is as it was (`silence`).
    Variant {
        name: silence::VARIANT,
        profile: None,
        files: &[],
        settings: &["log.boot=off", "log.secure=off", "log.nonsecure=off"],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::suite(image)],
        traces: None,
    },
    // Compiled for speed.
    Variant {
        name: "release",
        profile: None,
        files: &[],
        settings: &["build.type=release"],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::suite(image)],
        traces: None,
    },
    // The other thing that can follow a fault.
    Variant {
        name: "halt",
        profile: None,
        files: &["profiles/examples/halt_on_fault.toml"],
        settings: &[],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::halt(image)],
        traces: None,
    },
    // All symmetric algorithms.
    Variant {
        name: "symmetric",
        profile: Some("symmetric"),
        files: &[],
        settings: &[],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::suite(image)],
        traces: Some(constant_time::nothing),
    },
    // AES by a table encrypts alike, and is noticed by who follows it.
    Variant {
        name: "table",
        profile: None,
        files: &[],
        settings: &["crypto.aes=table"],
        application: scenarios::SUITE,
        scenarios: |image| vec![scenarios::suite(image)],
        traces: Some(constant_time::ccm),
    },
];

impl Variant {
    /// Whether its boot ROM verifies signatures of another type than the plain one.
    pub fn has_signatures(&self) -> bool {
        let mut settings = self.settings.iter();
        settings.any(|setting| setting.starts_with("boot.signature="))
    }

    /// What the variant changes of the plain selection.
    pub fn selection(&self, workspace: &Workspace, plain: &Selection) -> Selection {
        let mut selection = plain.clone();
        if let Some(profile) = self.profile {
            selection.profile = Some(profile.into());
        }
        let files = self.files.iter().map(|file| workspace.root.join(file));
        selection.files.extend(files);
        let settings = self.settings.iter().map(ToString::to_string);
        selection.settings.extend(settings);
        selection
    }
}
