// SPDX-License-Identifier: Apache-2.0
//! One call of the Crypto service: a pack with the function and its fixed-size arguments (the form
//! of TF-M's `struct tfm_crypto_pack_iovec`), then buffers.

use psa::Status;
use psa::crypto::{Algorithm, Function, KeyId, MESSAGE_TYPE, Pack};
use psa::service::CRYPTO;

use crate::gateway::{Gateway, InVector, OutVector, call};

/// The pack of a function that uses a key.
pub(crate) const fn keyed(function: Function, key: KeyId, algorithm: Algorithm) -> Pack {
    Pack::new(function)
        .with_key_id(key)
        .with_algorithm(algorithm)
}

/// Calls the service with the pack, at most two further inputs, and the outputs.
pub(crate) fn crypto_call(
    gateway: &impl Gateway,
    pack: &Pack,
    inputs: &[&[u8]],
    outputs: &mut [OutVector<'_>],
) -> Result<(), Status> {
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

/// Calls a function that fills one buffer; returns the number of bytes that it wrote.
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
