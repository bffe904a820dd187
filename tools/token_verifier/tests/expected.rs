// SPDX-License-Identifier: Apache-2.0
//! A token that is genuine and says something else than expected.

mod common;

use common::{CHALLENGE, Draft, array, bytes, claims, instance_id, key, map, token, with};
use provisioning::Lifecycle;
use signer::{Options, SigningKey};
use token_verifier::{Component, Expected, HexBytes, Profile, verify};

const RFC: Profile = Profile::Rfc9783;

/// What is different, what the report says of it, and how to make it so.
type Difference = (&'static str, &'static str, fn(&mut Expected));

fn component() -> Component {
    Component {
        measurement_type: Some("NSPE_SPE".into()),
        measurement: HexBytes(vec![7; 32]),
        version: Some("1.2.3".into()),
        signer_id: Some(HexBytes(vec![8; 32])),
        description: Some("SHA256".into()),
    }
}

fn all() -> Expected {
    Expected {
        challenge: Some(CHALLENGE.to_vec()),
        profile: Some(RFC),
        client_id: Some(-1),
        lifecycles: vec![Lifecycle::Provisioning, Lifecycle::Secured],
        instance_id: Some(instance_id()),
        implementation_id: Some(vec![3; 32]),
        components: vec![component()],
    }
}

/// The one thing that is wrong.
fn wrong(expected: &Expected) -> (&'static str, String) {
    let report = verify(&token(RFC), &key(), expected).expect("the token is genuine");
    assert!(!report.verified);
    let mut wrong = report
        .checks
        .into_iter()
        .filter_map(|check| Some((check.name, check.wrong?)));
    let first = wrong.next().expect("something is wrong");
    assert_eq!(wrong.next(), None, "and nothing else");
    first
}

#[test]
fn what_is_expected_is_verified() {
    let report = verify(&token(RFC), &key(), &all()).unwrap();
    assert!(report.verified, "{report}");
    assert_eq!(report.checks.len(), 9);
}

#[test]
fn every_difference_is_told_by_its_name() {
    let differences: [Difference; 10] = [
        ("challenge", "it is 1111", |all| {
            all.challenge = Some(vec![0x12; 32])
        }),
        ("profile", "it is tag:", |all| {
            all.profile = Some(Profile::PsaIot1)
        }),
        ("client id", "it is -1", |all| all.client_id = Some(261)),
        ("lifecycle", "secured (0x3000) is not accepted", |all| {
            all.lifecycles = vec![Lifecycle::Provisioning];
        }),
        ("instance id", "it is 01", |all| {
            all.instance_id = Some(vec![1; 33])
        }),
        ("implementation id", "it is 0303", |all| {
            all.implementation_id = Some(vec![4; 32])
        }),
        (
            "software component",
            "BL: its type is BL, not NSPE_SPE",
            |all| {
                all.components[0].measurement_type = Some("BL".into());
            },
        ),
        (
            "software component",
            "NSPE_SPE: nothing in the token has its measurement, 0909",
            |all| all.components[0].measurement = HexBytes(vec![9; 32]),
        ),
        (
            "software component",
            "NSPE_SPE: the token names another signer",
            |all| all.components[0].signer_id = Some(HexBytes(vec![9; 32])),
        ),
        (
            "software component",
            "NSPE_SPE: its version is 2.0.0, not 1.2.3",
            |all| all.components[0].version = Some("2.0.0".into()),
        ),
    ];
    for (name, text, change) in differences {
        let mut expected = all();
        change(&mut expected);
        let found = wrong(&expected);
        assert_eq!(found.0, name);
        assert!(found.1.starts_with(text), "{name}: {}", found.1);
    }
}

#[test]
fn another_device_can_not_take_the_place_of_this_one() {
    let foreign = Draft::of(&with(RFC, 256, Some(bytes(&[1; 33])))).seal();
    let report = verify(&foreign, &key(), &Expected::default()).unwrap();
    assert!(!report.verified);
    assert_eq!(report.checks[1].name, "instance id is the key's");
    assert!(report.checks[1].wrong.is_some());
}

