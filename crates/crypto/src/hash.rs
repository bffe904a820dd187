// SPDX-License-Identifier: Apache-2.0
//! The hash service (PSA Crypto API 1.2, "Message digests"): the functions of the SHA-2
//! family that the profile has, in one call or several.
//! The rules of operations are those of `code`; a clone that fails leaves its source alone.

use primitives::hash::{self, Hash};
use psa::{
    Message,
    crypto::{Algorithm, Function, OPERATION_HANDLE_BYTES, Pack},
};

use crate::{
    Backend, Crypto, Selection,
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
        match pack.function() {
            Function::HASH_COMPUTE => self.code_single(End::Output, pack, message),
            Function::HASH_COMPARE => self.code_single(End::Comparison, pack, message),
            Function::HASH_SETUP => self.code_setup(End::Either, pack, message),
            Function::HASH_UPDATE => self.code_update(pack, message),
            Function::HASH_CLONE => self.hash_clone(pack, message),
            Function::HASH_FINISH => self.code_end(End::Output, pack, message),
            Function::HASH_VERIFY => self.code_end(End::Comparison, pack, message),
            Function::HASH_ABORT => self.operations.abort(pack, message),
            Function::CAN_DO_HASH => {
                let answer = i32::from(supported::<B>(pack.algorithm()).is_ok());
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
        let handle = self.operations.clone_hash(pack, message)?;
        write_word(message, handle)
    }
}

/// Which hash of those that the image has.
pub(crate) type HashAlgorithm<B> = <<B as Selection>::Hash as Hash>::Algorithm;

/// Begins a hash by the algorithm of the pack.
pub(crate) fn begin<B: Backend>(code: &mut Code<B>, end: End, pack: &Pack) -> Result<(), Error> {
    code.begin_hash(supported::<B>(pack.algorithm())?, end);
    Ok(())
}

/// The function of this name, if the image has it.
pub(crate) fn supported<B: Backend>(algorithm: Algorithm) -> Result<HashAlgorithm<B>, Error> {
    let name = match algorithm {
        Algorithm::SHA_224 if B::WANTED.sha_224 => hash::Algorithm::Sha224,
        Algorithm::SHA_256 if B::WANTED.sha_256 => hash::Algorithm::Sha256,
        Algorithm::SHA_384 if B::WANTED.sha_384 => hash::Algorithm::Sha384,
        Algorithm::SHA_512 if B::WANTED.sha_512 => hash::Algorithm::Sha512,
        _ if algorithm.is_hash() => return Err(Error::NotSupported),
        _ => return Err(Error::InvalidArgument),
    };
    Ok(B::Hash::algorithm(name))
}
