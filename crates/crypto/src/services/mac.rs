// SPDX-License-Identifier: Apache-2.0
//! The MAC service (PSA Crypto API 1.2, "Message authentication codes"): HMAC with the
//! hashes of the profile and CMAC with AES, complete or truncated, in one call or several. The
//! rules of operations are those of `digest`; an operation signs or verifies, as its setup says.
//!
//! MACs are compared as a whole, in constant time. A MAC of another length is wrong.

use psa::{
    Message,
    crypto::{Function, Pack},
};

use crate::{
    configuration::Configuration, error::Error, operations::digest::End, partition::Crypto,
};

impl<C: Configuration> Crypto<C> {
    /// Serves one function of the MAC group.
    pub(crate) fn mac_call(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::MAC_COMPUTE => self.digest_single(End::Output, pack, message),
            Function::MAC_VERIFY => self.digest_single(End::Comparison, pack, message),
            Function::MAC_SIGN_SETUP => self.digest_setup(End::Output, pack, message),
            Function::MAC_VERIFY_SETUP => self.digest_setup(End::Comparison, pack, message),
            Function::MAC_UPDATE => self.digest_update(pack, message),
            Function::MAC_SIGN_FINISH => self.digest_end(End::Output, pack, message),
            Function::MAC_VERIFY_FINISH => self.digest_end(End::Comparison, pack, message),
            Function::MAC_ABORT => self.operations.abort(pack, message),
            _ => Err(Error::NotSupported),
        }
    }
}