#[test]
fn the_image_says_what_the_device_has_to_report() {
    let pem = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../profiles/keys/development_rsa3072.pem"
    );
    let signing_key = SigningKey::from_pem(&std::fs::read_to_string(pem).unwrap()).unwrap();
    let options = Options {
        software_type: Some("NSPE_SPE".into()),
        ..Options::default()
    };
    let image = signer::sign(&[0x42; 512], &signing_key, &options).unwrap();
    let component = Component::of_image(&image).unwrap();
    let report = signer::inspect(&image, &signer::Expected::default());
    let hash = report.areas[1]
        .entries
        .iter()
        .find(|entry| entry.name == "SHA256");
    assert_eq!(component.measurement.to_string(), hash.unwrap().value);
    assert_eq!(component.measurement_type.as_deref(), Some("NSPE_SPE"));
    assert!(component.signer_id.is_some());

    assert!(Component::of_image(&[]).is_err());
    assert!(Component::of_image(&image[..600]).is_err());
}

#[test]
fn people_and_programs_read_the_same() {
    let report = verify(&token(RFC), &key(), &all()).unwrap();
    let text = report.to_string();
    for line in [
        "  client id          -1 (non-secure)",
        "  lifecycle          secured (0x3000)",
        "    type             NSPE_SPE",
        "the token is verified",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["verified"], true);
    assert_eq!(json["token"]["claims"]["lifecycle"]["name"], "secured");
    assert_eq!(json["token"]["claims"]["client_id"], -1);
    assert_eq!(
        json["token"]["claims"]["software_components"][0]["type"],
        "NSPE_SPE"
    );
}

#[test]
fn a_token_need_not_tell_what_only_people_read() {
    let short = map(&[(2, bytes(&[7; 32])), (5, bytes(&[8; 32]))]);
    let sealed = Draft::of(&with(RFC, 2399, Some(array(&[short])))).seal();
    assert!(verify(&sealed, &key(), &all()).unwrap().verified);
    // Only the older profile can leave the signer out; then it is not the expected one.
    let unsigned = map(&[(2, bytes(&[7; 32]))]);
    let iot = Profile::PsaIot1;
    let sealed = Draft::of(&with(iot, -75006, Some(array(&[unsigned])))).seal();
    let expected = Expected {
        components: all().components,
        ..Expected::default()
    };
    assert!(!verify(&sealed, &key(), &expected).unwrap().verified);
}

#[test]
fn components_beside_the_expected_ones_are_allowed() {
    let other = vec![(2, bytes(&[1; 32])), (5, bytes(&[8; 32]))];
    let both = array(&[map(&other), map(&common::component())]);
    let sealed = Draft::of(&with(RFC, 2399, Some(both))).seal();
    assert!(verify(&sealed, &key(), &all()).unwrap().verified);
    assert_eq!(claims(RFC).len(), 10);
}

#[test]
fn a_component_needs_no_texts_and_no_false_ones() {
    let verified = |component: &[(i64, Vec<u8>)]| {
        let components = array(&[map(component)]);
        let sealed = Draft::of(&with(RFC, 2399, Some(components))).seal();
        verify(&sealed, &key(), &all()).unwrap().verified
    };
    let (hash, signer) = ((2, bytes(&[7; 32])), (5, bytes(&[8; 32])));
    assert!(verified(&[hash.clone(), signer.clone()]));
    assert!(!verified(&[(2, bytes(&[9; 32])), signer.clone()]));
    assert!(!verified(&[hash.clone(), (5, bytes(&[9; 32]))]));
    // A hash has a name of signing tools and one of the registry.
    for name in ["SHA256", "sha-256"] {
        let named = (6, common::text(name));
        assert!(verified(&[hash.clone(), signer.clone(), named]));
    }
    for label in [1, 4, 6] {
        let false_text = (label, common::text("other"));
        assert!(!verified(&[hash.clone(), signer.clone(), false_text]));
    }
}
