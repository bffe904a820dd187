// SPDX-License-Identifier: Apache-2.0
//! Tokens of every configuration: as long as was said, genuine, and true.

use attestation::{Configuration, EvidenceSource, TokenProfile};
use psa::Status;
use token_verifier::{Component, Expected, HexBytes, Key, Profile, Token, verify};

use crate::device::*;
use crate::message::{Call, GET_TOKEN, GET_TOKEN_SIZE};

const CHALLENGES: [usize; 3] = [32, 48, 64];
/// Every size that a client id takes in a token, and both worlds.
const CLIENTS: [i32; 8] = [-1, -24, -25, -257, i32::MIN, 1, 261, i32::MAX];

fn size_of_token<P: EvidenceSource>(client: i32, challenge_bytes: usize) -> Result<usize, Status> {
    let input = (challenge_bytes as u32).to_le_bytes();
    let mut call = Call::new(GET_TOKEN_SIZE, &input, 4).by(client);
    let size = call.deliver(&mut started::<P>())?;
    assert_eq!(call.crypto.0.borrow().calls, 0, "the size needs no token");
    Ok(u32::from_le_bytes(size.try_into().unwrap()) as usize)
}

fn expected(client: i32, challenge: &[u8], profile: TokenProfile) -> Expected {
    Expected {
        challenge: Some(challenge.to_vec()),
        profile: Some(match profile {
            TokenProfile::Rfc9783 => Profile::Rfc9783,
            TokenProfile::PsaIotProfile1 => Profile::PsaIot1,
        }),
        client_id: Some(client),
        lifecycles: vec![LIFECYCLE],
        implementation_id: Some(IMPLEMENTATION_ID.to_vec()),
        components: vec![Component::of_image(&booted().slot).unwrap()],
        ..Expected::default()
    }
}

fn check_claims(token: &Token, configuration: &Configuration) {
    let claims = &token.claims;
    let optional = configuration.optional_claims;
    let is_older = configuration.token_profile == TokenProfile::PsaIotProfile1;
    let seed_bytes = if is_older { 32 } else { 8 };
    let seed = claims.boot_seed.as_ref().unwrap();
    assert_eq!(seed.0, BOOT_SEED[..seed_bytes]);
    let hardware = if is_older {
        &REFERENCE[..13]
    } else {
        REFERENCE
    };
    let has_hardware = optional && configuration.certification_reference;
    assert_eq!(claims.hardware.as_deref(), has_hardware.then_some(hardware));
    let service = configuration.verification_service;
    let has_service = optional && !service.is_empty();
    assert_eq!(
        claims.verification_service.as_deref(),
        has_service.then_some(service)
    );
    assert!(claims.others.is_empty());

    let has_texts = optional && configuration.component_texts;
    let mut kinds: Vec<Option<&str>> = vec![has_texts.then_some("S_NS")];
    if optional && configuration.boot_rom_component {
        kinds.push(has_texts.then_some("BL"));
    }
    if optional {
        kinds.push(Some("CONF"));
    }
    let components = &claims.software_components;
    let found: Vec<_> = components
        .iter()
        .map(|component| component.measurement_type.as_deref())
        .collect();
    assert_eq!(found, kinds);
    for component in components {
        assert_eq!(component.signer_id, components[0].signer_id);
        let description = component.description.as_deref();
        let name = match configuration.token_profile {
            TokenProfile::Rfc9783 => "sha-256",
            TokenProfile::PsaIotProfile1 => "SHA256",
        };
        assert_eq!(description, has_texts.then_some(name));
    }
    if let Some(last) = components.last().filter(|_| optional) {
        assert_eq!(last.measurement, HexBytes(DIGEST.to_vec()));
    }
}

/// Tokens for all challenges and clients.
fn check<P: EvidenceSource>() {
    let configuration = &P::CONFIGURATION;
    let key = Key::iak(&ATTESTATION_KEY).unwrap();
    for challenge_bytes in CHALLENGES {
        let challenge: Vec<u8> = (0..challenge_bytes)
            .map(|index| index as u8 ^ 0x33)
            .collect();
        for client in CLIENTS {
            let size = size_of_token::<P>(client, challenge_bytes).unwrap();
            let mut call = Call::new(GET_TOKEN, &challenge, size).by(client);
            let token = call.deliver(&mut started::<P>()).unwrap();
            assert_eq!(token.len(), size);
            assert!(!call.crypto.0.borrow().is_busy());

            let expected = expected(client, &challenge, configuration.token_profile);
            let report = verify(&token, &key, &expected).unwrap();
            assert!(report.verified, "{report}");
            let key_id = report.token.key_id.as_ref().map(|id| id.0.clone());
            let wanted = Some(configuration.key_id.as_bytes().to_vec());
            assert_eq!(key_id, wanted.filter(|id| !id.is_empty()));
            check_claims(&report.token, configuration);

            for (room_bytes, status) in [
                (0, Status::INVALID_ARGUMENT),
                (1, Status::BUFFER_TOO_SMALL),
                (size - 1, Status::BUFFER_TOO_SMALL),
            ] {
                let mut small = Call::new(GET_TOKEN, &challenge, room_bytes).by(client);
                let outcome = small.deliver(&mut started::<P>());
                assert_eq!(outcome, Err(status), "{room_bytes}");
                assert_eq!((small.output().len(), small.erased_bytes()), (0, 0));
            }
        }
    }
}

#[test]
fn tokens_of_rfc_9783_are_true() {
    check::<Shortest>();
    check::<Small>();
    check::<Longest>();
    check::<LongKeyId>();
}

#[test]
fn tokens_of_the_older_profile_are_true() {
    check::<OlderShortest>();
    check::<OlderSmall>();
    check::<OlderLongest>();
}

#[test]
fn tokens_of_profile_small_are_small() {
    assert_eq!(size_of_token::<Shortest>(-1, 32), Ok(289));
    assert_eq!(size_of_token::<Small>(-1, 32), Ok(367));
}

#[test]
fn a_token_takes_few_calls() {
    let mut call = Call::new(GET_TOKEN, &[7; 32], 367);
    call.deliver(&mut started::<Small>()).unwrap();
    assert_eq!(call.crypto.0.borrow().calls, 5);
}
