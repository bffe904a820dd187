// SPDX-License-Identifier: Apache-2.0
//! Multipart operations in every order, and their ends.

use psa::{
    Status,
    crypto::{Algorithm, Function, Pack},
};
use sha2::{Digest, Sha256};

use crate::client::*;

/// The operation has ended: only an abort accepts it.
fn ended(device: &Device, handle: u32) {
    assert_eq!(device.update(handle, b"x"), Status::BAD_STATE);
    let answer = device.finish(handle, DIGEST_BYTES);
    assert_eq!(answer.status, Status::BAD_STATE);
    assert_eq!((answer.handle(), answer.outputs[1].len()), (0, 0));
    assert_eq!(device.verify(handle, &[0; 32]).status, Status::BAD_STATE);
    assert_eq!(device.clone_into(handle, 0).status, Status::BAD_STATE);
    assert_eq!(device.abort(handle).status, Status::SUCCESS);
}

/// All operations can be had: none leaked.
fn all_free(device: &Device) {
    let handles: Vec<_> = (0..OPERATIONS).map(|_| device.started()).collect();
    assert_eq!(device.setup().status, Status::INSUFFICIENT_MEMORY);
    for handle in handles {
        assert_eq!(device.abort(handle).status, Status::SUCCESS);
    }
}

#[test]
fn an_operation_ends_with_finish() {
    let device = Device::new();
    let handle = device.started();
    assert_eq!(device.finish(handle, DIGEST_BYTES).handle(), 0);
    ended(&device, handle);
    all_free(&device);
}

#[test]
fn an_operation_ends_with_verify_whatever_it_says() {
    let device = Device::new();
    let good = Sha256::digest(b"");
    let mut wrong = good;
    wrong[31] ^= 1;
    for (hash, status) in [
        (good.as_slice(), Status::SUCCESS),
        (wrong.as_slice(), Status::INVALID_SIGNATURE),
        (&good[..31], Status::INVALID_SIGNATURE),
        (&[good.as_slice(), &[0]].concat(), Status::INVALID_SIGNATURE),
        (&[], Status::INVALID_SIGNATURE),
    ] {
        let handle = device.started();
        let answer = device.verify(handle, hash);
        assert_eq!((answer.status, answer.handle()), (status, 0));
        ended(&device, handle);
    }
    all_free(&device);
}

#[test]
fn an_operation_ends_with_abort_and_may_be_aborted_again() {
    let device = Device::new();
    let handle = device.started();
    for _ in 0..3 {
        let answer = device.abort(handle);
        assert_eq!((answer.status, answer.handle()), (Status::SUCCESS, 0));
    }
    assert_eq!(device.abort(0).status, Status::SUCCESS);
    assert_eq!(device.abort(u32::MAX).status, Status::SUCCESS);
    ended(&device, handle);
    all_free(&device);
}

#[test]
fn a_digest_that_does_not_fit_ends_the_operation() {
    let device = Device::new();
    for room in [0, 1, 31] {
        let handle = device.started();
        let answer = device.finish(handle, room);
        assert_eq!(
            (answer.status, answer.handle()),
            (Status::BUFFER_TOO_SMALL, 0)
        );
        assert_eq!(answer.outputs[1].len(), 0);
        ended(&device, handle);
    }
    all_free(&device);
}

#[test]
fn setup_wants_an_inactive_operation_and_ends_an_active_one() {
    let device = Device::new();
    let other = device.started();
    let handle = device.started();
    for used in [handle, 0xDEAD_BEEF] {
        let pack = Pack::new(Function::HASH_SETUP)
            .with_algorithm(Algorithm::SHA_256)
            .with_operation_handle(used);
        let answer = device.function(pack, &[], &[Output::New(4)]);
        assert_eq!((answer.status, answer.handle()), (Status::BAD_STATE, 0));
    }
    ended(&device, handle);
    assert_eq!(device.update(other, b"still active"), Status::SUCCESS);
    device.abort(other);
    all_free(&device);
}

#[test]
fn a_failed_setup_takes_no_operation() {
    let device = Device::new();
    for (algorithm, status) in [
        (0x0200_000A, Status::NOT_SUPPORTED),
        (0x0380_0009, Status::INVALID_ARGUMENT),
    ] {
        let pack = Pack::new(Function::HASH_SETUP).with_algorithm(Algorithm(algorithm));
        let answer = device.function(pack, &[], &[Output::New(4)]);
        assert_eq!((answer.status, answer.outputs[0].len()), (status, 0));
    }
    all_free(&device);
}

#[test]
fn a_clone_wants_an_active_source_and_an_inactive_target() {
    let device = Device::new();
    let source = device.started();
    device.update(source, b"common");
    assert_eq!(device.clone_into(source, source).status, Status::BAD_STATE);
    assert_eq!(
        device.clone_into(source, 0xDEAD_BEEF).status,
        Status::BAD_STATE
    );
    assert_eq!(device.clone_into(0, 0).status, Status::BAD_STATE);
    assert_eq!(device.clone_into(source + 1, 0).status, Status::BAD_STATE);

    let target = device.clone_into(source, 0).handle();
    assert_ne!((target, target), (0, source));
    device.update(source, b" source");
    device.update(target, b" target");
    for (handle, message) in [(source, b"common source"), (target, b"common target")] {
        let digest = Sha256::digest(message);
        assert_eq!(
            device.finish(handle, DIGEST_BYTES).outputs[1],
            digest.as_slice()
        );
    }
    all_free(&device);
}

#[test]
fn a_clone_without_room_leaves_the_source_alone() {
    let device = Device::new();
    let handles: Vec<_> = (0..OPERATIONS).map(|_| device.started()).collect();
    device.update(handles[0], b"abc");
    let answer = device.clone_into(handles[0], 0);
    assert_eq!(
        (answer.status, answer.outputs[0].len()),
        (Status::INSUFFICIENT_MEMORY, 0)
    );
    let digest = Sha256::digest(b"abc");
    assert_eq!(device.verify(handles[0], &digest).status, Status::SUCCESS);
}

#[test]
fn another_client_can_not_touch_an_operation() {
    let device = Device::new();
    let handle = device.started();
    device.update(handle, b"mine");
    for other in [-2, i32::MIN, 0, 259] {
        device.become_client(other);
        ended(&device, handle);
    }
    device.become_client(-1);
    let digest = Sha256::digest(b"mine");
    assert_eq!(
        device.finish(handle, DIGEST_BYTES).outputs[1],
        digest.as_slice()
    );
}

#[test]
fn a_stale_handle_does_not_open_the_operation_in_its_place() {
    let device = Device::new();
    let stale = device.started();
    device.abort(stale);
    let handles: Vec<_> = (0..OPERATIONS).map(|_| device.started()).collect();
    assert!(!handles.contains(&stale));
    ended(&device, stale);
    for handle in handles {
        assert_eq!(device.update(handle, b"alive"), Status::SUCCESS);
    }
}
