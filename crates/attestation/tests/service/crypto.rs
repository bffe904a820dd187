// SPDX-License-Identifier: Apache-2.0
//! A Crypto service with one key and one operation at a time.

use std::cell::RefCell;
use std::rc::Rc;

use primitives::hmac::HmacSha256;
use psa::crypto::{Algorithm, Function, KeyId, Pack};
use psa::fake::{FakeFramework, fill};
use psa::service::CRYPTO;
use psa::{Framework, Handle, OutVector, Status};

use crate::device::{ATTESTATION_KEY, LIFECYCLE};

const OPERATION: u32 = 0x1234_5678;

/// What the service knows.
#[derive(Default)]
pub struct State {
    operation: Option<HmacSha256>,
    /// Calls so far.
    pub calls: usize,
    /// The call that fails.
    pub fails_at: Option<usize>,
}

impl State {
    /// Whether an operation was left open.
    pub fn is_busy(&self) -> bool {
        self.operation.is_some()
    }

    fn answer(
        &mut self,
        handle: Handle,
        message_type: i16,
        inputs: &[&[u8]],
        outputs: &mut [OutVector<'_>],
    ) -> Status {
        assert_eq!((handle, message_type), (CRYPTO.handle(), 0));
        let mut pack = Pack::BLANK;
        pack.bytes_mut().copy_from_slice(inputs[0]);
        self.calls += 1;
        if self.fails_at == Some(self.calls) {
            self.operation = None; // an error ends the operation
            return Status::INSUFFICIENT_MEMORY;
        }
        match pack.function() {
            Function::MAC_SIGN_SETUP => {
                assert_eq!(pack.key_id(), KeyId::INITIAL_ATTESTATION_KEY);
                assert_eq!(pack.algorithm(), Algorithm::hmac(Algorithm::SHA_256));
                assert_eq!(pack.operation_handle(), 0);
                assert!(!self.is_busy());
                self.operation = Some(HmacSha256::new(&ATTESTATION_KEY));
                fill(&mut outputs[0], &OPERATION.to_le_bytes());
                Status::SUCCESS
            }
            Function::MAC_UPDATE if pack.operation_handle() == OPERATION => {
                match &mut self.operation {
                    Some(operation) => operation.update(inputs[1]),
                    None => return Status::BAD_STATE,
                }
                Status::SUCCESS
            }
            Function::MAC_SIGN_FINISH if pack.operation_handle() == OPERATION => {
                let Some(mut operation) = self.operation.take() else {
                    return Status::BAD_STATE;
                };
                fill(&mut outputs[0], &[0; 4]);
                fill(&mut outputs[1], &operation.finish());
                Status::SUCCESS
            }
            _ => Status::BAD_STATE,
        }
    }
}

/// The service; clones share their state.
#[derive(Clone, Default)]
pub struct Crypto(pub Rc<RefCell<State>>);

impl Crypto {
    /// The framework of the partition, which calls this service.
    pub fn framework(&self) -> impl Framework {
        let state = self.0.clone();
        FakeFramework::answering(move |handle, message_type, inputs, outputs| {
            let mut state = state.borrow_mut();
            state.answer(handle, message_type, inputs, outputs)
        })
        .in_lifecycle(LIFECYCLE as u32)
    }
}
