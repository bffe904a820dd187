// SPDX-License-Identifier: Apache-2.0
//! A Crypto service, whose hash is the sum of the bytes, and an Attestation
//! service, whose token is the challenge between two bytes.

use std::cell::RefCell;

use echo_partition::DIGEST_BYTES;
use echo_partition::foreign_key::ATTEMPTS;
use psa::attestation::GET_TOKEN;
use psa::crypto::{Algorithm, Function, KeyId, MESSAGE_TYPE, Pack};
use psa::fake::{FakeFramework, fill};
use psa::service::{CRYPTO, INITIAL_ATTESTATION};
use psa::{Framework, Handle, OutVector, Status};

const OPERATION: u32 = 7;

/// The state of the one operation.
#[derive(Default)]
struct State {
    heard: Option<Vec<u8>>,
    successes_left: Option<u32>,
}

impl State {
    fn answer(
        &mut self,
        handle: Handle,
        message_type: i16,
        inputs: &[&[u8]],
        outputs: &mut [OutVector<'_>],
    ) -> Status {
        if let Some(left) = &mut self.successes_left {
            if *left == 0 {
                return Status::INSUFFICIENT_MEMORY;
            }
            *left -= 1;
        }
        if handle == INITIAL_ATTESTATION.handle() {
            assert_eq!(message_type, GET_TOKEN);
            fill(&mut outputs[0], &FakeServices::token(inputs[0]));
            return Status::SUCCESS;
        }
        assert_eq!((handle, message_type), (CRYPTO.handle(), MESSAGE_TYPE));
        let mut pack = Pack::BLANK;
        pack.bytes_mut().copy_from_slice(inputs[0]);
        match pack.function() {
            Function::HASH_SETUP => {
                assert_eq!(pack.algorithm(), Algorithm::SHA_256);
                assert_eq!(self.heard.replace(Vec::new()), None);
                fill(&mut outputs[0], &OPERATION.to_le_bytes());
            }
            Function::HASH_UPDATE => {
                assert_eq!(pack.operation_handle(), OPERATION);
                self.heard.as_mut().unwrap().extend_from_slice(inputs[1]);
            }
            Function::HASH_FINISH => {
                assert_eq!(pack.operation_handle(), OPERATION);
                let heard = self.heard.take().unwrap();
                fill(&mut outputs[0], &[0; 4]);
                fill(&mut outputs[1], &FakeServices::hash(&heard));
            }
            // The rest is asked for with a key that belongs to another.
            function => {
                assert_eq!(pack.key_id(), KeyId::INITIAL_ATTESTATION_KEY);
                let attempt = (function, outputs[0].room().len());
                assert!(ATTEMPTS.contains(&attempt), "{attempt:?}");
                return Status::NOT_PERMITTED;
            }
        }
        Status::SUCCESS
    }
}

/// The services.
#[derive(Default)]
pub struct FakeServices(RefCell<State>);

impl FakeServices {
    /// Refuses every call after this number of calls.
    pub fn failing_after(successes: u32) -> Self {
        Self(RefCell::new(State {
            successes_left: Some(successes),
            ..State::default()
        }))
    }

    /// The token for this challenge.
    pub fn token(challenge: &[u8]) -> Vec<u8> {
        [&[0xD1], challenge, &[0x20]].concat()
    }

    /// The hash of this fake.
    pub fn hash(bytes: &[u8]) -> [u8; DIGEST_BYTES] {
        let mut hash = [0x5A_u8; DIGEST_BYTES];
        for (index, byte) in bytes.iter().enumerate() {
            hash[index % DIGEST_BYTES] = hash[index % DIGEST_BYTES].rotate_left(1) ^ byte;
        }
        hash
    }

    /// The framework of the partition that calls them.
    pub fn framework(&self) -> impl Framework {
        FakeFramework::answering(|handle, message_type, inputs, outputs| {
            let mut state = self.0.borrow_mut();
            state.answer(handle, message_type, inputs, outputs)
        })
    }
}
