// SPDX-License-Identifier: Apache-2.0
//! Devices that were provisioned, booted and measured, one for each configuration of tokens.

use std::cell::Cell;
use std::sync::OnceLock;

use attestation::{Attestation, Configuration, EvidenceSource, TokenProfile};
use boot::{Measured, verify};
use primitives::sha256::Portable;
use provisioning::{Device, Identity, Lifecycle, Parameters};
use psa::{Partition, fake::FakeFramework};
use signer::{Options, SigningKey};

pub const ATTESTATION_KEY: [u8; 32] = [0x1A; 32];
pub const IMPLEMENTATION_ID: [u8; 32] = [0x1D; 32];
pub const REFERENCE: &str = "0604565272829-10010";
pub const BOOT_SEED: [u8; 32] = *b"a seed of this boot and no other";
pub const DIGEST: [u8; 32] = [0xCD; 32];
pub const LIFECYCLE: Lifecycle = Lifecycle::Provisioning;

/// The factory, the signed image and what the boot ROM says of both.
pub struct Booted {
    pub otp: Vec<u8>,
    pub slot: Vec<u8>,
    pub boot_data: Vec<u8>,
}

/// One device for all tests: signing takes its time.
pub fn booted() -> &'static Booted {
    static BOOTED: OnceLock<Booted> = OnceLock::new();
    BOOTED.get_or_init(|| {
        let pem = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../profiles/keys/development_rsa3072.pem"
        );
        let key = SigningKey::from_pem(&std::fs::read_to_string(pem).unwrap()).unwrap();
        let options = Options {
            software_type: Some("S_NS".into()),
            ..Options::default()
        };
        let parameters = Parameters {
            public_key_hash: key.public_key_hash().unwrap(),
            second_public_key_hash: None,
            has_development_signing_key: true,
            initial_attestation_key: ATTESTATION_KEY,
            hardware_unique_key: [0xB0; 32],
            has_development_secrets: false,
            implementation_id: IMPLEMENTATION_ID,
            certification_reference: REFERENCE.as_bytes().try_into().unwrap(),
            lifecycle: LIFECYCLE,
            security_counter: 0,
        };
        let mut otp = vec![0; 0x1000];
        parameters.encode(&mut otp).unwrap();
        let mut slot = signer::sign(&[0x42; 600], &key, &options).unwrap();
        slot.resize(0x2000, 0xFF);
        let mut boot_data = vec![0xEE; 0x400];
        let device = Device::read(&otp).unwrap();
        Measured {
            image: &verify(&slot, &device).unwrap(),
            nonsecure: None,
            device: &device,
            boot_rom: &[0x77; 999],
            boot_seed: Some(&BOOT_SEED),
        }
        .write::<Portable>(&mut boot_data)
        .unwrap();
        Booted {
            otp,
            slot,
            boot_data,
        }
    })
}

thread_local! {
    /// What stands in the boot data area.
    static BOOT_DATA: Cell<&'static [u8]> = Cell::new(&booted().boot_data);
}

/// The partition, started over these boot data.
pub fn started_over<P: EvidenceSource>(boot_data: &[u8]) -> Attestation<P> {
    BOOT_DATA.set(boot_data.to_vec().leak());
    let mut partition = Attestation::new();
    partition.init(&FakeFramework::new()).unwrap();
    partition
}

/// The partition of a device that started as it should.
pub fn started<P: EvidenceSource>() -> Attestation<P> {
    started_over(&booted().boot_data)
}

/// The shortest token of RFC 9783.
pub const SHORTEST: Configuration = Configuration {
    token_profile: TokenProfile::Rfc9783,
    optional_claims: false,
    nonsecure_component: false,
    certification_reference: true,
    boot_rom_component: true,
    component_texts: true,
    verification_service: "not verified",
    configuration_digest: Some(&DIGEST),
    key_id: "",
};

/// What Profile Small has.
pub const SMALL: Configuration = Configuration {
    optional_claims: true,
    certification_reference: false,
    boot_rom_component: false,
    component_texts: false,
    verification_service: "",
    ..SHORTEST
};

/// Everything.
pub const LONGEST: Configuration = Configuration {
    optional_claims: true,
    verification_service: "https://verifier.example/tokens",
    key_id: "the key of this device",
    ..SHORTEST
};

macro_rules! devices {
    ($($name:ident = $configuration:expr;)*) => {
        $(
            /// A device of this configuration.
            #[derive(Debug)]
            pub struct $name;

            impl EvidenceSource for $name {
                const CONFIGURATION: Configuration = $configuration;

                fn boot_data() -> &'static [u8] {
                    BOOT_DATA.get()
                }

                fn running_slot() -> &'static [u8] {
                    &booted().slot
                }

                fn identity() -> Option<Identity<'static>> {
                    Identity::read(&booted().otp).ok()
                }
            }
        )*
    };
}

devices! {
    Shortest = SHORTEST;
    Small = SMALL;
    Longest = LONGEST;
    LongKeyId = Configuration { key_id: "a name of more than twenty-three characters", ..SMALL };
    OlderShortest = Configuration { token_profile: TokenProfile::PsaIotProfile1, ..SHORTEST };
    OlderSmall = Configuration { token_profile: TokenProfile::PsaIotProfile1, ..SMALL };
    OlderLongest = Configuration { token_profile: TokenProfile::PsaIotProfile1, ..LONGEST };
}
