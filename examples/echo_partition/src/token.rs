// SPDX-License-Identifier: Apache-2.0
//! A token in this partition's own name, made by the Attestation partition.
//!
//! A verifier trusts a token as a statement of the client that it names. So the challenge is a hash
//! of the client's input: no client can choose it, and so relay the challenge of a verifier to get
//! a token in the name of the partition.

use psa::attestation::GET_TOKEN;
use psa::service::INITIAL_ATTESTATION;
use psa::{Framework, Message, OutVector, Status};

use crate::digest;

/// Maximum size of a token in bytes: enough for those of Profile Small.
pub const TOKEN_ROOM_BYTES: usize = 400;

/// Writes a token whose challenge is the SHA-256 of input 0 to output 0.
pub(crate) fn token(message: &mut impl Message, framework: &impl Framework) -> Result<(), Status> {
    let challenge = digest::of_input(message, framework)?;
    let mut token = [0; TOKEN_ROOM_BYTES];
    let mut outputs = [OutVector::new(&mut token)];
    let attestation = INITIAL_ATTESTATION.handle();
    match framework.call(attestation, GET_TOKEN, &[&challenge], &mut outputs) {
        Status::SUCCESS => {
            let [made] = outputs;
            message.write(0, made.written())
        }
        error => Err(error),
    }
}
