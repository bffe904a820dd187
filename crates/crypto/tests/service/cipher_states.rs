// SPDX-License-Identifier: Apache-2.0
//! Encryption without authentication in several calls: any parts, each status, every order.

use proptest::prelude::*;
use psa::{
    Status,
    crypto::{Algorithm, Function, Pack},
};

use crate::{cipher::*, client::*};

const SETUP: Function = Function::CIPHER_ENCRYPT_SETUP;
const SETUP_DECRYPT: Function = Function::CIPHER_DECRYPT_SETUP;
const SET_IV: Function = Function::CIPHER_SET_IV;
const UPDATE: Function = Function::CIPHER_UPDATE;
const FINISH: Function = Function::CIPHER_FINISH;
const ABORT: Function = Function::CIPHER_ABORT;
const GENERATE_IV: Function = Function::CIPHER_GENERATE_IV;

/// An operation of a mode, with its initialisation vector if it has one.
fn begin(device: &Device<Symmetric>, setup: Function, algorithm: Algorithm, iv: usize) -> u32 {
    let key = device.kept_key(algorithm, || key(device, algorithm, &[0x42; 32]));
    let handle = device.setup_with(setup, key, algorithm).unwrap();
    if iv != 0 {
        device.feed(SET_IV, handle, &[0x17; 16][..iv]).unwrap();
    }
    handle
}

/// The operation has ended: only an abort accepts it.
fn ended(device: &Device<Symmetric>, handle: u32) {
    assert_eq!(
        device.feed(SET_IV, handle, &[0; 16]),
        Err(Status::BAD_STATE)
    );
    for function in [UPDATE, GENERATE_IV] {
        let refused = device.convert(function, handle, &[&[0; 16]], Output::New(32));
        assert_eq!(refused, Err(Status::BAD_STATE));
    }
    let end = device.end(FINISH, handle, &[], 32);
    assert_eq!(end, Err(Status::BAD_STATE));
    assert_eq!(device.end(ABORT, handle, &[], 0), Ok(vec![]));
}

/// Runs all of `data` in parts, with no more room than each needs.
fn run(device: &Device<Symmetric>, handle: u32, data: &[u8], parts: &[usize]) -> Vec<u8> {
    let mut output = vec![];
    let mut rest = data;
    for part in parts.iter().chain([&data.len()]) {
        let (now, later) = rest.split_at((*part).min(rest.len()));
        // The most that can come: all that is there by now.
        let room = now.len() + 16;
        output.extend(
            device
                .convert(UPDATE, handle, &[now], Output::New(room))
                .unwrap(),
        );
        rest = later;
    }
    output.extend(device.end(FINISH, handle, &[], 16).unwrap());
    output
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_parts_make_the_same(
        mode in prop::sample::select(MODES.to_vec()),
        data in prop::collection::vec(any::<u8>(), 0..300),
        parts in prop::collection::vec(0usize..80, 0..8),
    ) {
        let (algorithm, iv) = mode;
        let length = if fits(algorithm, data.len()) { data.len() } else { data.len() / 16 * 16 };
        let data = &data[..length];
        let device = device();
        let whole = run(&device, begin(&device, SETUP, algorithm, iv), data, &[]);
        prop_assert_eq!(whole.len(), output_bytes(algorithm, length));
        let sealed = run(&device, begin(&device, SETUP, algorithm, iv), data, &parts);
        prop_assert_eq!(&sealed, &whole);
        let handle = begin(&device, SETUP_DECRYPT, algorithm, iv);
        prop_assert_eq!(run(&device, handle, &sealed, &parts), data);
        // One call agrees, with the vector in front.
        let used = (key(&device, algorithm, &[0x42; 32]), algorithm);
        let in_front = [&[0x17; 16][..iv], &sealed].concat();
        let opened = device.cipher(DECRYPT, used, &in_front, Output::New(length));
        prop_assert_eq!(opened, Ok(data.to_vec()));
    }
}

