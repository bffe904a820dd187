// SPDX-License-Identifier: Apache-2.0
//! Authenticated encryption in several calls: every order, lengths promised and not kept.

use psa::{
    Status,
    crypto::{Function, KeyId, Pack},
};

use crate::{calls::*, client::*};

const ENCRYPT: Function = Function::AEAD_ENCRYPT_SETUP;
const DECRYPT: Function = Function::AEAD_DECRYPT_SETUP;
const NONCE: &[u8] = &[3; 12];
const TAG_BYTES: usize = 16;

fn key(device: &Device) -> KeyId {
    device.import(&aes_key(), &[0x42; 16]).unwrap()
}

fn setup(device: &Device, function: Function, key: KeyId) -> u32 {
    device.setup_with(function, key, CCM).unwrap()
}

fn set_nonce(device: &Device, handle: u32, nonce: &[u8]) -> Result<(), Status> {
    device.feed(Function::AEAD_SET_NONCE, handle, nonce)
}

fn additional(device: &Device, handle: u32, data: &[u8]) -> Result<(), Status> {
    device.feed(Function::AEAD_UPDATE_AD, handle, data)
}

fn finish(device: &Device, handle: u32) -> Result<Vec<u8>, Status> {
    device.end(Function::AEAD_FINISH, handle, &[], TAG_BYTES)
}

fn verify(device: &Device, handle: u32, tag: &[u8]) -> Result<(), Status> {
    let end = device.end(Function::AEAD_VERIFY, handle, &[tag], 0);
    end.map(|_| ())
}

/// An operation with nonce and lengths.
fn running(device: &Device, function: Function, key: KeyId, lengths: (u32, u32)) -> u32 {
    let handle = setup(device, function, key);
    device.aead_lengths(handle, lengths.0, lengths.1).unwrap();
    set_nonce(device, handle, NONCE).unwrap();
    handle
}

/// The operation has ended: only an abort accepts it.
fn ended(device: &Device, handle: u32) {
    let bad = Err(Status::BAD_STATE);
    assert_eq!(set_nonce(device, handle, NONCE), bad);
    assert_eq!(device.aead_lengths(handle, 0, 0), bad);
    assert_eq!(additional(device, handle, b"x"), bad);
    assert_eq!(device.aead_update(handle, b"x", 16).map(|_| ()), bad);
    assert_eq!(device.aead_nonce(handle, 16).map(|_| ()), bad);
    assert_eq!(finish(device, handle).map(|_| ()), bad);
    assert_eq!(verify(device, handle, &[0; 16]), bad);
    assert_eq!(device.end(Function::AEAD_ABORT, handle, &[], 0), Ok(vec![]));
}

/// No operation leaked.
fn all_free(device: &Device, key: KeyId) {
    let handles: Vec<_> = (0..OPERATIONS)
        .map(|_| setup(device, ENCRYPT, key))
        .collect();
    let full = device.setup_with(ENCRYPT, key, CCM);
    assert_eq!(full, Err(Status::INSUFFICIENT_MEMORY));
    for handle in handles {
        device.end(Function::AEAD_ABORT, handle, &[], 0).unwrap();
    }
}

#[test]
fn parts_of_every_size_make_the_same_as_one_call() {
    let device = Device::new();
    let key = key(&device);
    let (plain, extra) = ([0x61; 150], [0x20; 40]);
    let whole = device
        .aead(
            Function::AEAD_ENCRYPT,
            (key, CCM),
            NONCE,
            &[&plain, &extra],
            Output::New(166),
        )
        .unwrap();
    let (cipher, tag) = whole.split_at(150);
    for part in [1, 7, 16, 63, 64, 65, 150] {
        for (function, input, output) in [(ENCRYPT, &plain[..], cipher), (DECRYPT, cipher, &plain)]
        {
            let handle = running(&device, function, key, (40, 150));
            for data in extra.chunks(part) {
                additional(&device, handle, data).unwrap();
            }
            let mut result = Vec::new();
            for data in input.chunks(part) {
                result.extend(device.aead_update(handle, data, data.len()).unwrap());
            }
            assert_eq!(result, output);
            if function == ENCRYPT {
                assert_eq!(finish(&device, handle), Ok(tag.to_vec()));
            } else {
                assert_eq!(verify(&device, handle, tag), Ok(()));
            }
            ended(&device, handle);
        }
    }
    all_free(&device, key);
}

