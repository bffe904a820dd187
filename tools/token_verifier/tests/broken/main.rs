// SPDX-License-Identifier: Apache-2.0
//! Broken tokens: each is refused with a message of its own, although its MAC is right wherever
//! there is one to be right.

#[path = "../common/mod.rs"]
mod common;
mod envelopes;

use common::{
    CHALLENGE, Draft, array, bytes, claims, component, integer, item, key, map, text, token, with,
};
use std::collections::HashSet;
use token_verifier::{Error, Expected, Profile, verify};

const RFC: Profile = Profile::Rfc9783;
const IOT: Profile = Profile::PsaIot1;

/// What is broken, the token, and the beginning of the message.
type Broken = (&'static str, Vec<u8>, &'static str);

fn with_claim(profile: Profile, label: i64, value: Vec<u8>) -> Vec<u8> {
    Draft::of(&with(profile, label, Some(value))).seal()
}

fn without(profile: Profile, label: i64) -> Vec<u8> {
    Draft::of(&with(profile, label, None)).seal()
}

fn with_component(change: impl FnOnce(&mut Vec<(i64, Vec<u8>)>)) -> Vec<u8> {
    let mut pairs = component();
    change(&mut pairs);
    with_claim(RFC, 2399, array(&[map(&pairs)]))
}

fn with_protected(protected: Vec<u8>) -> Vec<u8> {
    Draft {
        protected,
        ..Draft::of(&claims(RFC))
    }
    .seal()
}

fn with_unprotected(unprotected: Vec<u8>) -> Vec<u8> {
    let draft = Draft::of(&claims(RFC));
    draft.close(&[
        bytes(&draft.protected),
        unprotected,
        bytes(&draft.payload),
        bytes(&draft.mac()),
    ])
}

/// A header of a parameter and of two with one text for a label.
fn texts_twice(parameter: Vec<u8>) -> Vec<u8> {
    let label = if parameter == integer(5) { 1 } else { 33 };
    let twice = [text("x"), integer(1), text("x"), integer(2)].concat();
    [vec![0xA3], integer(label), parameter, twice].concat()
}

/// A byte string whose length has four bytes, where fewer would do.
fn long_bytes(value: &[u8]) -> Vec<u8> {
    let length = (value.len() as u32).to_be_bytes();
    [&[0x5A], &length[..], value].concat()
}

