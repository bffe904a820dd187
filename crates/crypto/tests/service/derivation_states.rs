// SPDX-License-Identifier: Apache-2.0
//! Key derivation: the order of calls, what may come out, and each status.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Lifetime, Pack, Step, Usage},
};

use crate::{calls::*, client::*, derivation::*};

pub const HKDF: Algorithm = Algorithm::hkdf(Algorithm::SHA_256);
pub const PBKDF2: Algorithm = Algorithm::pbkdf2_hmac(Algorithm::SHA_256);
pub const COUNTER: Algorithm = Algorithm::sp800_108_counter_hmac(Algorithm::SHA_256);

pub fn complete(device: &FullDevice, algorithm: Algorithm) -> u32 {
    let handle = device.derivation(algorithm);
    for input in inputs(device, algorithm) {
        device.input(handle, &input).unwrap();
    }
    handle
}

/// All inputs of a function, the secret as a key.
fn inputs(device: &FullDevice, algorithm: Algorithm) -> Vec<Input> {
    let secret = |key_type| {
        let make = || device.secret(key_type, algorithm, &[9; 32]);
        device.kept_key(algorithm, make)
    };
    let text = |step| bytes(step, b"text");
    let of = |base: fn(Algorithm) -> Algorithm| base(algorithm.hash()) == algorithm;
    if of(Algorithm::hkdf) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![text(Step::SALT), secret, text(Step::INFO)]
    } else if of(Algorithm::hkdf_extract) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![text(Step::SALT), secret]
    } else if of(Algorithm::hkdf_expand) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![secret, text(Step::INFO)]
    } else if of(Algorithm::tls12_prf) || of(Algorithm::tls12_psk_to_ms) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![text(Step::SEED), secret, text(Step::LABEL)]
    } else if algorithm == Algorithm::SP800_108_COUNTER_CMAC {
        let secret = Input::Key(Step::SECRET, secret(KeyType::AES));
        vec![secret, text(Step::LABEL), text(Step::CONTEXT)]
    } else if of(Algorithm::sp800_108_counter_hmac) {
        let secret = Input::Key(Step::SECRET, secret(KeyType::DERIVE));
        vec![secret, text(Step::LABEL), text(Step::CONTEXT)]
    } else {
        let password = Input::Key(Step::PASSWORD, secret(KeyType::PASSWORD));
        vec![Input::Integer(Step::COST, 2), text(Step::SALT), password]
    }
}

fn functions() -> Vec<Algorithm> {
    let of_hash = [
        Algorithm::hkdf,
        Algorithm::hkdf_extract,
        Algorithm::hkdf_expand,
        Algorithm::tls12_prf,
        Algorithm::tls12_psk_to_ms,
        Algorithm::sp800_108_counter_hmac,
        Algorithm::pbkdf2_hmac,
    ]
    .map(|of| of(Algorithm::SHA_256));
    let of_cmac = [
        Algorithm::SP800_108_COUNTER_CMAC,
        Algorithm::PBKDF2_AES_CMAC_PRF_128,
    ];
    [&of_hash[..], &of_cmac].concat()
}

/// The operation has ended: only an abort accepts it.
pub fn ended(device: &FullDevice, handle: u32) {
    assert_eq!(device.capacity(handle), Err(Status::BAD_STATE));
    assert_eq!(device.set_capacity(handle, 0), Err(Status::BAD_STATE));
    let input = device.input(handle, &bytes(Step::SALT, b""));
    assert_eq!(input, Err(Status::BAD_STATE));
    assert_eq!(device.output_bytes(handle, 1), Err(Status::BAD_STATE));
    device.end_derivation(handle);
}

