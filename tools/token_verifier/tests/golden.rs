// SPDX-License-Identifier: Apache-2.0
//! Golden tokens: made by the device in the emulator with the development keys, one for each kind of
//! configuration (`cargo xtask run --token FILE`), and each beside its readable form.

use token_verifier::{Claims, Expected, Key, Profile, Token, diagnostic, verify};

macro_rules! golden {
    ($name:literal) => {
        (
            include_bytes!(concat!("../golden/", $name, ".cbor")).as_slice(),
            include_str!(concat!("../golden/", $name, ".diag")),
        )
    };
}

const DEVICE: &str = include_str!("../../../profiles/keys/development_device.toml");

/// The attestation key of development devices.
fn key() -> Key {
    let line = DEVICE
        .lines()
        .find(|line| line.starts_with("initial_attestation_key"));
    let digits = line.and_then(|line| line.split('"').nth(1));
    Key::iak(&hex::decode(digits.expect("a key")).expect("digits")).expect("a key")
}

/// What a golden token claims, after all that can be proven of it was.
fn claims((token, readable): (&[u8], &str)) -> Claims {
    assert_eq!(diagnostic(token).unwrap(), readable.trim_end());
    let report = verify(token, &key(), &Expected::default()).unwrap();
    assert!(report.verified, "{report}");
    let claims = report.token.claims;
    assert_eq!(claims.client_id, -1);
    assert_eq!(claims.lifecycle.name(), "assembly_and_test");
    assert!(claims.others.is_empty());
    claims
}

fn components(claims: &Claims) -> Vec<Option<&str>> {
    let components = claims.software_components.iter();
    components
        .map(|component| component.measurement_type.as_deref())
        .collect()
}

#[test]
fn the_default_is_the_registered_profile_with_the_configuration() {
    let golden = golden!("rfc9783");
    assert_eq!(golden.0.len(), 367);
    let claims = claims(golden);
    assert_eq!(claims.profile, Profile::Rfc9783);
    assert_eq!(components(&claims), [None, Some("CONF")]);
}

#[test]
fn what_is_mandatory_fits_300_bytes() {
    let golden = golden!("rfc9783_mandatory");
    assert_eq!(golden.0.len(), 289);
    let claims = claims(golden);
    assert_eq!(claims.hardware, None);
    assert_eq!(components(&claims), [None]);
}

#[test]
fn both_profiles_can_tell_everything() {
    for (golden, profile, hardware) in [
        (golden!("rfc9783_all"), Profile::Rfc9783, 19),
        (golden!("psa_iot_profile_1"), Profile::PsaIot1, 13),
    ] {
        assert!(Token::read(golden.0).unwrap().key_id.is_some());
        let claims = claims(golden);
        assert_eq!(claims.profile, profile);
        assert_eq!(claims.hardware.as_ref().map(String::len), Some(hardware));
        assert!(claims.verification_service.is_some());
        let all = [Some("S_NS"), Some("BL"), Some("CONF")];
        assert_eq!(components(&claims), all);
        assert_eq!(
            claims.software_components[0].version.as_deref(),
            Some("0.1.0")
        );
    }
}