/// The claims.
fn payloads() -> Vec<Broken> {
    let mut twice = claims(RFC);
    twice.push((10, bytes(&CHALLENGE)));
    let mut long = map(&claims(RFC));
    long.push(0);
    vec![
        (
            "a payload that is no map",
            Draft::of_payload(integer(1)).seal(),
            "the payload is not well-formed CBOR",
        ),
        (
            "a payload with more behind it",
            Draft::of_payload(long).seal(),
            "1 bytes stand behind the end of the payload",
        ),
        (
            "a certification reference without its second part",
            with_claim(RFC, 2398, text("0716237800002")),
            "claim 'hardware' is not a certification reference",
        ),
        (
            "a certification reference with a letter",
            with_claim(RFC, 2398, text("071623780000X-10001")),
            "claim 'hardware' is not a certification reference",
        ),
        (
            "a certification reference with more behind it",
            with_claim(RFC, 2398, text("0716237800002-100010")),
            "claim 'hardware' is not a certification reference",
        ),
        (
            "a certification reference with a sign",
            with_claim(RFC, 2398, text("0716237800002-+1001")),
            "claim 'hardware' is not a certification reference",
        ),
        (
            "a long number",
            with_claim(RFC, 2394, vec![0x38, 0x00]),
            "the payload has a number or a length that is not",
        ),
        (
            "a long label deep in an unknown claim",
            with_claim(RFC, 70_000, array(&[vec![0xA1, 0x18, 0x01, 0x00]])),
            "the payload has a number or a length that is not",
        ),
        (
            "a truth value in two bytes",
            with_claim(RFC, 70_000, array(&[vec![0xF8, 0x15]])),
            "the payload has a number or a length that is not",
        ),
        (
            "a list without length in an unknown claim",
            with_claim(RFC, 70_000, vec![0x9F, 0xFF]),
            "the payload has no definite length",
        ),
        (
            "a text twice deep in an unknown claim",
            with_claim(
                RFC,
                70_000,
                array(&[[vec![0xA2], text("x"), integer(1), text("x"), integer(2)].concat()]),
            ),
            "a map in the payload has a key twice",
        ),
        (
            "a list as a key twice",
            with_claim(
                RFC,
                70_000,
                [vec![0xA2], array(&[]), integer(1), array(&[]), integer(2)].concat(),
            ),
            "a map in the payload has a key twice",
        ),
        (
            "a text that is none in an unknown claim",
            with_claim(RFC, 70_000, vec![0x61, 0xFF]),
            "the payload is not well-formed CBOR",
        ),
        (
            "an unknown claim without an end of its levels",
            with_claim(RFC, 70_000, [vec![0x81; 40], integer(0)].concat()),
            "the payload has more than 16 levels",
        ),
        (
            "a claim twice",
            Draft::of(&twice).seal(),
            "claim 10 stands twice",
        ),
        (
            "no profile",
            without(RFC, 265),
            "the token names no profile",
        ),
        (
            "an unknown profile",
            with_claim(RFC, 265, text("http://arm.com/psa/2.0.0")),
            "profile 'http://arm.com/psa/2.0.0' is not known",
        ),
        (
            "the name of the other profile",
            with_claim(RFC, 265, text(IOT.name())),
            "claim 265 belongs to another profile",
        ),
        (
            "a claim of the other profile",
            with_claim(RFC, -75001, integer(-1)),
            "claim -75001 belongs to another profile",
        ),
        (
            "a profile in bytes",
            with_claim(RFC, 265, bytes(b"x")),
            "claim 'profile' is not a text",
        ),
        (
            "no challenge",
            without(RFC, 10),
            "claim 'challenge' is missing",
        ),
        (
            "a challenge of 40 bytes",
            with_claim(RFC, 10, bytes(&[0; 40])),
            "claim 'challenge' is not 32, 48 or 64 bytes",
        ),
        (
            "no client id",
            without(RFC, 2394),
            "claim 'client id' is missing",
        ),
        (
            "client id 0",
            with_claim(RFC, 2394, integer(0)),
            "claim 'client id' is not a number",
        ),
        (
            "no lifecycle",
            without(RFC, 2395),
            "claim 'security lifecycle' is missing",
        ),
        (
            "an unknown lifecycle",
            with_claim(RFC, 2395, integer(0x7000)),
            "claim 'security lifecycle' is not a state",
        ),
        (
            "no implementation id",
            without(RFC, 2396),
            "claim 'implementation id' is missing",
        ),
        (
            "a short implementation id",
            with_claim(RFC, 2396, bytes(&[0; 31])),
            "claim 'implementation id' is not 32 bytes",
        ),
        (
            "no instance id",
            without(RFC, 256),
            "claim 'instance id' is missing",
        ),
        (
            "a short instance id",
            with_claim(RFC, 256, bytes(&[1; 32])),
            "claim 'instance id' is not 33 bytes",
        ),
        (
            "an instance id of another type",
            with_claim(RFC, 256, bytes(&[2; 33])),
            "claim 'instance id' is not a UEID",
        ),
        (
            "a boot seed of 7 bytes",
            with_claim(RFC, 268, bytes(&[0; 7])),
            "claim 'boot seed' is not 8 to 32 bytes",
        ),
        (
            "a short boot seed in the older profile",
            with_claim(IOT, -75004, bytes(&[0; 31])),
            "claim 'boot seed' is not 32 bytes",
        ),
        (
            "no boot seed in the older profile",
            without(IOT, -75004),
            "claim 'boot seed' is missing",
        ),
        (
            "a boot seed in text",
            with_claim(RFC, 268, text("seed")),
            "claim 'boot seed' is not 8 to 32 bytes",
        ),
        (
            "hardware in bytes",
            with_claim(RFC, 2398, bytes(b"1")),
            "claim 'hardware' is not a text",
        ),
        (
            "a service in bytes",
            with_claim(RFC, 2400, bytes(b"1")),
            "claim 'verification service' is not a text",
        ),
    ]
}

