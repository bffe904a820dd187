// SPDX-License-Identifier: Apache-2.0
//! The life cycle of a multipart operation (PSA Crypto API 1.2, chapter 3.3.2): set-up, calls in
//! between, and a last call or an abort. Hashes, MACs, ciphers, AEAD and key derivation share it.

use psa::Status;
use psa::crypto::{Function, OPERATION_HANDLE_BYTES, Pack};

use crate::crypto::{crypto_call, fill};
use crate::gateway::{Gateway, OutVector};

/// The handle of a closed operation.
const CLOSED: u32 = 0;

/// A multipart operation in the secure world. Dropping it aborts it.
pub(crate) struct Operation<'a, G: Gateway> {
    gateway: &'a G,
    handle: u32,
    abort: Function,
}

impl<'a, G: Gateway> Operation<'a, G> {
    /// Sets an operation up. `abort` is the function that closes it early.
    pub(crate) fn setup(gateway: &'a G, pack: &Pack, abort: Function) -> Result<Self, Status> {
        Self::open(gateway, pack, &[], abort)
    }

    /// Opens a second operation in the same state, by `function`.
    pub(crate) fn duplicate(&self, function: Function) -> Result<Self, Status> {
        let target = CLOSED.to_le_bytes();
        Self::open(self.gateway, &self.pack(function), &[&target], self.abort)
    }

    fn open(
        gateway: &'a G,
        pack: &Pack,
        inputs: &[&[u8]],
        abort: Function,
    ) -> Result<Self, Status> {
        let mut handle = [0; OPERATION_HANDLE_BYTES];
        crypto_call(gateway, pack, inputs, &mut [OutVector::new(&mut handle)])?;
        Ok(Self {
            gateway,
            handle: u32::from_le_bytes(handle),
            abort,
        })
    }

    /// The pack of a function on this operation.
    pub(crate) const fn pack(&self, function: Function) -> Pack {
        Pack::new(function).with_operation_handle(self.handle)
    }

    /// Calls a function that has no output.
    pub(crate) fn feed(&mut self, function: Function, input: &[u8]) -> Result<(), Status> {
        self.call(&self.pack(function), &[input])
    }

    /// Calls a function whose pack has further fields, and that has no output.
    pub(crate) fn call(&mut self, pack: &Pack, inputs: &[&[u8]]) -> Result<(), Status> {
        crypto_call(self.gateway, pack, inputs, &mut [])
    }

    /// Calls a function that fills a buffer; returns the number of bytes that it wrote.
    pub(crate) fn fill(
        &self,
        function: Function,
        inputs: &[&[u8]],
        output: &mut [u8],
    ) -> Result<usize, Status> {
        fill(self.gateway, &self.pack(function), inputs, output)
    }

    /// Calls the last function, which fills a buffer; returns the number of bytes that it wrote.
    pub(crate) fn finish(mut self, function: Function, output: &mut [u8]) -> Result<usize, Status> {
        let mut handle = self.handle.to_le_bytes();
        let mut outputs = [OutVector::new(&mut handle), OutVector::new(output)];
        crypto_call(self.gateway, &self.pack(function), &[], &mut outputs)?;
        self.handle = CLOSED;
        Ok(outputs[1].length_bytes())
    }

    /// Calls the last function, which compares the result with `expected`.
    pub(crate) fn verify(mut self, function: Function, expected: &[u8]) -> Result<(), Status> {
        let mut handle = self.handle.to_le_bytes();
        let mut outputs = [OutVector::new(&mut handle)];
        crypto_call(
            self.gateway,
            &self.pack(function),
            &[expected],
            &mut outputs,
        )?;
        self.handle = CLOSED;
        Ok(())
    }
}

impl<G: Gateway> Drop for Operation<'_, G> {
    fn drop(&mut self) {
        if self.handle != CLOSED {
            let mut handle = self.handle.to_le_bytes();
            let pack = self.pack(self.abort);
            // There is no way to report a failed abort: the handle is given up either way.
            let _ = crypto_call(self.gateway, &pack, &[], &mut [OutVector::new(&mut handle)]);
        }
    }
}
