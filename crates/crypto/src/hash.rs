// SPDX-License-Identifier: Apache-2.0
//! The hash service (PSA Crypto API 1.2, "Message digests"): SHA-256, in one call or several.
//!
//! State rules. An operation is active exactly while its handle opens a context. Any error of
//! a call on an active operation ends it, except a clone, which leaves its source alone. An
//! abort always succeeds, also on an operation that has ended or never was one of this
//! client. Wherever a call has an output for the handle and the operation has ended, the
//! client gets zero back.
//!
//! A caller may let the hash overwrite the input: all input has been read before the output
//! is written.

mod digest;

use primitives::sha256::{DIGEST_BYTES, Sha256};
use psa::{
    Message,
    crypto::{Algorithm, Function, OPERATION_HANDLE_BYTES, Pack},
};

use self::digest::{absorb, digest_of_input, expect};
use crate::{alloc::Operations, error::Error};

/// Serves one function of the hash group.
pub(crate) fn call<const N: usize>(
    operations: &mut Operations<N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    match pack.function() {
        Function::HASH_COMPUTE => compute(pack, message),
        Function::HASH_COMPARE => compare(pack, message),
        Function::HASH_SETUP => setup(operations, pack, message),
        Function::HASH_UPDATE => update(operations, pack, message),
        Function::HASH_CLONE => clone(operations, pack, message),
        Function::HASH_FINISH => finish(operations, pack, message),
        Function::HASH_VERIFY => verify(operations, pack, message),
        Function::HASH_ABORT => abort(operations, pack, message),
        Function::CAN_DO_HASH => can_do_hash(pack, message),
        _ => Err(Error::NotSupported),
    }
}

fn compute(pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
    supported(pack.algorithm())?;
    if message.out_size(0) < DIGEST_BYTES {
        return Err(Error::BufferTooSmall);
    }
    let digest = digest_of_input(message);
    write(message, 0, &digest)
}

fn compare(pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
    supported(pack.algorithm())?;
    let mut digest = digest_of_input(message);
    expect(&mut digest, message, 2)
}

fn setup<const N: usize>(
    operations: &mut Operations<N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    require_handle_output(message)?;
    if pack.operation_handle() != 0 {
        return Err(Error::BadState);
    }
    supported(pack.algorithm())?;
    let handle = operations.alloc_hash(message.client_id())?;
    write_handle(message, handle)
}

fn update<const N: usize>(
    operations: &mut Operations<N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    let hash = operations.hash(pack.operation_handle(), message.client_id())?;
    absorb(hash, message);
    Ok(())
}

fn clone<const N: usize>(
    operations: &mut Operations<N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    require_handle_output(message)?;
    let mut target = [0; OPERATION_HANDLE_BYTES];
    if message.read(1, &mut target) != OPERATION_HANDLE_BYTES {
        return Err(Error::Programmer);
    }
    if u32::from_le_bytes(target) != 0 {
        return Err(Error::BadState);
    }
    let handle = operations.clone_hash(pack.operation_handle(), message.client_id())?;
    write_handle(message, handle)
}

fn finish<const N: usize>(
    operations: &mut Operations<N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    let digest = end(operations, pack, message)?;
    if message.out_size(1) < DIGEST_BYTES {
        return Err(Error::BufferTooSmall);
    }
    write(message, 1, &digest)
}

fn verify<const N: usize>(
    operations: &mut Operations<N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    let mut digest = end(operations, pack, message)?;
    expect(&mut digest, message, 1)
}

fn abort<const N: usize>(
    operations: &mut Operations<N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    require_handle_output(message)?;
    operations.release(pack.operation_handle(), message.client_id());
    write_handle(message, 0)
}

fn can_do_hash(pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
    let answer = i32::from(supported(pack.algorithm()).is_ok());
    write(message, 0, &answer.to_le_bytes())
}

/// Whether the service has this algorithm.
fn supported(algorithm: Algorithm) -> Result<(), Error> {
    if algorithm == Algorithm::SHA_256 {
        Ok(())
    } else if algorithm.is_hash() {
        Err(Error::NotSupported)
    } else {
        Err(Error::InvalidArgument)
    }
}

/// Ends an operation: its digest, the context wiped, the client's handle zero.
fn end<const N: usize>(
    operations: &mut Operations<N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<[u8; DIGEST_BYTES], Error> {
    require_handle_output(message)?;
    let handle = pack.operation_handle();
    let client = message.client_id();
    let digest = operations.hash(handle, client).map(Sha256::finish);
    operations.release(handle, client);
    write_handle(message, 0)?;
    digest
}

/// Refuses a call whose first output can't take a handle, before anything has happened.
fn require_handle_output(message: &impl Message) -> Result<(), Error> {
    if message.out_size(0) == OPERATION_HANDLE_BYTES {
        Ok(())
    } else {
        Err(Error::Programmer)
    }
}

fn write_handle(message: &mut impl Message, handle: u32) -> Result<(), Error> {
    write(message, 0, &handle.to_le_bytes())
}

fn write(message: &mut impl Message, index: usize, bytes: &[u8]) -> Result<(), Error> {
    let written = message.write(index, bytes);
    written.map_err(|_| Error::BufferTooSmall)
}
