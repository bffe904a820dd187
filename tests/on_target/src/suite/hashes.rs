// SPDX-License-Identifier: Apache-2.0
//! The hash functions of the Crypto service through the safe client.

use client::hash::{self, Hash};
use client::veneers::Veneers;
use client::{Gateway, Status};
use nonsecure::config::crypto::{CONCURRENT_OPERATIONS, OPERATIONS_PER_CLIENT};
use psa::crypto::Algorithm;
use psa::service::CRYPTO;

use super::derivations::hex;
use super::support::any_hash;

const SHA_256: Algorithm = Algorithm::SHA_256;
/// Operations that one client may have open at once.
pub const OPERATIONS: usize = if OPERATIONS_PER_CLIENT < CONCURRENT_OPERATIONS {
    OPERATIONS_PER_CLIENT
} else {
    CONCURRENT_OPERATIONS
};
/// `PSA_ALG_SHA3_512`: a hash that no profile has.
const SHA3_512: Algorithm = Algorithm(0x0200_0013);

/// FIPS 180-4 examples: the empty message, "abc", and the message of two blocks.
const VECTORS: &[(&[u8], [u8; 32])] = &[
    (
        b"",
        [
            0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f,
            0xb9, 0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b,
            0x78, 0x52, 0xb8, 0x55,
        ],
    ),
    (
        b"abc",
        [
            0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae,
            0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61,
            0xf2, 0x00, 0x15, 0xad,
        ],
    ),
    (
        b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        [
            0x24, 0x8d, 0x6a, 0x61, 0xd2, 0x06, 0x38, 0xb8, 0xe5, 0xc0, 0x26, 0x93, 0x0c, 0x3e,
            0x60, 0x39, 0xa3, 0x3c, 0xe4, 0x59, 0x64, 0xff, 0x21, 0x67, 0xf6, 0xec, 0xed, 0xd4,
            0x19, 0xdb, 0x06, 0xc1,
        ],
    ),
];

pub fn the_service_has_its_version() {
    assert_eq!(Veneers.version(CRYPTO.sid), 1);
}

pub fn versions_are_answered() {
    assert_eq!(Veneers.framework_version(), 0x0101);
    for sid in [0, 1, 0x7f, 0x81, 0x8000_0080, u32::MAX] {
        assert_eq!(Veneers.version(sid), 0, "SID {sid:#x}");
    }
}

pub fn published_vectors_match() {
    for (message, digest) in VECTORS {
        let mut hash = [0; 32];
        assert_eq!(hash::compute(&Veneers, SHA_256, message, &mut hash), Ok(32));
        assert_eq!(&hash, digest);
    }
}

pub fn any_split_gives_the_same_hash() {
    let (message, digest) = VECTORS[2];
    for split in 0..=message.len() {
        let mut operation = Hash::setup(&Veneers, SHA_256).unwrap();
        operation.update(&message[..split]).unwrap();
        operation.update(&message[split..]).unwrap();
        let mut hash = [0; 64];
        assert_eq!(operation.finish(&mut hash), Ok(32));
        assert_eq!(hash[..32], digest);
        assert_eq!(hash[32..], [0; 32], "written beyond the hash");
    }
}

pub fn a_clone_is_independent() {
    let (message, digest) = VECTORS[1];
    let mut first = Hash::setup(&Veneers, SHA_256).unwrap();
    first.update(&message[..1]).unwrap();
    let mut second = first.duplicate().unwrap();
    first.update(b"something else").unwrap();
    second.update(&message[1..]).unwrap();
    assert_eq!(second.verify(&digest), Ok(()));
    assert_eq!(first.verify(&digest), Err(Status::INVALID_SIGNATURE));
}

pub fn a_comparison_detects_a_difference() {
    let (message, digest) = VECTORS[1];
    assert_eq!(hash::compare(&Veneers, SHA_256, message, &digest), Ok(()));
    for byte in 0..digest.len() {
        let mut wrong = digest;
        wrong[byte] ^= 1;
        let answer = hash::compare(&Veneers, SHA_256, message, &wrong);
        assert_eq!(answer, Err(Status::INVALID_SIGNATURE), "byte {byte}");
    }
    let short = hash::compare(&Veneers, SHA_256, message, &digest[..31]);
    assert_eq!(short, Err(Status::INVALID_SIGNATURE));
    let unknown = hash::compare(&Veneers, SHA3_512, message, &digest);
    assert_eq!(unknown, Err(Status::NOT_SUPPORTED));
}

pub fn a_small_buffer_is_refused() {
    let mut hash = [0; 31];
    let answer = hash::compute(&Veneers, SHA_256, b"abc", &mut hash);
    assert_eq!(answer, Err(Status::BUFFER_TOO_SMALL));
    assert_eq!(hash, [0; 31]);
}

pub fn contexts_are_limited_and_reusable() {
    let setup = || Hash::setup(&Veneers, any_hash::ALGORITHM);
    {
        let mut open = [const { None }; OPERATIONS];
        open.fill_with(|| Some(setup().unwrap()));
        assert_eq!(setup().err(), Some(Status::INSUFFICIENT_MEMORY));
    }
    assert!(setup().is_ok());
}

pub fn an_ended_operation_stays_ended() {
    let operation = Hash::setup(&Veneers, any_hash::ALGORITHM).unwrap();
    let mut short = [0; 8];
    assert_eq!(operation.finish(&mut short), Err(Status::BUFFER_TOO_SMALL));
    // All contexts are free again: the failed finish has ended its operation.
    contexts_are_limited_and_reusable();
}

/// FIPS 180-4, examples: the hash of "abc".
fn check_abc<const BYTES: usize>(algorithm: Algorithm, expected: [u8; BYTES]) {
    let mut digest = [0; BYTES];
    let length = hash::compute(&Veneers, algorithm, b"abc", &mut digest);
    assert_eq!((length, digest), (Ok(BYTES), expected));
}

pub fn sha_224_matches_published_vectors() {
    let expected = hex::<28>("23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
    check_abc(Algorithm::SHA_224, expected);
}

pub fn sha_384_matches_published_vectors() {
    let expected = hex::<48>(
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed\
         8086072ba1e7cc2358baeca134c825a7",
    );
    check_abc(Algorithm::SHA_384, expected);
}

pub fn sha_512_matches_published_vectors() {
    let expected = hex::<64>(
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    );
    check_abc(Algorithm::SHA_512, expected);
}
