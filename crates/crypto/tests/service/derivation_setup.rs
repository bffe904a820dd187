// SPDX-License-Identifier: Apache-2.0
//! Key derivation: which algorithms begin an operation, and how much may come out of it.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack},
};

use crate::{calls::*, client::*, derivation::*};

#[test]
fn algorithms_that_derive_nothing() {
    let device = device();
    let setup =
        |algorithm| device.setup_with(Function::KEY_DERIVATION_SETUP, KeyId::NULL, algorithm);
    for (algorithm, status) in [
        (Algorithm::NONE, Status::INVALID_ARGUMENT),
        (Algorithm::SHA_256, Status::INVALID_ARGUMENT),
        (HMAC, Status::INVALID_ARGUMENT),
        (Algorithm::ECDH, Status::INVALID_ARGUMENT),
        (
            Algorithm(0x0901_0000).with_derivation(HKDF),
            Status::NOT_SUPPORTED,
        ),
        (Algorithm(0x0800_0609), Status::NOT_SUPPORTED),
        (Algorithm(0x0800_0809), Status::NOT_SUPPORTED),
        (
            Algorithm::hkdf(Algorithm(0x0200_0005)),
            Status::NOT_SUPPORTED,
        ),
        (Algorithm::hkdf(Algorithm::NONE), Status::NOT_SUPPORTED),
        (
            Algorithm::tls12_prf(Algorithm::SHA_512),
            Status::NOT_SUPPORTED,
        ),
        (
            Algorithm::ECDH.with_derivation(Algorithm(0x0800_0F09)),
            Status::NOT_SUPPORTED,
        ),
    ] {
        assert_eq!(setup(algorithm), Err(status), "{algorithm:?}");
    }
    for _ in 0..2 * OPERATIONS {
        let combined = setup(Algorithm::ECDH.with_derivation(HKDF)).unwrap();
        device.end_derivation(combined);
    }
    let open: Vec<_> = (0..OPERATIONS).map(|_| setup(HKDF).unwrap()).collect();
    assert_eq!(setup(HKDF), Err(Status::INSUFFICIENT_MEMORY));
    let pack = Pack::new(Function::KEY_DERIVATION_SETUP)
        .with_algorithm(HKDF)
        .with_operation_handle(open[0]);
    let active = device.function(pack, &[], &[Output::New(4)]);
    assert_eq!((active.status, active.handle()), (Status::BAD_STATE, 0));
    ended(&device, open[0]);
    // What is another kind of operation is none here, and stays.
    let handle = device.started();
    assert_eq!(device.capacity(handle), Err(Status::BAD_STATE));
    device.end_derivation(handle);
    assert_eq!(device.update(handle, b"x"), Status::SUCCESS);
    assert_eq!(device.update(open[1], b"x"), Status::BAD_STATE);
    // Nor is what belongs to another client.
    device.become_client(-7);
    assert_eq!(device.capacity(open[1]), Err(Status::BAD_STATE));
}

#[test]
fn profile_small_derives_nothing() {
    let device = Device::new();
    let setup = device.setup_with(Function::KEY_DERIVATION_SETUP, KeyId::NULL, HKDF);
    assert_eq!(setup, Err(Status::NOT_SUPPORTED));
    for number in 0x0900..0x090C {
        let pack = Pack::new(Function(number));
        assert_eq!(device.plain(pack), Status::NOT_SUPPORTED);
    }
}

#[test]
fn capacities() {
    let device = device();
    for (algorithm, capacity) in [
        (HKDF, 255 * 32),
        (Algorithm::hkdf(Algorithm::SHA_512), 255 * 64),
        (Algorithm::hkdf_expand(Algorithm::SHA_384), 255 * 48),
        (Algorithm::hkdf_extract(Algorithm::SHA_224), 28),
        (COUNTER, 0x1FFF_FFFF),
        (Algorithm::SP800_108_COUNTER_CMAC, 0x1FFF_FFFF),
        (Algorithm::PBKDF2_AES_CMAC_PRF_128, u32::MAX),
        (PBKDF2, u32::MAX),
        (Algorithm::tls12_prf(Algorithm::SHA_256), u32::MAX),
    ] {
        let handle = device.derivation(algorithm);
        assert_eq!(device.capacity(handle), Ok(capacity));
        device.end_derivation(handle);
    }
    let handle = complete(&device, HKDF);
    let too_much = device.set_capacity(handle, 255 * 32 + 1);
    assert_eq!(too_much, Err(Status::INVALID_ARGUMENT));
    assert_eq!(device.capacity(handle), Ok(255 * 32));
    device.set_capacity(handle, 10).unwrap();
    assert_eq!(
        device.set_capacity(handle, 11),
        Err(Status::INVALID_ARGUMENT)
    );
    device.output_bytes(handle, 4).unwrap();
    assert_eq!(device.capacity(handle), Ok(6));
    assert_eq!(
        device.output_bytes(handle, 7),
        Err(Status::INSUFFICIENT_DATA)
    );
    assert_eq!(device.capacity(handle), Ok(0));
    assert_eq!(
        device.output_bytes(handle, 1),
        Err(Status::INSUFFICIENT_DATA)
    );
    assert_eq!(device.output_bytes(handle, 0), Ok(vec![]));
    let raw = KeyAttributes::new(KeyType::RAW_DATA, 8, ALL_USES, Algorithm::NONE);
    assert_eq!(
        device.output_key(handle, &raw),
        Err(Status::INSUFFICIENT_DATA)
    );
    device.end_derivation(handle);
    // The length has gone into what came out.
    let handle = complete(&device, COUNTER);
    device.set_capacity(handle, 64).unwrap();
    device.output_bytes(handle, 1).unwrap();
    assert_eq!(device.set_capacity(handle, 8), Err(Status::BAD_STATE));
    ended(&device, handle);
}