#[test]
fn inputs_come_in_their_order_or_end_the_operation() {
    for algorithm in functions() {
        let device = device();
        let inputs = inputs(&device, algorithm);
        // Nothing may come out before all is in.
        for count in 0..inputs.len() {
            let handle = device.derivation(algorithm);
            for input in &inputs[..count] {
                device.input(handle, input).unwrap();
            }
            let counts = matches!(algorithm, COUNTER | Algorithm::SP800_108_COUNTER_CMAC);
            let optional = counts && count > 0;
            let early = device.output_bytes(handle, 1).map(|_| ());
            if optional {
                assert_eq!(early, Ok(()));
                device.end_derivation(handle);
            } else {
                assert_eq!(early, Err(Status::BAD_STATE), "{algorithm:?} {count}");
                ended(&device, handle);
            }
        }
        // No input comes twice, unless it is a salt that is put together.
        for (index, input) in inputs.iter().enumerate() {
            let handle = device.derivation(algorithm);
            for input in &inputs[..=index] {
                device.input(handle, input).unwrap();
            }
            let again = device.input(handle, input);
            let stretches = matches!(algorithm, PBKDF2 | Algorithm::PBKDF2_AES_CMAC_PRF_128);
            if stretches && index == 1 {
                assert_eq!(again, Ok(()));
                device.end_derivation(handle);
            } else {
                assert_eq!(again, Err(Status::BAD_STATE), "{algorithm:?} {index}");
                ended(&device, handle);
            }
        }
        // A later one before an earlier one, where neither may be left out.
        let reversible = algorithm == HKDF;
        for late in 1..inputs.len() {
            let handle = device.derivation(algorithm);
            device.input(handle, &inputs[late]).unwrap_or(());
            let earlier = device.input(handle, &inputs[late - 1]);
            assert!(earlier == Err(Status::BAD_STATE) || reversible && late == 2);
            device.end_derivation(handle);
        }
        // Nothing goes in any more when something came out.
        for input in &inputs {
            let handle = complete(&device, algorithm);
            device.output_bytes(handle, 1).unwrap();
            let late = device.input(handle, input);
            assert_eq!(late, Err(Status::BAD_STATE), "{algorithm:?}");
            ended(&device, handle);
        }
    }
}

#[test]
fn steps_that_the_function_does_not_have() {
    for algorithm in functions() {
        let device = device();
        let known: Vec<_> = inputs(&device, algorithm)
            .iter()
            .map(|input| match input {
                Input::Bytes(step, _) | Input::Key(step, _) | Input::Integer(step, _) => *step,
            })
            .collect();
        for step in (0x100..0x104).chain(0x200..0x208).map(Step) {
            if known.contains(&step)
                || step == Step::OTHER_SECRET
                    && algorithm == Algorithm::tls12_psk_to_ms(Algorithm::SHA_256)
            {
                continue;
            }
            let handle = device.derivation(algorithm);
            let refused = device.input(handle, &bytes(step, b"x"));
            assert_eq!(
                refused,
                Err(Status::INVALID_ARGUMENT),
                "{algorithm:?} {step:?}"
            );
            ended(&device, handle);
        }
    }
}

#[test]
fn numbers_are_for_the_cost_alone() {
    let device = device();
    for (input, status) in [
        (bytes(Step::COST, &[1]), Status::INVALID_ARGUMENT),
        (Input::Integer(Step::COST, 0), Status::INVALID_ARGUMENT),
        (Input::Integer(Step::COST, 100_001), Status::NOT_SUPPORTED),
        (
            Input::Integer(Step::COST, 1 << 32 | 1),
            Status::NOT_SUPPORTED,
        ),
    ] {
        let handle = device.derivation(PBKDF2);
        assert_eq!(device.input(handle, &input), Err(status));
        ended(&device, handle);
    }
    let handle = device.derivation(PBKDF2);
    let greatest = Input::Integer(Step::COST, 100_000);
    assert_eq!(device.input(handle, &greatest), Ok(()));
    device.end_derivation(handle);
    // Also where another input is missing before.
    for (algorithm, step) in [
        (HKDF, Step::SALT),
        (PBKDF2, Step::SALT),
        (PBKDF2, Step::PASSWORD),
    ] {
        let handle = device.derivation(algorithm);
        let refused = device.input(handle, &Input::Integer(step, 1));
        assert_eq!(refused, Err(Status::INVALID_ARGUMENT), "{step:?}");
        ended(&device, handle);
    }
}

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

