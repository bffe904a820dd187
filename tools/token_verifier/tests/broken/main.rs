// SPDX-License-Identifier: Apache-2.0
//! Broken tokens: each is refused with a message of its own, although its MAC is right wherever
//! there is one to be right.

#[path = "../common/mod.rs"]
mod common;
mod components;
mod envelopes;
mod payloads;

use common::{Draft, array, bytes, claims, component, integer, item, key, map, text, token, with};
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

#[test]
fn every_broken_token_is_refused_with_its_own_message() {
    let all = [
        envelopes::all(),
        payloads::payloads(),
        components::components(),
    ]
    .concat();
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
