// SPDX-License-Identifier: Apache-2.0
//! Payloads that are broken, and claims that have another form than the profile says.

use super::{Broken, IOT, RFC, with_claim, without};
use crate::common::{CHALLENGE, Draft, array, bytes, claims, integer, map, text};

/// The claims.
pub fn payloads() -> Vec<Broken> {
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
