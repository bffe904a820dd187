// SPDX-License-Identifier: Apache-2.0
//! A token in this partition's own name, made by the Attestation partition.
//!
//! A verifier takes what a token says for the word of the client that it names. So clients have
//! a hash of their input in it and can't choose the challenge: none of them gets a token in the
//! name of a partition with the challenge of another client.

use psa::attestation::GET_TOKEN;
use psa::service::INITIAL_ATTESTATION;
use psa::{Framework, Message, OutVector, Status};

use crate::digest;

/// The most that a token may have here: enough for those of Profile Small.
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
