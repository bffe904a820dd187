// SPDX-License-Identifier: Apache-2.0
//! Initial Attestation through the safe client, and through calls that it can't make. The host
//! verifies the content of tokens; these tests verify correct and incorrect use of the service.

use client::attestation::{get_token, get_token_size};
use client::veneers::Veneers;
use client::{Gateway, InVector, OutVector, Status, gateway, key, mac};
use nonsecure::config::crypto::CONCURRENT_OPERATIONS;
use psa::attestation::{GET_TOKEN, GET_TOKEN_SIZE};
use psa::crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage};
use psa::service::INITIAL_ATTESTATION;

use super::hashes::OPERATIONS;
use super::support::{any_hash, raw_calls};

const UNKNOWN_REQUESTS: [i16; 4] = [0, 1000, 1003, i16::MAX];

/// Sizes of challenges.
const CHALLENGES: [usize; 3] = [32, 48, 64];
const ROOM_BYTES: usize = 640;
const UNTOUCHED: u8 = 0xEE;
/// Tag 17, a list of four, the protected header with algorithm 5.
const HEAD: [u8; 6] = [0xD1, 0x84, 0x43, 0xA1, 0x01, 0x05];
/// The head of the MAC, a byte string.
const CODE_HEAD: [u8; 2] = [0x58, 32];
const CODE_BYTES: usize = 32;
/// The limits of Profile Small, with a challenge of 32 bytes.
const MOST_TOKEN_BYTES: usize = 370;

fn challenge<const BYTES: usize>() -> [u8; BYTES] {
    core::array::from_fn(|index| (index * 5 + 3) as u8)
}

fn holds(token: &[u8], part: &[u8]) -> bool {
    token.windows(part.len()).any(|window| window == part)
}

pub fn the_service_has_its_version() {
    let service = INITIAL_ATTESTATION;
    assert_eq!(Veneers.version(service.sid), u32::from(service.version));
}

pub fn a_token_has_the_announced_size() {
    let challenge = challenge::<64>();
    for challenge_bytes in CHALLENGES {
        let size = get_token_size(&Veneers, challenge_bytes).unwrap();
        let challenge = &challenge[..challenge_bytes];
        let mut room = [UNTOUCHED; ROOM_BYTES];
        assert_eq!(get_token(&Veneers, challenge, &mut room), Ok(size));
        let (token, rest) = room.split_at(size);
        assert!(rest.iter().all(|byte| *byte == UNTOUCHED));
        assert!(token.starts_with(&HEAD));
        assert!(holds(token, challenge));
        assert_eq!(token[size - CODE_BYTES - 2..][..2], CODE_HEAD);
        assert!(challenge_bytes > 32 || size <= MOST_TOKEN_BYTES);

        let mut exact = [UNTOUCHED; ROOM_BYTES];
        assert_eq!(get_token(&Veneers, challenge, &mut exact[..size]), Ok(size));
        assert_eq!(exact, room);
    }
}

pub fn a_token_depends_on_its_challenge_only() {
    let (mut first, mut second) = ([0; ROOM_BYTES], [0; ROOM_BYTES]);
    let mut challenge = challenge::<32>();
    let size = get_token(&Veneers, &challenge, &mut first).unwrap();
    assert_eq!(get_token(&Veneers, &challenge, &mut second), Ok(size));
    assert_eq!(first, second);
    challenge[31] ^= 1;
    assert_eq!(get_token(&Veneers, &challenge, &mut second), Ok(size));
    let differing = first
        .iter()
        .zip(second)
        .filter(|(one, other)| **one != *other);
    // One byte of the challenge, and the code.
    assert!((2..=1 + CODE_BYTES).contains(&differing.count()));
}

pub fn other_challenges_are_refused() {
    for challenge_bytes in [0, 1, 16, 31, 33, 47, 49, 63, 65, 128] {
        let mut room = [UNTOUCHED; ROOM_BYTES];
        let outcome = get_token(&Veneers, &[7; 128][..challenge_bytes], &mut room);
        assert_eq!(outcome, Err(Status::INVALID_ARGUMENT));
        assert_eq!(room, [UNTOUCHED; ROOM_BYTES]);
        let outcome = get_token_size(&Veneers, challenge_bytes);
        assert_eq!(outcome, Err(Status::INVALID_ARGUMENT));
    }
    let outcome = get_token_size(&Veneers, u32::MAX as usize);
    assert_eq!(outcome, Err(Status::INVALID_ARGUMENT));
}

pub fn a_small_buffer_is_not_changed() {
    let size = get_token_size(&Veneers, 32).unwrap();
    for room_bytes in [0, 1, 32, size / 2, size - 1] {
        let mut room = [UNTOUCHED; ROOM_BYTES];
        let outcome = get_token(&Veneers, &challenge::<32>(), &mut room[..room_bytes]);
        let status = match room_bytes {
            0 => Status::INVALID_ARGUMENT,
            _ => Status::BUFFER_TOO_SMALL,
        };
        assert_eq!(outcome, Err(status));
        assert_eq!(room, [UNTOUCHED; ROOM_BYTES]);
    }
}

/// Calls the service with any inputs and outputs.
fn call(message_type: i16, inputs: &[&[u8]], output: &mut [u8]) -> Result<(), Status> {
    let mut vectors = [InVector::new(&[]); 3];
    for (vector, input) in vectors.iter_mut().zip(inputs) {
        *vector = InVector::new(input);
    }
    let mut outputs = [OutVector::new(output)];
    let handle = INITIAL_ATTESTATION.handle();
    let inputs = &vectors[..inputs.len()];
    gateway::call(&Veneers, handle, message_type, inputs, &mut outputs)
}

