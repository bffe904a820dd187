// SPDX-License-Identifier: Apache-2.0
//! A valid token in parts, which the tests can change.
#![allow(dead_code, reason = "each test uses a part")]

use hmac::{Hmac, KeyInit as _, Mac as _};
use minicbor::Encoder;
use sha2::{Digest as _, Sha256};
use token_verifier::{Key, Profile};

pub const IAK: [u8; 32] = [0x5A; 32];
pub const CHALLENGE: [u8; 32] = [0x11; 32];

pub fn key() -> Key {
    Key::iak(&IAK).expect("32 bytes are a key")
}

/// One CBOR item.
pub fn item(encode: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode(&mut Encoder::new(&mut bytes));
    bytes
}

pub fn integer(value: i64) -> Vec<u8> {
    item(|encoder| drop(encoder.i64(value)))
}

pub fn bytes(value: &[u8]) -> Vec<u8> {
    item(|encoder| drop(encoder.bytes(value)))
}

pub fn text(value: &str) -> Vec<u8> {
    item(|encoder| drop(encoder.str(value)))
}

/// A map of items.
pub fn map(pairs: &[(i64, Vec<u8>)]) -> Vec<u8> {
    let mut map = item(|encoder| drop(encoder.map(pairs.len() as u64)));
    for (label, value) in pairs {
        map.extend(integer(*label));
        map.extend(value);
    }
    map
}

/// A list of items.
pub fn array(items: &[Vec<u8>]) -> Vec<u8> {
    let mut array = item(|encoder| drop(encoder.array(items.len() as u64)));
    items.iter().for_each(|item| array.extend(item));
    array
}

pub fn instance_id() -> Vec<u8> {
    let hash = Sha256::digest(Sha256::digest(IAK));
    [&[1], hash.as_slice()].concat()
}

pub fn component() -> Vec<(i64, Vec<u8>)> {
    vec![
        (1, text("NSPE_SPE")),
        (2, bytes(&[7; 32])),
        (4, text("1.2.3")),
        (5, bytes(&[8; 32])),
        (6, text("SHA256")),
    ]
}

/// The claims of a good token, in the order of the labels' table.
pub fn claims(profile: Profile) -> Vec<(i64, Vec<u8>)> {
    let labels: [i64; 10] = match profile {
        Profile::Rfc9783 => [265, 2394, 2395, 2396, 268, 2398, 2399, 10, 256, 2400],
        Profile::PsaIot1 => [
            -75000, -75001, -75002, -75003, -75004, -75005, -75006, -75008, -75009, -75010,
        ],
    };
    let values = [
        text(profile.name()),
        integer(-1),
        integer(0x3000),
        bytes(&[3; 32]),
        bytes(&[4; 32]),
        text("1234567890123-12345"),
        array(&[map(&component())]),
        bytes(&CHALLENGE),
        bytes(&instance_id()),
        text("https://verifier.example"),
    ];
    labels.into_iter().zip(values).collect()
}

/// The claims with one of them replaced, added or (nothing) left out.
pub fn with(profile: Profile, label: i64, value: Option<Vec<u8>>) -> Vec<(i64, Vec<u8>)> {
    let mut all = claims(profile);
    let place = all.iter().position(|(present, _)| *present == label);
    match (place, value) {
        (Some(place), Some(value)) => all[place].1 = value,
        (Some(place), None) => drop(all.remove(place)),
        (None, Some(value)) => all.push((label, value)),
        (None, None) => panic!("there is no claim {label}"),
    }
    all
}

/// The parts of an envelope.
pub struct Draft {
    pub tag: Option<u64>,
    pub protected: Vec<u8>,
    pub unprotected: Vec<u8>,
    pub payload: Vec<u8>,
}

impl Draft {
    pub fn of(claims: &[(i64, Vec<u8>)]) -> Self {
        Self::of_payload(map(claims))
    }

    pub fn of_payload(payload: Vec<u8>) -> Self {
        Self {
            tag: Some(17),
            protected: map(&[(1, integer(5))]),
            unprotected: map(&[]),
            payload,
        }
    }

    pub fn mac(&self) -> Vec<u8> {
        let parts = [
            text("MAC0"),
            bytes(&self.protected),
            bytes(&[]),
            bytes(&self.payload),
        ];
        let mut mac = Hmac::<Sha256>::new_from_slice(&IAK).expect("any length is a key");
        mac.update(&array(&parts));
        mac.finalize().into_bytes().to_vec()
    }

    /// The token.
    pub fn seal(&self) -> Vec<u8> {
        self.close(&[
            bytes(&self.protected),
            self.unprotected.clone(),
            bytes(&self.payload),
            bytes(&self.mac()),
        ])
    }

    /// A token of other parts.
    pub fn close(&self, parts: &[Vec<u8>]) -> Vec<u8> {
        let mut token = match self.tag {
            Some(tag) => item(|encoder| drop(encoder.tag(minicbor::data::Tag::new(tag)))),
            None => Vec::new(),
        };
        token.extend(array(parts));
        token
    }
}

/// A good token.
pub fn token(profile: Profile) -> Vec<u8> {
    Draft::of(&claims(profile)).seal()
}