#[test]
fn nonce_and_lengths_come_in_either_order() {
    let device = Device::new();
    let key = key(&device);
    let first = running(&device, ENCRYPT, key, (0, 3));
    let second = setup(&device, ENCRYPT, key);
    set_nonce(&device, second, NONCE).unwrap();
    device.aead_lengths(second, 0, 3).unwrap();
    let [one, other] = [first, second].map(|handle| {
        let data = device.aead_update(handle, b"abc", 3).unwrap();
        (data, finish(&device, handle).unwrap())
    });
    assert_eq!(one, other);
}

#[test]
fn nothing_at_all_has_a_tag() {
    let device = Device::new();
    let key = key(&device);
    let handle = running(&device, ENCRYPT, key, (0, 0));
    // Updates with nothing in them, with vectors and without.
    additional(&device, handle, b"").unwrap();
    assert_eq!(device.aead_update(handle, b"", 0), Ok(vec![]));
    let pack = Pack::new(Function::AEAD_UPDATE).with_operation_handle(handle);
    assert_eq!(device.plain(pack), Status::SUCCESS);
    let tag = finish(&device, handle).unwrap();
    let handle = running(&device, DECRYPT, key, (0, 0));
    assert_eq!(verify(&device, handle, &tag), Ok(()));
}

/// What is called, and where it must not be.
#[test]
fn a_wrong_order_is_a_bad_state_and_the_end() {
    let device = Device::new();
    let key = key(&device);
    let started = || setup(&device, ENCRYPT, key);
    let with_nonce = || {
        let handle = started();
        set_nonce(&device, handle, NONCE).unwrap();
        handle
    };
    let with_lengths = || {
        let handle = started();
        device.aead_lengths(handle, 1, 2).unwrap();
        handle
    };
    let with_both = || running(&device, ENCRYPT, key, (1, 2));
    let with_data = || {
        let handle = with_both();
        additional(&device, handle, b"a").unwrap();
        device.aead_update(handle, b"b", 1).unwrap();
        handle
    };
    let decrypting = || running(&device, DECRYPT, key, (0, 0));
    let plain = || setup(&device, DECRYPT, key);

    type Case<'a> = (&'a dyn Fn() -> u32, &'a dyn Fn(u32) -> Result<(), Status>);
    let add = |handle| additional(&device, handle, b"");
    let update = |handle| device.aead_update(handle, b"", 0).map(|_| ());
    let nonce = |handle| set_nonce(&device, handle, NONCE);
    let generate = |handle| device.aead_nonce(handle, 13).map(|_| ());
    let lengths = |handle| device.aead_lengths(handle, 1, 2);
    let end = |handle| finish(&device, handle).map(|_| ());
    let check = |handle| verify(&device, handle, &[0; 16]);
    let cases: &[Case<'_>] = &[
        (&started, &add),
        (&started, &update),
        (&started, &end),
        (&started, &check),
        (&with_nonce, &add),
        (&with_nonce, &update),
        (&with_nonce, &end),
        (&with_nonce, &nonce),
        (&with_nonce, &generate),
        (&with_lengths, &add),
        (&with_lengths, &update),
        (&with_lengths, &end),
        (&with_lengths, &lengths),
        (&with_both, &nonce),
        (&with_both, &generate),
        (&with_both, &lengths),
        (&with_both, &check),
        (&with_data, &add),
        (&with_data, &nonce),
        (&with_data, &lengths),
        (&decrypting, &end),
        (&plain, &generate),
        (&plain, &check),
    ];
    for (number, (prepare, call)) in cases.iter().enumerate() {
        let handle = prepare();
        assert_eq!(call(handle), Err(Status::BAD_STATE), "case {number}");
        ended(&device, handle);
    }
    all_free(&device, key);
}

