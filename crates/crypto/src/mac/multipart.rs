// SPDX-License-Identifier: Apache-2.0
//! Codes in several calls.

use psa::{
    Message,
    crypto::{Function, Pack},
};

use super::{Mac, prepare};
use crate::{
    Backend, Crypto,
    alloc::{Context, Kind},
    error::Error,
    vectors::{require_word_output, write_word},
};

impl<B: Backend, const OPERATIONS: usize, const KEYS: usize, const KEY_MATERIAL_BYTES: usize>
    Crypto<B, OPERATIONS, KEYS, KEY_MATERIAL_BYTES>
{
    pub(super) fn mac_multipart(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        match pack.function() {
            Function::MAC_SIGN_SETUP => self.mac_setup(pack, message, false),
            Function::MAC_VERIFY_SETUP => self.mac_setup(pack, message, true),
            Function::MAC_UPDATE => {
                let mac = self
                    .operations
                    .mac(pack.operation_handle(), message.client_id())?;
                mac.absorb(message);
                Ok(())
            }
            Function::MAC_SIGN_FINISH => self.mac_end(pack, message, false),
            Function::MAC_VERIFY_FINISH => self.mac_end(pack, message, true),
            Function::MAC_ABORT => self.operations.abort(Kind::Mac, pack, message),
            _ => Err(Error::NotSupported),
        }
    }

    fn mac_setup(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        verifies: bool,
    ) -> Result<(), Error> {
        self.operations.require_inactive(Kind::Mac, pack, message)?;
        let client = message.client_id();
        let (key, length_bytes) = prepare(&self.keys, pack, client, verifies)?;
        let slot = self.operations.alloc(client)?;
        let mut mac = Mac::new(key, length_bytes, verifies);
        let handle = slot.open(Context::Mac(mac.clone()));
        mac.clear();
        write_word(message, handle)
    }

    fn mac_end(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        verifies: bool,
    ) -> Result<(), Error> {
        require_word_output(message)?;
        let (handle, client) = (pack.operation_handle(), message.client_id());
        let result = match self.operations.mac(handle, client) {
            Ok(mac) if mac.verifies != verifies => Err(Error::BadState),
            Ok(mac) if verifies => mac.verify(message, 1),
            Ok(mac) => mac.sign(message, 1),
            Err(error) => Err(error),
        };
        self.operations.release(Kind::Mac, handle, client);
        write_word(message, 0)?;
        result
    }
}