#[test]
fn keys_come_out_of_keys_alone() {
    let device = device();
    let raw = KeyAttributes::new(KeyType::RAW_DATA, 64, ALL_USES, Algorithm::NONE);
    let handle = device.derivation(HKDF);
    device
        .input(handle, &bytes(Step::SECRET, b"secret"))
        .unwrap();
    device.input(handle, &bytes(Step::INFO, b"")).unwrap();
    assert!(device.output_bytes(handle, 8).is_ok());
    assert_eq!(device.output_key(handle, &raw), Err(Status::NOT_PERMITTED));
    ended(&device, handle);

    // A key that may only be compared with, which no function does.
    let verify = Usage::VERIFY_DERIVATION;
    let attributes = KeyAttributes::new(KeyType::DERIVE, 0, verify, HKDF);
    let refused = Err(Status::NOT_SUPPORTED);
    assert_eq!(device.import(&attributes, b"secret"), refused);
    let hash = KeyAttributes::new(KeyType::PASSWORD_HASH, 256, verify, PBKDF2);
    assert_eq!(device.import(&hash, &[1; 32]), refused, "a password hash");
    let both = KeyAttributes {
        usage: verify.with(Usage::DERIVE),
        ..attributes
    };
    assert!(device.import(&both, b"secret").is_ok());
}

/// A key that is gone is told before an order that is wrong, and before an operation that has
/// ended with it.
#[test]
fn a_destroyed_key_is_no_input() {
    let device = device();
    for (algorithm, key_type) in [
        (HKDF, KeyType::DERIVE),
        (COUNTER, KeyType::HMAC),
        (Algorithm::SP800_108_COUNTER_CMAC, KeyType::AES),
    ] {
        let key = device.secret(key_type, algorithm, &[9; 32]);
        let secret = Input::Key(Step::SECRET, key);
        let own = device.derivation(algorithm);
        device.input(own, &secret).unwrap();
        let other = complete(&device, algorithm);
        device.destroy(key).unwrap();
        for handle in [own, other] {
            for _ in 0..2 {
                let refused = device.input(handle, &secret);
                assert_eq!(refused, Err(Status::INVALID_HANDLE), "{algorithm:?}");
            }
            ended(&device, handle);
        }
    }
}

#[test]
fn derived_keys_are_like_others() {
    let device = device();
    let refused = |attributes: &KeyAttributes| {
        let handle = complete(&device, HKDF);
        let status = device.output_key(handle, attributes).unwrap_err();
        ended(&device, handle);
        status
    };
    let aes = KeyAttributes::new(KeyType::AES, 128, ALL_USES, CCM);
    for (attributes, status) in [
        (KeyAttributes::NONE, Status::NOT_SUPPORTED),
        (KeyAttributes { bits: 0, ..aes }, Status::INVALID_ARGUMENT),
        (KeyAttributes { bits: 129, ..aes }, Status::INVALID_ARGUMENT),
        (
            KeyAttributes {
                usage: Usage(8),
                ..aes
            },
            Status::INVALID_ARGUMENT,
        ),
        (
            KeyAttributes {
                id: KeyId(1),
                ..aes
            },
            Status::INVALID_ARGUMENT,
        ),
        (
            KeyAttributes::new(KeyType::ECC_PUBLIC_KEY_SECP_R1, 256, ALL_USES, CCM),
            Status::INVALID_ARGUMENT,
        ),
        (
            KeyAttributes::new(KeyType(0x7001), 2048, ALL_USES, CCM),
            Status::NOT_SUPPORTED,
        ),
        (
            KeyAttributes {
                lifetime: Lifetime::PERSISTENT,
                id: KeyId(1),
                ..aes
            },
            Status::NOT_SUPPORTED,
        ),
    ] {
        assert_eq!(refused(&attributes), status, "{attributes:?}");
    }
    let handle = complete(&device, HKDF);
    let key = device.output_key(handle, &aes).unwrap();
    assert_eq!(device.attributes(key).unwrap().bits, 128);
    let pair = KeyAttributes::new(
        KeyType::ECC_KEY_PAIR_SECP_R1,
        256,
        ALL_USES,
        Algorithm::ECDH,
    );
    let before = device.capacity(handle).unwrap();
    let pair = device.output_key(handle, &pair).unwrap();
    assert_eq!(before - device.capacity(handle).unwrap(), 32);
    // The private key is the number that was drawn, and one.
    let again = complete(&device, HKDF);
    device.output_bytes(again, 16).unwrap();
    let mut drawn = device.output_bytes(again, 32).unwrap();
    drawn[31] += 1;
    assert_eq!(device.export(pair, 32).unwrap(), drawn);
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
