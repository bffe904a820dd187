// SPDX-License-Identifier: Apache-2.0
//! The hash service (PSA Crypto API 1.2, "Message digests"): the functions of the SHA-2
//! family that the profile has, in one call or several.
//! The rules of operations are those of `digest`; a clone that fails leaves its source alone.

use psa::{
    Message,
    crypto::{Function, OPERATION_HANDLE_BYTES, Pack},
};

use crate::{
    algorithms::hash::supported,
    configuration::Configuration,
    error::Error,
    operations::digest::End,
    partition::Crypto,
    vectors::{read, require_word_output, write, write_word},
};

impl<C: Configuration> Crypto<C> {
    /// Serves one function of the hash group.
    pub(crate) fn hash_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::HASH_COMPUTE => self.digest_single(End::Output, pack, message),
            Function::HASH_COMPARE => self.digest_single(End::Comparison, pack, message),
            Function::HASH_SETUP => self.digest_setup(End::Either, pack, message),
            Function::HASH_UPDATE => self.digest_update(pack, message),
            Function::HASH_CLONE => self.hash_clone(pack, message),
            Function::HASH_FINISH => self.digest_end(End::Output, pack, message),
            Function::HASH_VERIFY => self.digest_end(End::Comparison, pack, message),
            Function::HASH_ABORT => self.operations.abort(pack, message),
            Function::CAN_DO_HASH => {
                let answer = i32::from(supported::<C>(pack.algorithm()).is_ok());
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
