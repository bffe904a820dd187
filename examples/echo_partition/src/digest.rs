// SPDX-License-Identifier: Apache-2.0
//! A service that uses another one: the Crypto partition computes the hash of the input.
//!
//! The operation belongs to this partition and not to its client: the framework calls with the
//! partition's own id. The input is passed on in pieces and may have any length.

use psa::crypto::{Algorithm, Function, MESSAGE_TYPE, OPERATION_HANDLE_BYTES, Pack};
use psa::service::CRYPTO;
use psa::{Framework, Message, OutVector, Status};

use crate::CHUNK_BYTES;

/// Size of the hash.
pub const DIGEST_BYTES: usize = 32;

/// Writes the SHA-256 of input 0 to output 0.
pub(crate) fn digest(message: &mut impl Message, framework: &impl Framework) -> Result<(), Status> {
    if message.out_size(0) < DIGEST_BYTES {
        return Err(Status::BUFFER_TOO_SMALL);
    }
    let digest = of_input(message, framework)?;
    message.write(0, &digest)
}

/// The SHA-256 of input 0. It is not inlined, so its buffer is not in the frame of the caller.
#[inline(never)]
pub(crate) fn of_input(
    message: &mut impl Message,
    framework: &impl Framework,
) -> Result<[u8; DIGEST_BYTES], Status> {
    let mut handle = [0; OPERATION_HANDLE_BYTES];
    let mut outputs = [OutVector::new(&mut handle)];
    request(framework, Function::HASH_SETUP, 0, &[], &mut outputs)?;
    let operation = u32::from_le_bytes(handle);

    // After an error the operation has ended: no abort is needed.
    let mut chunk = [0; CHUNK_BYTES];
    loop {
        let taken = message.read(0, &mut chunk);
        match chunk.get(..taken) {
            None | Some([]) => break,
            Some(part) => request(framework, Function::HASH_UPDATE, operation, part, &mut [])?,
        }
    }

    let mut digest = [0; DIGEST_BYTES];
    let mut outputs = [OutVector::new(&mut handle), OutVector::new(&mut digest)];
    request(
        framework,
        Function::HASH_FINISH,
        operation,
        &[],
        &mut outputs,
    )?;
    Ok(digest)
}

/// One call of the Crypto service. The pack is in this frame and not in that of the caller, which
/// saves stack in the services below.
#[inline(never)]
fn request(
    framework: &impl Framework,
    function: Function,
    operation: u32,
    input: &[u8],
    outputs: &mut [OutVector<'_>],
) -> Result<(), Status> {
    let pack = match function {
        Function::HASH_SETUP => Pack::new(function).with_algorithm(Algorithm::SHA_256),
        _ => Pack::new(function).with_operation_handle(operation),
    };
    let inputs = [pack.bytes().as_slice(), input];
    match framework.call(CRYPTO.handle(), MESSAGE_TYPE, &inputs, outputs) {
        Status::SUCCESS => Ok(()),
        error => Err(error),
    }
}
