// SPDX-License-Identifier: Apache-2.0
//! What the modules for the Crypto service have in common: the call, and the handle of a
//! multipart operation.

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId, MESSAGE_TYPE, OPERATION_HANDLE_BYTES, Pack};
use psa::service::CRYPTO;

use crate::gateway::{Gateway, InVector, OutVector, call};

/// The pack of a function that uses a key.
pub(crate) const fn keyed(function: Function, key: KeyId, algorithm: Algorithm) -> Pack {
    Pack::new(function)
        .with_key_id(key)
        .with_algorithm(algorithm)
}

/// One call of the Crypto service: the pack, further inputs (at most two), and the outputs.
pub(crate) fn crypto_call(
    gateway: &impl Gateway,
    pack: &Pack,
    inputs: &[&[u8]],
    outputs: &mut [OutVector<'_>],
) -> Result<(), Status> {
    #[cfg(test)]
    tests::record(pack);
    let pack = InVector::new(pack.bytes());
    match *inputs {
        [] => call(gateway, CRYPTO.handle(), MESSAGE_TYPE, &[pack], outputs),
        [first] => {
            let inputs = [pack, InVector::new(first)];
            call(gateway, CRYPTO.handle(), MESSAGE_TYPE, &inputs, outputs)
        }
        [first, second, ..] => {
            let inputs = [pack, InVector::new(first), InVector::new(second)];
            call(gateway, CRYPTO.handle(), MESSAGE_TYPE, &inputs, outputs)
        }
    }
}

/// A call that fills one buffer; returns how many bytes it wrote.
pub(crate) fn fill(
    gateway: &impl Gateway,
    pack: &Pack,
    inputs: &[&[u8]],
    output: &mut [u8],
) -> Result<usize, Status> {
    let mut outputs = [OutVector::new(output)];
    crypto_call(gateway, pack, inputs, &mut outputs)?;
    let [output] = outputs;
    Ok(output.length_bytes())
}

/// A multipart operation in the secure world. Dropping it aborts it.
pub(crate) struct Operation<'a, G: Gateway> {
    gateway: &'a G,
    handle: u32,
    abort: Function,
}

impl<'a, G: Gateway> Operation<'a, G> {
    /// Sets an operation up, or makes one out of another; `abort` ends it.
    pub(crate) fn begin(
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

    /// The way into the secure world.
    pub(crate) const fn gateway(&self) -> &'a G {
        self.gateway
    }

    /// The pack for a function on this operation.
    pub(crate) const fn pack(&self, function: Function) -> Pack {
        Pack::new(function).with_operation_handle(self.handle)
    }

    /// A function without an output.
    pub(crate) fn feed(&mut self, function: Function, inputs: &[&[u8]]) -> Result<(), Status> {
        crypto_call(self.gateway, &self.pack(function), inputs, &mut [])
    }

    /// A function that ends the operation and may fill a buffer; returns how many bytes it wrote.
    pub(crate) fn end(
        mut self,
        function: Function,
        inputs: &[&[u8]],
        output: Option<&mut [u8]>,
    ) -> Result<usize, Status> {
        let pack = self.pack(function);
        let mut handle = self.handle.to_le_bytes();
        let handle = OutVector::new(&mut handle);
        let length_bytes = match output {
            Some(output) => {
                let mut outputs = [handle, OutVector::new(output)];
                crypto_call(self.gateway, &pack, inputs, &mut outputs)?;
                let [_, output] = outputs;
                output.length_bytes()
            }
            None => {
                crypto_call(self.gateway, &pack, inputs, &mut [handle])?;
                0
            }
        };
        self.handle = 0;
        Ok(length_bytes)
    }
}

impl<G: Gateway> Drop for Operation<'_, G> {
    fn drop(&mut self) {
        if self.handle != 0 {
            let mut handle = self.handle.to_le_bytes();
            let pack = self.pack(self.abort);
            // An abort that fails leaves nothing to be done: the handle is given up either way.
            let _ = crypto_call(self.gateway, &pack, &[], &mut [OutVector::new(&mut handle)]);
        }
    }
}

#[cfg(test)]
mod tests;
