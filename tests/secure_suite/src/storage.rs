// SPDX-License-Identifier: Apache-2.0
//! Objects of the partition, and those of others.

use psa::service::INTERNAL_TRUSTED_STORAGE;
use psa::storage::{GET, REMOVE, SET};
use psa::{Framework, OutVector, Status};

use crate::case::{Outcome, check};

/// An object that the application has created before it runs the cases.
pub const APPLICATION_UID: u64 = 0x0050_1700_0000_0001;
const UID: u64 = 0x0050_1700_0000_0002;
const CONTENT: &[u8; 20] = b"stored by the suite.";

#[inline(never)]
fn call(
    framework: &impl Framework,
    request: i16,
    inputs: &[&[u8]],
    outputs: &mut [OutVector<'_>],
) -> Status {
    framework.call(INTERNAL_TRUSTED_STORAGE.handle(), request, inputs, outputs)
}

fn get(framework: &impl Framework, uid: u64, data: &mut [u8]) -> Status {
    let inputs: [&[u8]; 2] = [&uid.to_le_bytes(), &[0; 4]];
    call(framework, GET, &inputs, &mut [OutVector::new(data)])
}

pub fn an_object_is_stored(framework: &impl Framework) -> Outcome {
    let uid = UID.to_le_bytes();
    let mut data = [0; CONTENT.len()];
    let set: [&[u8]; 3] = [&uid, CONTENT, &[0; 4]];
    check!(call(framework, SET, &set, &mut []) == Status::SUCCESS);
    check!(get(framework, UID, &mut data) == Status::SUCCESS);
    check!(data == *CONTENT);
    check!(call(framework, REMOVE, &[&uid], &mut []) == Status::SUCCESS);
    check!(get(framework, UID, &mut data) == Status::DOES_NOT_EXIST);
    Ok(())
}

pub fn objects_of_others_are_out_of_reach(framework: &impl Framework) -> Outcome {
    let mut data = [0; 4];
    check!(get(framework, APPLICATION_UID, &mut data) == Status::DOES_NOT_EXIST);
    let uid = APPLICATION_UID.to_le_bytes();
    check!(call(framework, REMOVE, &[&uid], &mut []) == Status::DOES_NOT_EXIST);
    check!(data == [0; 4]);
    Ok(())
}
