// SPDX-License-Identifier: Apache-2.0
//! Key derivation: the order of inputs and outputs, and inputs that a function does not have.

use psa::{
    Status,
    crypto::{Algorithm, KeyType, Step},
};

use crate::derivation::*;

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