pub fn malformed_requests_are_refused() {
    let challenge = challenge::<32>();
    for request in UNKNOWN_REQUESTS {
        let outcome = call(request, &[&challenge], &mut [0; ROOM_BYTES]);
        assert_eq!(outcome, Err(Status::NOT_SUPPORTED));
    }
    let size = 32u32.to_le_bytes();
    for (input, room_bytes) in [(&size[..3], 4), (&size[..], 3), (&size, 8), (&[], 4)] {
        let outcome = call(GET_TOKEN_SIZE, &[input], &mut [0; 8][..room_bytes]);
        assert_eq!(outcome, Err(Status::PROGRAMMER_ERROR));
    }
    let handle = INITIAL_ATTESTATION.handle().bits();
    for (request, expected) in [
        (GET_TOKEN, Status::INVALID_ARGUMENT),
        (GET_TOKEN_SIZE, Status::PROGRAMMER_ERROR),
    ] {
        let control = raw_calls::control(request as u16, 0, 0);
        assert_eq!(raw_calls::call(handle, control, 0, 0), expected);
    }
}

/// The challenge overlaps the token.
pub fn a_token_may_overwrite_its_challenge() {
    let challenge = challenge::<64>();
    let mut expected = [0; ROOM_BYTES];
    let size = get_token(&Veneers, &challenge, &mut expected).unwrap();
    for offset in [0, 1, 20, size - 64, size] {
        let mut room = [0; ROOM_BYTES];
        room[offset..offset + 64].copy_from_slice(&challenge);
        let start = raw_calls::address_mut(&mut room);
        let inputs = [[start + offset as u32, 64]];
        let mut outputs = [[start, size as u32]];
        let outputs = raw_calls::address_mut(&mut outputs);
        let handle = INITIAL_ATTESTATION.handle().bits();
        let control = raw_calls::control(GET_TOKEN as u16, 1, 1);
        let status = raw_calls::call(handle, control, raw_calls::address(&inputs), outputs);
        assert_eq!(status, Status::SUCCESS);
        assert_eq!(room[..size], expected[..size], "offset {offset}");
    }
}

pub fn secure_memory_gets_no_token() {
    for address in raw_calls::SECURE_ADDRESSES {
        let challenge = challenge::<32>();
        let inputs = [[raw_calls::address(&challenge), 32]];
        let outputs = [[*address, ROOM_BYTES as u32]];
        let handle = INITIAL_ATTESTATION.handle().bits();
        let control = raw_calls::control(GET_TOKEN as u16, 1, 1);
        let outputs = raw_calls::address(&outputs);
        let status = raw_calls::call(handle, control, raw_calls::address(&inputs), outputs);
        assert_eq!(status, Status::PROGRAMMER_ERROR, "{address:#x}");
    }
}

/// The attestation key is of no use to an application, also after it has authenticated a token.
pub fn the_attestation_key_has_no_other_use() {
    let hmac = Algorithm::hmac(Algorithm::SHA_256);
    let id = KeyId::INITIAL_ATTESTATION_KEY;
    let refused = Status::NOT_PERMITTED;
    let (mut before, mut after) = ([0; ROOM_BYTES], [0; ROOM_BYTES]);
    let size = get_token(&Veneers, &challenge::<32>(), &mut before);
    assert!(size.is_ok());

    let mut room = [UNTOUCHED; 32];
    let outcome = mac::compute(&Veneers, id, hmac, b"token", &mut room);
    assert_eq!(outcome, Err(refused));
    assert_eq!(
        mac::verify(&Veneers, id, hmac, b"token", &[0; 32]),
        Err(refused)
    );
    let setup = mac::Mac::sign_setup(&Veneers, id, hmac).map(|_| ());
    assert_eq!(setup, Err(refused));
    let setup = mac::Mac::verify_setup(&Veneers, id, hmac).map(|_| ());
    assert_eq!(setup, Err(refused));
    assert_eq!(key::export(&Veneers, id, &mut room), Err(refused));
    assert_eq!(key::export_public(&Veneers, id, &mut room), Err(refused));
    assert_eq!(room, [UNTOUCHED; 32]);
    assert_eq!(key::attributes(&Veneers, id), Err(refused));
    let own = KeyAttributes::new(KeyType::HMAC, 0, Usage::EXPORT, hmac);
    assert_eq!(key::copy(&Veneers, id, &own), Err(refused));
    assert_eq!(key::purge(&Veneers, id), Err(refused));
    assert_eq!(key::destroy(&Veneers, id), Err(refused));

    // The key is there still, and the same.
    let outcome = get_token(&Veneers, &challenge::<32>(), &mut after);
    assert_eq!((outcome, after), (size, before));
}

/// A token needs an operation of Crypto. In Profile Small one client may have all operations: it
/// gets no token until it ends one.
pub fn a_token_needs_a_free_operation() {
    let mut open = [const { None }; OPERATIONS + 1];
    let mut count = 0;
    for place in &mut open {
        *place = client::hash::Hash::setup(&Veneers, any_hash::ALGORITHM).ok();
        count += usize::from(place.is_some());
    }
    assert_eq!(count, OPERATIONS);
    let ask = || get_token(&Veneers, &challenge::<32>(), &mut [0; ROOM_BYTES]);
    let is_one_left = OPERATIONS < CONCURRENT_OPERATIONS;
    assert_eq!(ask().is_ok(), is_one_left);
    open[0] = None;
    assert!(ask().is_ok());
}
