// SPDX-License-Identifier: Apache-2.0
//! Digests, against published vectors and against an independent implementation.

use proptest::prelude::*;
use psa::{
    Status,
    crypto::{Algorithm, Function, Pack},
};
use sha2::{Digest, Sha256};

use crate::client::*;

/// Message and digest in hexadecimal: the examples of FIPS 180-4 and short messages of the
/// Secure Hash Algorithm Validation System (SHA256ShortMsg).
const VECTORS: &[(&str, &str)] = &[
    (
        "",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ),
    (
        "616263",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    (
        "6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e\
         6c6d6e6f6d6e6f706e6f7071",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ),
    (
        "d3",
        "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1",
    ),
    (
        "11af",
        "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98",
    ),
    (
        "b4190e",
        "dff2e73091f6c05e528896c4c831b9448653dc2ff043528f6769437bc7b975c2",
    ),
    (
        "74ba2521",
        "b16aa56be3880d18cd41e68384cf1ec8c17680c45a02b1575dc1518923ae8b0e",
    ),
];

fn bytes(hexadecimal: &str) -> Vec<u8> {
    hex::decode(hexadecimal).unwrap()
}

#[test]
fn published_vectors_in_one_call() {
    let device = Device::new();
    for (message, digest) in VECTORS {
        let answer = device.compute(Algorithm::SHA_256, &bytes(message), DIGEST_BYTES);
        assert_eq!(answer.status, Status::SUCCESS);
        assert_eq!(hex::encode(&answer.outputs[0]), *digest);
        let status = device.compare(Algorithm::SHA_256, &bytes(message), &bytes(digest));
        assert_eq!(status, Status::SUCCESS);
    }
}

#[test]
fn a_million_times_the_letter_a_in_many_calls() {
    let device = Device::new();
    let handle = device.started();
    let chunk = vec![b'a'; 10_000];
    for _ in 0..100 {
        assert_eq!(device.update(handle, &chunk), Status::SUCCESS);
    }
    assert_eq!(
        hex::encode(&device.finish(handle, DIGEST_BYTES).outputs[1]),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    );
}

#[test]
fn every_length_around_the_block_boundaries() {
    let device = Device::new();
    let message: Vec<u8> = (0..=255).collect();
    for length in (0..=130).chain([191, 192, 193, 255]) {
        let answer = device.compute(Algorithm::SHA_256, &message[..length], DIGEST_BYTES);
        assert_eq!(
            answer.outputs[0],
            Sha256::digest(&message[..length]).as_slice()
        );
    }
}

#[test]
fn the_digest_may_overwrite_its_input() {
    let device = Device::new();
    let data = [0x42; 200];
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(Algorithm::SHA_256);
    let answer = device.function(pack, &[&data], &[Output::InPlace(1)]);
    assert_eq!(answer.status, Status::SUCCESS);
    assert_eq!(answer.outputs[0], Sha256::digest(data).as_slice());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_split_gives_the_same_digest(
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..8),
        room in DIGEST_BYTES..100,
    ) {
        let device = Device::new();
        let handle = device.started();
        for part in &parts {
            prop_assert_eq!(device.update(handle, part), Status::SUCCESS);
        }
        let expected = Sha256::digest(parts.concat());
        let answer = device.finish(handle, room);
        prop_assert_eq!(answer.status, Status::SUCCESS);
        prop_assert_eq!(answer.handle(), 0);
        prop_assert_eq!(&answer.outputs[1][..], expected.as_slice());

        let whole = device.compute(Algorithm::SHA_256, &parts.concat(), room);
        prop_assert_eq!(&whole.outputs[0][..], expected.as_slice());
    }

    #[test]
    fn interleaved_operations_do_not_meet(
        pieces in prop::collection::vec((0..OPERATIONS, any::<[u8; 40]>()), 0..40),
    ) {
        let device = Device::new();
        let handles: Vec<_> = (0..OPERATIONS).map(|_| device.started()).collect();
        let mut expected = vec![Sha256::new(); OPERATIONS];
        for (index, piece) in &pieces {
            prop_assert_eq!(device.update(handles[*index], piece), Status::SUCCESS);
            expected[*index].update(piece);
        }
        for (handle, expected) in handles.into_iter().zip(expected) {
            let digest = expected.finalize();
            prop_assert_eq!(device.verify(handle, digest.as_slice()).status, Status::SUCCESS);
        }
    }
}
