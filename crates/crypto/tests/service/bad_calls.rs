// SPDX-License-Identifier: Apache-2.0
//! Calls that no client library makes, and parameters that the service does not have.

use std::ops::RangeInclusive;

use proptest::prelude::*;
use psa::{
    Status,
    crypto::{Algorithm, Fields, Function, PACK_BYTES, Pack},
};
use sha2::{Digest, Sha256};

use crate::client::*;

#[test]
fn a_pack_of_another_size_is_an_error_of_the_programmer() {
    let device = Device::new();
    let pack = Pack::new(Function::CAN_DO_HASH).with_algorithm(Algorithm::SHA_256);
    let mut long = pack.bytes().to_vec();
    long.push(0);
    for bad in [
        &[],
        &pack.bytes()[..PACK_BYTES - 1],
        &pack.bytes()[..4],
        &long,
    ] {
        let answer = device.call(0, &[bad], &[Output::New(4)]);
        assert_eq!(
            (answer.status, answer.outputs[0].len()),
            (Status::PROGRAMMER_ERROR, 0)
        );
    }
    assert_eq!(device.call(0, &[], &[]).status, Status::PROGRAMMER_ERROR);
}

#[test]
fn other_message_types_are_not_supported() {
    let device = Device::new();
    let pack = Pack::new(Function::CAN_DO_HASH);
    for message_type in [1, 1001, i16::MAX] {
        let answer = device.call(message_type, &[pack.bytes()], &[Output::New(4)]);
        assert_eq!(answer.status, Status::NOT_SUPPORTED);
    }
}

/// The functions that there are.
const FUNCTIONS: [RangeInclusive<u16>; 6] = [
    0x0100..=0x0100,
    0x0200..=0x0200,
    0x0203..=0x0209,
    0x0300..=0x0308,
    0x0400..=0x0407,
    0x0600..=0x060B,
];

#[test]
fn a_profile_without_algorithms_has_none() {
    let device = Device::<Bare>::with_backend();
    for number in (0..0x1000).filter(|number| number >> 8 > 2) {
        let answer = device.function(Pack::new(Function(number)), &[&[0; 4]], &[Output::New(4)]);
        assert_eq!(answer.status, Status::NOT_SUPPORTED, "{number:#06x}");
    }
}

#[test]
fn a_module_that_is_off_serves_none_of_its_functions() {
    let device = Device::<WithoutModules>::with_backend();
    let all = Device::new();
    let mut served = 0;
    for number in FUNCTIONS.iter().flat_map(Clone::clone) {
        let function = Function(number);
        let status = device.function(Pack::new(function), &[], &[]).status;
        if [Function::GROUP_HASH, Function::GROUP_KEYS].contains(&function.group()) {
            assert_eq!(status, Status::NOT_SUPPORTED, "{number:#06x}");
        } else {
            // The others answer as they do with all modules.
            assert_eq!(status, all.function(Pack::new(function), &[], &[]).status);
            served += usize::from(status != Status::NOT_SUPPORTED);
        }
    }
    assert!(served > 10, "{served}");
}

#[test]
fn functions_that_do_not_exist_are_not_supported() {
    let device = Device::new();
    for number in (0..0x1000).chain([0x8300, 0xFF00, u16::MAX]) {
        if FUNCTIONS.iter().any(|range| range.contains(&number)) {
            continue;
        }
        let answer = device.function(Pack::new(Function(number)), &[], &[]);
        assert_eq!(answer.status, Status::NOT_SUPPORTED, "{number:#06x}");
    }
}

#[test]
fn algorithms_that_are_no_hash_or_not_here() {
    let device = Device::new();
    for (algorithm, status) in [
        (0, Status::INVALID_ARGUMENT),
        (0x0380_0009, Status::INVALID_ARGUMENT), // HMAC
        (0x8200_0009, Status::NOT_SUPPORTED),    // a vendor's hash
        (0x0200_0008, Status::NOT_SUPPORTED),    // SHA-224
        (0x0200_00FF, Status::NOT_SUPPORTED),    // any hash
        (0x0200_0109, Status::NOT_SUPPORTED),
    ] {
        let algorithm = Algorithm(algorithm);
        let answer = device.compute(algorithm, b"data", DIGEST_BYTES);
        assert_eq!((answer.status, answer.outputs[0].len()), (status, 0));
        assert_eq!(device.compare(algorithm, b"data", &[0; 32]), status);
    }
}

#[test]
fn a_digest_is_written_whole_or_not_at_all() {
    let device = Device::new();
    for room in 0..DIGEST_BYTES {
        let answer = device.compute(Algorithm::SHA_256, b"data", room);
        assert_eq!(
            (answer.status, answer.outputs[0].len()),
            (Status::BUFFER_TOO_SMALL, 0)
        );
    }
    let answer = device.compute(Algorithm::SHA_256, b"data", 1000);
    assert_eq!(
        (answer.status, answer.outputs[0].len()),
        (Status::SUCCESS, DIGEST_BYTES)
    );
}