/// The software components.
fn components() -> Vec<Broken> {
    let none = with(IOT, -75006, None);
    let none = |value| [none.clone(), vec![(-75007, integer(value))]].concat();
    let mut both = claims(IOT);
    both.push((-75007, integer(1)));
    vec![
        (
            "no components",
            without(RFC, 2399),
            "claim 'software components' is missing",
        ),
        (
            "an empty list",
            with_claim(RFC, 2399, array(&[])),
            "claim 'software components' is not a list",
        ),
        (
            "a component that is no map",
            with_claim(RFC, 2399, array(&[integer(1)])),
            "software components is not well-formed",
        ),
        (
            "a list without length",
            with_claim(RFC, 2399, vec![0x9F, 0xFF]),
            "software components has no definite length",
        ),
        (
            "no measurement",
            with_component(|all| drop(all.remove(1))),
            "claim 'measurement value' is missing",
        ),
        (
            "a short measurement",
            with_component(|all| all[1].1 = bytes(&[0; 31])),
            "claim 'measurement value' is not a hash",
        ),
        (
            "a short signer id",
            with_component(|all| all[3].1 = bytes(&[0; 20])),
            "claim 'signer id' is not a hash",
        ),
        (
            "no signer id",
            with_component(|all| drop(all.remove(3))),
            "claim 'signer id' is missing",
        ),
        (
            "no signer id in the second component",
            with_claim(
                RFC,
                2399,
                array(&[map(&component()), map(&[(2, bytes(&[7; 32]))])]),
            ),
            "claim 'signer id' is missing",
        ),
        (
            "a measurement twice",
            with_component(|all| all.push((2, bytes(&[0; 32])))),
            "claim 2 stands twice",
        ),
        (
            "components and none",
            Draft::of(&both).seal(),
            "the token has software components and says",
        ),
        (
            "none, but not 1",
            Draft::of(&none(2)).seal(),
            "claim 'no software measurements' is not the number 1",
        ),
    ]
}

#[test]
fn every_broken_token_is_refused_with_its_own_message() {
    let all = [envelopes::all(), payloads(), components()].concat();
    let mut messages = HashSet::new();
    for (name, token, message) in all {
        match verify(&token, &key(), &Expected::default()) {
            Ok(_) => panic!("{name}: verified"),
            Err(error) => {
                let text = error.to_string();
                assert!(text.starts_with(message), "{name}: {text}");
                messages.insert(text);
            }
        }
    }
    // Two boot seeds are wrong in the same way.
    assert!(messages.len() >= 47, "only {} messages", messages.len());
}

#[test]
fn what_they_are_made_from_is_good() {
    for profile in Profile::ALL {
        let report = verify(&token(profile), &key(), &Expected::default()).unwrap();
        assert!(report.verified, "{report}");
    }
    let none = [with(IOT, -75006, None), vec![(-75007, integer(1))]].concat();
    let none = Draft::of(&none).seal();
    let report = verify(&none, &key(), &Expected::default()).unwrap();
    assert!(report.token.claims.software_components.is_empty());
    // The older profile need not say its name.
    let unnamed = verify(&without(IOT, -75000), &key(), &Expected::default()).unwrap();
    assert_eq!(unnamed.token.claims.profile, IOT);
    let strange = with_claim(RFC, 70_000, text("mine"));
    let report = verify(&strange, &key(), &Expected::default()).unwrap();
    assert_eq!(
        report.token.claims.others.keys().collect::<Vec<_>>(),
        [&70_000]
    );
}

#[test]
fn the_proof_is_looked_at_before_the_claims() {
    let mut broken = Draft::of(&with(RFC, 10, None));
    let sealed = broken.seal();
    broken.payload = map(&claims(RFC));
    assert!(matches!(
        verify(&sealed, &key(), &Expected::default()),
        Err(Error::ClaimMissing("challenge"))
    ));
    let forged = broken.close(&[
        bytes(&broken.protected),
        map(&[]),
        bytes(&map(&with(RFC, 10, None))),
        bytes(&broken.mac()),
    ]);
    assert!(matches!(
        verify(&forged, &key(), &Expected::default()),
        Err(Error::ProofWrong("MAC"))
    ));
}
