// SPDX-License-Identifier: Apache-2.0
//! Requests that are refused, and a Crypto service that fails: nothing is left in the buffer.

use psa::Status;

use crate::device::{Small, started};
use crate::message::{Call, GET_TOKEN, GET_TOKEN_SIZE};

#[test]
fn challenges_of_other_sizes_are_refused() {
    for challenge_bytes in (0..=200).filter(|bytes| ![32, 48, 64].contains(bytes)) {
        let mut call = Call::new(GET_TOKEN, &vec![7; challenge_bytes], 1000);
        let outcome = call.deliver(&mut started::<Small>());
        assert_eq!(outcome, Err(Status::INVALID_ARGUMENT));
        let size = (challenge_bytes as u32).to_le_bytes();
        let mut call = Call::new(GET_TOKEN_SIZE, &size, 4);
        let outcome = call.deliver(&mut started::<Small>());
        assert_eq!(outcome, Err(Status::INVALID_ARGUMENT));
        assert!(call.output().is_empty());
    }
}

#[test]
fn a_size_has_four_bytes() {
    for (input_bytes, room) in [
        (0, 4),
        (3, 4),
        (5, 4),
        (8, 4),
        (4, 0),
        (4, 3),
        (4, 5),
        (4, 8),
    ] {
        let mut call = Call::new(GET_TOKEN_SIZE, &vec![0; input_bytes], room);
        let outcome = call.deliver(&mut started::<Small>());
        assert_eq!(outcome, Err(Status::PROGRAMMER_ERROR));
    }
}

#[test]
fn other_requests_are_not_supported() {
    for message_type in [i32::MIN, -1, 0, 1000, 1003, i32::MAX] {
        let mut call = Call::new(message_type, &[7; 32], 1000);
        let outcome = call.deliver(&mut started::<Small>());
        assert_eq!(outcome, Err(Status::NOT_SUPPORTED));
    }
}

#[test]
fn a_failure_of_the_crypto_service_leaves_nothing() {
    for number in 1..=5 {
        let mut call = Call::new(GET_TOKEN, &[7; 32], 1000);
        call.crypto.0.borrow_mut().fails_at = Some(number);
        let outcome = call.deliver(&mut started::<Small>());
        assert_eq!(outcome, Err(Status::GENERIC_ERROR), "call {number}");
        assert!(call.output().is_empty() && call.erased_bytes() != 0);
        assert!(!call.crypto.0.borrow().is_busy());
    }
}
