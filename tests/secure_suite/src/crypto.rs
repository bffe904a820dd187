// SPDX-License-Identifier: Apache-2.0
//! Hashes and random numbers.

use psa::crypto::{Algorithm, Function, MESSAGE_TYPE, Pack};
use psa::service::CRYPTO;
use psa::{Framework, OutVector, Status};

use crate::case::{Outcome, check};

/// `PSA_ALG_SHA3_512`: a hash that no image has.
const SHA3_512: Algorithm = Algorithm(0x0200_0013);
/// FIPS 180-4: the hash of "abc".
const ABC: [u8; 32] = [
    0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
    0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
];

/// One call with one output.
#[inline(never)] // its frame is not that of the case
pub fn call(
    framework: &impl Framework,
    pack: &Pack,
    inputs: [&[u8]; 2],
    output: &mut [u8],
) -> Status {
    let inputs = [pack.bytes().as_slice(), inputs[0], inputs[1]];
    let mut outputs = [OutVector::new(output)];
    framework.call(CRYPTO.handle(), MESSAGE_TYPE, &inputs, &mut outputs)
}

pub fn versions_are_told(framework: &impl Framework) -> Outcome {
    check!(framework.version(CRYPTO.sid) == u32::from(CRYPTO.version));
    check!(framework.version(0) == 0);
    check!(framework.version(u32::MAX) == 0);
    Ok(())
}

pub fn a_hash_matches_its_vector(framework: &impl Framework) -> Outcome {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(Algorithm::SHA_256);
    let mut digest = [0; 32];
    let status = call(framework, &pack, [b"abc", &[]], &mut digest);
    check!(status == Status::SUCCESS);
    check!(digest == ABC);
    Ok(())
}

pub fn an_unknown_hash_is_refused(framework: &impl Framework) -> Outcome {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(SHA3_512);
    let mut digest = [0; 64];
    let status = call(framework, &pack, [b"abc", &[]], &mut digest);
    check!(status == Status::NOT_SUPPORTED);
    check!(digest == [0; 64]);
    Ok(())
}

pub fn random_numbers_differ(framework: &impl Framework) -> Outcome {
    let pack = Pack::new(Function::GENERATE_RANDOM);
    let (mut one, mut other) = ([0; 32], [0; 32]);
    for number in [&mut one, &mut other] {
        check!(call(framework, &pack, [&[], &[]], number) == Status::SUCCESS);
    }
    check!(one != other);
    check!(one != [0; 32]);
    Ok(())
}