#[test]
fn lengths_that_were_promised_are_kept() {
    let device = Device::new();
    let key = key(&device);
    let invalid = Err(Status::INVALID_ARGUMENT);
    let more_additional = running(&device, ENCRYPT, key, (3, 0));
    assert_eq!(additional(&device, more_additional, b"1234"), invalid);
    ended(&device, more_additional);

    let missing_additional = running(&device, ENCRYPT, key, (3, 1));
    additional(&device, missing_additional, b"12").unwrap();
    let update = device.aead_update(missing_additional, b"x", 1);
    assert_eq!(update.map(|_| ()), invalid);
    ended(&device, missing_additional);

    for length in [101, 200] {
        // Nothing of the part that is too long comes out, though its beginning would fit.
        let more_data = running(&device, DECRYPT, key, (0, 100));
        let update = device.aead_update(more_data, &vec![1; length], length);
        assert_eq!(update.map(|_| ()), invalid);
        ended(&device, more_data);
    }
    for (extra, data) in [(&b""[..], &b""[..]), (b"1", b""), (b"1", b"2")] {
        let missing = running(&device, ENCRYPT, key, (1, 2));
        additional(&device, missing, extra).unwrap();
        if !data.is_empty() {
            device.aead_update(missing, data, 1).unwrap();
        }
        assert_eq!(finish(&device, missing).map(|_| ()), invalid);
        ended(&device, missing);
    }
    all_free(&device, key);
}

#[test]
fn nonces_that_do_not_fit() {
    let device = Device::new();
    let key = key(&device);
    let invalid = Err(Status::INVALID_ARGUMENT);
    for length in [0, 6, 14, 15, 16, 17, 100] {
        let handle = setup(&device, ENCRYPT, key);
        assert_eq!(set_nonce(&device, handle, &vec![1; length]), invalid);
        ended(&device, handle);
    }
    let handle = setup(&device, ENCRYPT, key);
    device.aead_lengths(handle, 0, 0x1_0000).unwrap();
    assert_eq!(set_nonce(&device, handle, &[1; 13]), invalid);
    ended(&device, handle);
    let handle = setup(&device, ENCRYPT, key);
    set_nonce(&device, handle, &[1; 13]).unwrap();
    assert_eq!(device.aead_lengths(handle, 0, 0x1_0000), invalid);
    ended(&device, handle);
}

#[test]
fn a_generated_nonce_decrypts() {
    let device = Device::new();
    let key = key(&device);
    let handle = setup(&device, ENCRYPT, key);
    device.aead_lengths(handle, 0, 5).unwrap();
    let nonce = device.aead_nonce(handle, 16).unwrap();
    assert_eq!(nonce.len(), 13);
    let mut sealed = device.aead_update(handle, b"hello", 5).unwrap();
    sealed.extend(finish(&device, handle).unwrap());
    let opened = device.aead(
        Function::AEAD_DECRYPT,
        (key, CCM),
        &nonce,
        &[&sealed],
        Output::New(5),
    );
    assert_eq!(opened, Ok(b"hello".to_vec()));

    let handle = setup(&device, ENCRYPT, key);
    assert_eq!(device.aead_nonce(handle, 12), Err(Status::BUFFER_TOO_SMALL));
    ended(&device, handle);
}