/// What comes out of each update is what the specification says, to the byte.
#[test]
fn exact_sizes() {
    let device = device();
    for (algorithm, iv) in MODES {
        for setup in [SETUP, SETUP_DECRYPT] {
            let in_blocks = !fits(algorithm, 1) || algorithm == Algorithm::CBC_PKCS7;
            let holds_back = algorithm == Algorithm::CBC_PKCS7 && setup == SETUP_DECRYPT;
            let (mut taken, mut given) = (0, 0);
            let handle = begin(&device, setup, algorithm, iv);
            for part in [1, 14, 1, 0, 16, 17, 64, 15, 80, 3] {
                taken += part;
                let expected = match in_blocks {
                    true => (taken - usize::from(holds_back && taken > 0)) / 16 * 16 - given,
                    false => part,
                };
                let answer =
                    device.convert(UPDATE, handle, &[&vec![7; part]], Output::New(expected));
                assert_eq!(
                    answer.map(|output| output.len()),
                    Ok(expected),
                    "{algorithm:?}"
                );
                given += expected;
            }
            device.end(ABORT, handle, &[], 0).unwrap();
            if !in_blocks || !holds_back {
                let handle = begin(&device, setup, algorithm, iv);
                let refused = device.convert(UPDATE, handle, &[&[7; 16]], Output::New(15));
                assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
                ended(&device, handle);
            }
        }
    }
}

#[test]
fn in_place() {
    let device = device();
    for (algorithm, iv) in MODES {
        let plain: Vec<u8> = (0..160).map(|index| index as u8).collect();
        let whole = run(&device, begin(&device, SETUP, algorithm, iv), &plain, &[]);
        let handle = begin(&device, SETUP, algorithm, iv);
        let mut sealed = device
            .convert(UPDATE, handle, &[&plain], Output::InPlace(1))
            .unwrap();
        sealed.extend(device.end(FINISH, handle, &[], 16).unwrap());
        assert_eq!(sealed, whole);
    }
}

#[test]
fn messages_that_end_within_a_block() {
    let device = device();
    for (algorithm, setup) in [
        (Algorithm::ECB_NO_PADDING, SETUP),
        (Algorithm::ECB_NO_PADDING, SETUP_DECRYPT),
        (Algorithm::CBC_NO_PADDING, SETUP),
        (Algorithm::CBC_NO_PADDING, SETUP_DECRYPT),
        (Algorithm::CBC_PKCS7, SETUP_DECRYPT),
    ] {
        let iv = if algorithm == Algorithm::ECB_NO_PADDING {
            0
        } else {
            16
        };
        for length in [1, 15, 17, 31] {
            let handle = begin(&device, setup, algorithm, iv);
            device
                .convert(UPDATE, handle, &[&vec![0; length]], Output::New(32))
                .unwrap();
            let refused = device.end(FINISH, handle, &[], 16);
            assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
            ended(&device, handle);
        }
    }
    let nothing = begin(&device, SETUP_DECRYPT, Algorithm::CBC_PKCS7, 16);
    let refused = device.end(FINISH, nothing, &[], 16);
    assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
}

#[test]
fn endings_of_paddings() {
    let device = device();
    let small = begin(&device, SETUP, Algorithm::CBC_PKCS7, 16);
    let refused = device.end(FINISH, small, &[], 15);
    assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
    ended(&device, small);
    let sealed = run(
        &device,
        begin(&device, SETUP, Algorithm::CBC_PKCS7, 16),
        &[9; 5],
        &[],
    );
    for (room, expected) in [(5, Ok(vec![9; 5])), (4, Err(Status::BUFFER_TOO_SMALL))] {
        let handle = begin(&device, SETUP_DECRYPT, Algorithm::CBC_PKCS7, 16);
        device
            .convert(UPDATE, handle, &[&sealed], Output::New(0))
            .unwrap();
        assert_eq!(device.end(FINISH, handle, &[], room), expected);
    }
    let wrong = begin(&device, SETUP_DECRYPT, Algorithm::CBC_PKCS7, 16);
    device
        .convert(UPDATE, wrong, &[&[0; 16]], Output::New(0))
        .unwrap();
    assert_eq!(
        device.end(FINISH, wrong, &[], 16),
        Err(Status::INVALID_PADDING)
    );
    ended(&device, wrong);
}

