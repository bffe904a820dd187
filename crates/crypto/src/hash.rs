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

use self::digest::{absorb, digest_of_input};
use crate::{
    Backend,
    alloc::{Kind, Operations},
    error::Error,
    vectors::{expect, read, require_word_output, write, write_word},
};

/// Serves one function of the hash group.
pub(crate) fn call<B: Backend, const N: usize>(
    operations: &mut Operations<B, N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    match pack.function() {
        Function::HASH_COMPUTE => compute::<B>(pack, message),
        Function::HASH_COMPARE => compare::<B>(pack, message),
        Function::HASH_SETUP => setup(operations, pack, message),
        Function::HASH_UPDATE => update(operations, pack, message),
        Function::HASH_CLONE => clone(operations, pack, message),
        Function::HASH_FINISH => finish(operations, pack, message),
        Function::HASH_VERIFY => verify(operations, pack, message),
        Function::HASH_ABORT => operations.abort(Kind::Hash, pack, message),
        Function::CAN_DO_HASH => can_do_hash(pack, message),
        _ => Err(Error::NotSupported),
    }
}

fn compute<B: Backend>(pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
    supported(pack.algorithm())?;
    if message.out_size(0) < DIGEST_BYTES {
        return Err(Error::BufferTooSmall);
    }
    let digest = digest_of_input::<B::Compression>(message);
    write(message, 0, &digest)
}

fn compare<B: Backend>(pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
    supported(pack.algorithm())?;
    let mut digest = digest_of_input::<B::Compression>(message);
    expect(message, 2, &mut digest)
}

fn setup<B: Backend, const N: usize>(
    operations: &mut Operations<B, N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    operations.require_inactive(Kind::Hash, pack, message)?;
    supported(pack.algorithm())?;
    let handle = operations.alloc(message.client_id())?.open_hash();
    write_word(message, handle)
}

fn update<B: Backend, const N: usize>(
    operations: &mut Operations<B, N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    let hash = operations.hash(pack.operation_handle(), message.client_id())?;
    absorb(hash, message);
    Ok(())
}

fn clone<B: Backend, const N: usize>(
    operations: &mut Operations<B, N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    require_word_output(message)?;
    let mut target = [0; OPERATION_HANDLE_BYTES];
    if read(message, 1, &mut target) != OPERATION_HANDLE_BYTES {
        return Err(Error::Programmer);
    }
    if u32::from_le_bytes(target) != 0 {
        return Err(Error::BadState);
    }
    let handle = operations.clone_hash(pack.operation_handle(), message.client_id())?;
    write_word(message, handle)
}

fn finish<B: Backend, const N: usize>(
    operations: &mut Operations<B, N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    let digest = end(operations, pack, message)?;
    if message.out_size(1) < DIGEST_BYTES {
        return Err(Error::BufferTooSmall);
    }
    write(message, 1, &digest)
}

fn verify<B: Backend, const N: usize>(
    operations: &mut Operations<B, N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<(), Error> {
    let mut digest = end(operations, pack, message)?;
    expect(message, 1, &mut digest)
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
fn end<B: Backend, const N: usize>(
    operations: &mut Operations<B, N>,
    pack: &Pack,
    message: &mut impl Message,
) -> Result<[u8; DIGEST_BYTES], Error> {
    require_word_output(message)?;
    let handle = pack.operation_handle();
    let client = message.client_id();
    let digest = operations.hash(handle, client).map(Sha256::finish);
    operations.release(Kind::Hash, handle, client);
    write_word(message, 0)?;
    digest
}
