// SPDX-License-Identifier: Apache-2.0
//! Key derivation: how much work a single call may ask for.

use psa::{
    Status,
    crypto::{Algorithm, KeyAttributes, KeyType, Step},
};

use crate::{calls::*, derivation::*};

/// A call takes 100,000 iterations at most, whatever the output: it could last for days. A block of
/// any function counts 32.
#[test]
fn one_call_has_its_most_iterations() {
    let device = device();
    let cmac = Algorithm::PBKDF2_AES_CMAC_PRF_128;
    let of_512 = Algorithm::pbkdf2_hmac(Algorithm::SHA_512);
    for (algorithm, block_bytes) in [(PBKDF2, 32), (of_512, 64), (cmac, 16)] {
        let begun = |cost| {
            let handle = device.derivation(algorithm);
            let cost = Input::Integer(Step::COST, cost);
            let password = bytes(Step::PASSWORD, b"password");
            for input in [cost, bytes(Step::SALT, b"salt"), password] {
                device.input(handle, &input).unwrap();
            }
            handle
        };
        // Refused at once, or this test would not end.
        for (cost, bytes) in [
            (100_000, block_bytes + 1),
            (50_001, block_bytes + 1),
            (25_000, 4 * block_bytes + 1),
            (100, 0x1_0000),
        ] {
            let handle = begun(cost);
            let refused = device.output_bytes(handle, bytes).map(|_| ());
            assert_eq!(refused, Err(Status::NOT_SUPPORTED), "{algorithm:?} {cost}");
            ended(&device, handle);
        }
        let raw = KeyAttributes::new(
            KeyType::RAW_DATA,
            8 * block_bytes as u16 + 8,
            ALL_USES,
            Algorithm::NONE,
        );
        let handle = device.derivation(algorithm);
        let password = device.secret(KeyType::PASSWORD, algorithm, b"password");
        for input in [
            Input::Integer(Step::COST, 50_001),
            bytes(Step::SALT, b"salt"),
            Input::Key(Step::PASSWORD, password),
        ] {
            device.input(handle, &input).unwrap();
        }
        let refused = device.output_key(handle, &raw);
        assert_eq!(refused, Err(Status::NOT_SUPPORTED));
        ended(&device, handle);
        device.destroy(password).unwrap();
        // As much as that comes out, and goes on in another call; what is left of a block is free.
        let handle = begun(1000);
        assert!(device.output_bytes(handle, 2 * block_bytes - 1).is_ok());
        assert!(device.output_bytes(handle, 1).is_ok());
        assert!(device.output_bytes(handle, 2 * block_bytes).is_ok());
        device.end_derivation(handle);
    }
}

/// The same for functions that are not for passwords.
#[test]
fn one_call_has_its_most_blocks() {
    let device = device();
    let prf = Algorithm::tls12_prf(Algorithm::SHA_256);
    let cmac = Algorithm::SP800_108_COUNTER_CMAC;
    for (algorithm, block_bytes) in [(prf, 32), (COUNTER, 32), (cmac, 16)] {
        let handle = complete(&device, algorithm);
        let most_bytes = 3125 * block_bytes;
        assert!(device.output_bytes(handle, most_bytes).is_ok());
        assert!(device.output_bytes(handle, 1).is_ok());
        let rest_of_block = block_bytes - 1;
        let as_much = device.output_bytes(handle, rest_of_block + most_bytes);
        assert!(as_much.is_ok(), "what is left of a block is free");
        let refused = device.output_bytes(handle, most_bytes + 1).map(|_| ());
        assert_eq!(refused, Err(Status::NOT_SUPPORTED), "{algorithm:?}");
        ended(&device, handle);
    }
}