#[test]
fn compare_wants_the_whole_hash_and_every_bit_of_it() {
    let device = Device::new();
    let hash = Sha256::digest(b"data");
    for bit in 0..256 {
        let mut wrong = hash;
        wrong[bit / 8] ^= 1 << (bit % 8);
        let status = device.compare(Algorithm::SHA_256, b"data", &wrong);
        assert_eq!(status, Status::INVALID_SIGNATURE);
    }
    for length in 0..DIGEST_BYTES {
        let status = device.compare(Algorithm::SHA_256, b"data", &hash[..length]);
        assert_eq!(status, Status::INVALID_SIGNATURE);
    }
    let long = [hash.as_slice(), &[0]].concat();
    assert_eq!(
        device.compare(Algorithm::SHA_256, b"data", &long),
        Status::INVALID_SIGNATURE
    );
}

#[test]
fn a_handle_needs_a_vector_of_its_size_and_without_it_nothing_happens() {
    let device = Device::new();
    let handle = device.started();
    device.update(handle, b"abc");
    for function in [
        Function::HASH_SETUP,
        Function::HASH_FINISH,
        Function::HASH_VERIFY,
        Function::HASH_CLONE,
    ] {
        let active = if function == Function::HASH_SETUP {
            0
        } else {
            handle
        };
        let mut pack = Pack::new(function).with_operation_handle(active);
        if function == Function::HASH_SETUP {
            pack = pack.with_algorithm(Algorithm::SHA_256);
        }
        for outputs in [
            &[][..],
            &[Output::New(0)],
            &[Output::New(3)],
            &[Output::New(5)],
        ] {
            let answer = device.function(pack.clone(), &[&[0; 4]], outputs);
            assert_eq!(answer.status, Status::PROGRAMMER_ERROR, "{function:?}");
        }
    }
    for target in [&[][..], &[0], &[0; 3]] {
        let pack = Pack::new(Function::HASH_CLONE).with_operation_handle(handle);
        let answer = device.function(pack, &[target], &[Output::New(4)]);
        assert_eq!(answer.status, Status::PROGRAMMER_ERROR);
    }
    let digest = Sha256::digest(b"abc");
    assert_eq!(
        device.verify(handle, &digest).status,
        Status::SUCCESS,
        "still there"
    );
}

#[test]
fn what_hashes_there_are_can_be_asked() {
    let device = Device::new();
    for (algorithm, answer) in [(0x0200_0009, 1), (0x0200_000A, 0), (0, 0)] {
        let pack = Pack::new(Function::CAN_DO_HASH).with_algorithm(Algorithm(algorithm));
        let reply = device.function(pack.clone(), &[], &[Output::New(4)]);
        assert_eq!((reply.status, reply.handle()), (Status::SUCCESS, answer));
        let reply = device.function(pack, &[], &[Output::New(3)]);
        assert_eq!(reply.status, Status::BUFFER_TOO_SMALL);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever a client sends, the service answers with a status that it knows, and the
    /// operation of another client survives.
    #[test]
    fn arbitrary_messages(
        calls in prop::collection::vec(
            (
                prop_oneof![
                    4 => 0x0300u16..0x030A,
                    3 => 0x0400u16..0x0409,
                    4 => 0x0600u16..0x060D,
                    3 => 0x01FFu16..0x020B,
                    1 => any::<u16>(),
                ],
                prop_oneof![
                    Just(0x0200_0009u32),
                    Just(0x0380_0009u32),
                    Just(0x0550_0100u32),
                    any::<u32>(),
                ],
                prop_oneof![0u32..8, any::<u32>()],
                prop::collection::vec(prop::collection::vec(any::<u8>(), 0..80), 0..3),
                prop::collection::vec(prop_oneof![Just(4usize), 0usize..80], 0..2),
            ),
            1..12,
        ),
    ) {
        let device = Device::new();
        device.become_client(-7);
        let other = device.started();
        device.update(other, b"not yours");
        device.become_client(-1);
        for (function, algorithm, handle, inputs, outputs) in &calls {
            let function = Function(*function);
            let mut pack = Pack::new(function);
            if function.fields().include(Fields::ALGORITHM) {
                pack = pack.with_algorithm(Algorithm(*algorithm));
            }
            if function.fields().include(Fields::OPERATION) {
                pack = pack.with_operation_handle(*handle);
            }
            let inputs: Vec<&[u8]> = inputs.iter().map(Vec::as_slice).collect();
            let outputs: Vec<_> = outputs.iter().map(|size| Output::New(*size)).collect();
            let answer = device.function(pack, &inputs, &outputs);
            prop_assert!(matches!(
                answer.status.0,
                0 | -129 | -138..=-133 | -141 | -149
            ));
        }
        device.become_client(-7);
        let digest = Sha256::digest(b"not yours");
        prop_assert_eq!(device.verify(other, &digest).status, Status::SUCCESS);
    }
}