#[test]
fn initialisation_vectors_in_their_time() {
    let device = device();
    for (algorithm, iv) in MODES {
        let key = key(&device, algorithm, &[0x42; 32]);
        let setup = |function| device.setup_with(function, key, algorithm).unwrap();
        let generate = |handle, room| device.convert(GENERATE_IV, handle, &[], Output::New(room));
        if iv == 0 {
            let handle = setup(SETUP);
            assert_eq!(device.feed(SET_IV, handle, &[]), Err(Status::BAD_STATE));
            ended(&device, handle);
            assert_eq!(generate(setup(SETUP), 16), Err(Status::BAD_STATE));
            continue;
        }
        // Before: no data and no end.
        let handle = setup(SETUP);
        let refused = device.convert(UPDATE, handle, &[&[0; 16]], Output::New(16));
        assert_eq!(refused, Err(Status::BAD_STATE));
        ended(&device, handle);
        let refused = device.end(FINISH, setup(SETUP), &[], 16);
        assert_eq!(refused, Err(Status::BAD_STATE));
        // Once only, and of its size.
        for wrong in [0, iv - 1, iv + 1, 40] {
            let refused = device.feed(SET_IV, setup(SETUP_DECRYPT), &vec![0; wrong]);
            assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
        }
        let handle = setup(SETUP);
        device.feed(SET_IV, handle, &[0; 16][..iv]).unwrap();
        let refused = device.feed(SET_IV, handle, &[0; 16][..iv]);
        assert_eq!(refused, Err(Status::BAD_STATE));
        // Chosen by the service to encrypt, never to decrypt.
        let handle = setup(SETUP);
        let chosen = generate(handle, iv).unwrap();
        assert_eq!(chosen.len(), iv);
        assert_eq!(generate(handle, iv), Err(Status::BAD_STATE));
        ended(&device, handle);
        assert_eq!(
            generate(setup(SETUP), iv - 1),
            Err(Status::BUFFER_TOO_SMALL)
        );
        assert_eq!(generate(setup(SETUP_DECRYPT), iv), Err(Status::BAD_STATE));
        let handle = setup(SETUP);
        let chosen = generate(handle, iv).unwrap();
        let mut sealed = device
            .convert(UPDATE, handle, &[&[5; 32]], Output::New(32))
            .unwrap();
        sealed.extend(device.end(FINISH, handle, &[], 16).unwrap());
        let used = (key, algorithm);
        let opened = device.cipher(DECRYPT, used, &[chosen, sealed].concat(), Output::New(32));
        assert_eq!(opened, Ok(vec![5; 32]));
        device.destroy(key).unwrap();
    }
}

#[test]
fn operations_belong_to_their_client_and_kind() {
    let device = device();
    let handle = begin(&device, SETUP, Algorithm::CTR, 16);
    device.become_client(-2);
    let refused = device.convert(UPDATE, handle, &[&[0]], Output::New(1));
    assert_eq!(refused, Err(Status::BAD_STATE));
    device.end(ABORT, handle, &[], 0).unwrap();
    device.become_client(-1);
    device.end(Function::AEAD_ABORT, handle, &[], 0).unwrap();
    let refused = device.aead_update(handle, &[0], 1);
    assert_eq!(refused, Err(Status::BAD_STATE));
    assert!(
        device
            .convert(UPDATE, handle, &[&[0]], Output::New(1))
            .is_ok()
    );
    // A setup on an active operation ends it.
    let key = key(&device, Algorithm::CTR, &[0; 16]);
    let pack = Pack::new(SETUP)
        .with_key_id(key)
        .with_algorithm(Algorithm::CTR);
    let answer = device.function(pack.with_operation_handle(handle), &[], &[Output::New(4)]);
    assert_eq!(answer.status, Status::BAD_STATE);
    ended(&device, handle);
}

#[test]
fn no_more_operations_than_there_is_room_for() {
    let device = device();
    let key = key(&device, Algorithm::STREAM_CIPHER, &[0; 32]);
    let setup = || device.setup_with(SETUP, key, Algorithm::STREAM_CIPHER);
    let handles: Vec<_> = (0..OPERATIONS).map(|_| setup().unwrap()).collect();
    assert_eq!(setup(), Err(Status::INSUFFICIENT_MEMORY));
    device.end(ABORT, handles[0], &[], 0).unwrap();
    // The room of one kind of key serves another.
    begin(&device, SETUP, Algorithm::CBC_PKCS7, 16);
}
