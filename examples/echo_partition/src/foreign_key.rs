// SPDX-License-Identifier: Apache-2.0
//! A partition can't use the key of another: the key of tokens belongs to the Attestation
//! partition.
//!
//! The Crypto service identifies its clients by their ids, which a partition can't change. This
//! partition tries every function that could use or reveal the key; the tests show that all fail.

use psa::crypto::{
    Algorithm, Function, KEY_ATTRIBUTES_BYTES, KEY_ID_BYTES, KeyAttributes, KeyId, KeyType,
    MESSAGE_TYPE, OPERATION_HANDLE_BYTES, Pack, Usage,
};
use psa::service::CRYPTO;
use psa::{Framework, Message, OutVector, Status};

const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
/// Size of the key and of a code made with it.
const KEY_BYTES: usize = 32;

/// The functions that are tried, with the size of output that the Crypto service requires.
pub const ATTEMPTS: [(Function, usize); 9] = [
    (Function::GET_KEY_ATTRIBUTES, KEY_ATTRIBUTES_BYTES),
    (Function::EXPORT_KEY, KEY_BYTES),
    (Function::EXPORT_PUBLIC_KEY, KEY_BYTES),
    (Function::COPY_KEY, KEY_ID_BYTES),
    (Function::PURGE_KEY, 0),
    (Function::DESTROY_KEY, 0),
    (Function::MAC_COMPUTE, KEY_BYTES),
    (Function::MAC_SIGN_SETUP, OPERATION_HANDLE_BYTES),
    (Function::MAC_VERIFY_SETUP, OPERATION_HANDLE_BYTES),
];

/// Calls the function whose index in [`ATTEMPTS`] is the one byte of input 0. Returns the status of
/// the Crypto service, and writes its output to output 0.
pub(crate) fn attempt(
    message: &mut impl Message,
    framework: &impl Framework,
) -> Result<(), Status> {
    let mut place = [0];
    let mut output = [0; KEY_BYTES];
    if message.in_size(0) != place.len() || message.out_size(0) < output.len() {
        return Err(Status::INVALID_ARGUMENT);
    }
    message.read(0, &mut place);
    let [place] = place;
    let Some((function, output_bytes)) = ATTEMPTS.get(usize::from(place)) else {
        return Err(Status::INVALID_ARGUMENT);
    };
    let key = Pack::new(*function).with_key_id(KeyId::INITIAL_ATTESTATION_KEY);
    let pack = match function.group() {
        Function::GROUP_MAC => key.with_algorithm(HMAC),
        _ => key,
    };
    // Attributes of a copy that this partition could use; for other functions it is a message.
    let attributes = KeyAttributes::new(KeyType::HMAC, 0, Usage::EXPORT, HMAC).encode();
    let mut outputs = [OutVector::new(
        output.get_mut(..*output_bytes).unwrap_or_default(),
    )];
    let status = framework.call(
        CRYPTO.handle(),
        MESSAGE_TYPE,
        &[pack.bytes(), &attributes],
        &mut outputs,
    );
    message.write(0, &output)?;
    match status {
        Status::SUCCESS => Ok(()),
        error => Err(error),
    }
}
