// SPDX-License-Identifier: Apache-2.0
//! The hash service (PSA Crypto API 1.2, "Message digests"): SHA-256, in one call or several.
//! The rules of operations are those of `code`; a clone that fails leaves its source alone.

use psa::{
    Message,
    crypto::{Algorithm, Function, OPERATION_HANDLE_BYTES, Pack},
};

use crate::{
    Backend, Crypto,
    alloc::Kind,
    code::{Code, End},
    error::Error,
    vectors::{read, require_word_output, write, write_word},
};

impl<B: Backend, const OPERATIONS: usize, const KEYS: usize, const KEY_MATERIAL_BYTES: usize>
    Crypto<B, OPERATIONS, KEYS, KEY_MATERIAL_BYTES>
{
    /// Serves one function of the hash group.
    pub(crate) fn hash_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        const HASH: Kind = Kind::Hash;
        match pack.function() {
            Function::HASH_COMPUTE => self.code_single(HASH, End::Output, pack, message),
            Function::HASH_COMPARE => self.code_single(HASH, End::Comparison, pack, message),
            Function::HASH_SETUP => self.code_setup(HASH, End::Either, pack, message),
            Function::HASH_UPDATE => self.code_update(HASH, pack, message),
            Function::HASH_CLONE => self.hash_clone(pack, message),
            Function::HASH_FINISH => self.code_end(HASH, End::Output, pack, message),
            Function::HASH_VERIFY => self.code_end(HASH, End::Comparison, pack, message),
            Function::HASH_ABORT => self.operations.abort(HASH, pack, message),
            Function::CAN_DO_HASH => {
                let answer = i32::from(supported(pack.algorithm()).is_ok());
                write(message, 0, &answer.to_le_bytes())
            }
            _ => Err(Error::NotSupported),
        }
    }

    fn hash_clone(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        require_word_output(message)?;
        let mut target = [0; OPERATION_HANDLE_BYTES];
        if read(message, 1, &mut target) != OPERATION_HANDLE_BYTES {
            return Err(Error::Programmer);
        }
        if u32::from_le_bytes(target) != 0 {
            return Err(Error::BadState);
        }
        let source = pack.operation_handle();
        let handle = self.operations.clone_hash(source, message.client_id())?;
        write_word(message, handle)
    }
}

/// Begins a hash by the algorithm of the pack.
pub(crate) fn begin<B: Backend>(code: &mut Code<B>, end: End, pack: &Pack) -> Result<(), Error> {
    supported(pack.algorithm())?;
    code.begin_hash(end);
    Ok(())
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