/// PSA Crypto API 1.2, `PSA_ALG_CCM`: 15 - L bytes, with the smallest L of at least 2 that holds the
/// length of the message.
#[test]
fn a_generated_nonce_leaves_room_for_the_length() {
    let device = Device::new();
    let key = key(&device);
    for (data_bytes, nonce_bytes) in [
        (0, 13),
        (0xFFFF, 13),
        (0x1_0000, 12),
        (0xFF_FFFF, 12),
        (0x100_0000, 11),
        (u32::MAX, 11),
    ] {
        let handle = setup(&device, ENCRYPT, key);
        device.aead_lengths(handle, 0, data_bytes).unwrap();
        let nonce = device.aead_nonce(handle, 16).unwrap();
        assert_eq!(nonce.len(), nonce_bytes, "{data_bytes}");
        device.end(Function::AEAD_ABORT, handle, &[], 0).unwrap();
        let handle = setup(&device, ENCRYPT, key);
        device.aead_lengths(handle, 0, data_bytes).unwrap();
        let refused = device.aead_nonce(handle, nonce_bytes - 1);
        assert_eq!(refused, Err(Status::BUFFER_TOO_SMALL));
        ended(&device, handle);
    }
    // Before the lengths are known the longest is taken; then they have to fit.
    let handle = setup(&device, ENCRYPT, key);
    assert_eq!(device.aead_nonce(handle, 16).unwrap().len(), 13);
    let refused = device.aead_lengths(handle, 0, 0x1_0000);
    assert_eq!(refused, Err(Status::INVALID_ARGUMENT));
    ended(&device, handle);
}

#[test]
fn no_nonce_without_entropy() {
    let device = Device::new();
    device.source.fails.set(true);
    let key = key(&device);
    let handle = setup(&device, ENCRYPT, key);
    let nonce = device.aead_nonce(handle, 13);
    assert_eq!(nonce, Err(Status::INSUFFICIENT_ENTROPY));
    ended(&device, handle);
}

#[test]
fn buffers_that_are_too_small_end_the_operation() {
    let device = Device::new();
    let key = key(&device);
    let handle = running(&device, ENCRYPT, key, (0, 20));
    let update = device.aead_update(handle, &[1; 20], 19);
    assert_eq!(update, Err(Status::BUFFER_TOO_SMALL));
    ended(&device, handle);
    let handle = running(&device, ENCRYPT, key, (0, 0));
    let end = device.end(Function::AEAD_FINISH, handle, &[], TAG_BYTES - 1);
    assert_eq!(end, Err(Status::BUFFER_TOO_SMALL));
    ended(&device, handle);
}

#[test]
fn tags_are_compared_whole() {
    let device = Device::new();
    let key = key(&device);
    let handle = running(&device, ENCRYPT, key, (0, 0));
    let tag = finish(&device, handle).unwrap();
    let wrong = |bit: usize| {
        let mut tag = tag.clone();
        tag[bit / 8] ^= 1 << (bit % 8);
        tag
    };
    let mut refused: Vec<Vec<u8>> = (0..128).map(wrong).collect();
    refused.extend([
        vec![],
        tag[..15].to_vec(),
        [&tag[..], &[0]].concat(),
        vec![0; 40],
    ]);
    for tag in refused {
        let handle = running(&device, DECRYPT, key, (0, 0));
        assert_eq!(
            verify(&device, handle, &tag),
            Err(Status::INVALID_SIGNATURE)
        );
        ended(&device, handle);
    }
    all_free(&device, key);
}

#[test]
fn operations_of_other_kinds_and_clients() {
    let device = Device::new();
    let key = key(&device);
    let (aead, hash) = (running(&device, ENCRYPT, key, (0, 1)), device.started());
    ended(&device, hash);
    assert_eq!(device.update(aead, b"x"), Status::BAD_STATE);
    assert_eq!(device.abort(aead).status, Status::SUCCESS);
    assert_eq!(device.update(hash, b"x"), Status::SUCCESS);
    device.become_client(-9);
    ended(&device, aead);
    device.become_client(-1);
    assert!(device.aead_update(aead, b"x", 1).is_ok());

    let pack = Pack::new(ENCRYPT)
        .with_key_id(key)
        .with_algorithm(CCM)
        .with_operation_handle(aead);
    let answer = device.function(pack, &[], &[Output::New(4)]);
    assert_eq!((answer.status, answer.handle()), (Status::BAD_STATE, 0));
    ended(&device, aead);
}
