// SPDX-License-Identifier: Apache-2.0
//! Keys of the partition, a code and a sealed message.

use psa::crypto::{Algorithm, Function, KEY_ID_BYTES, KeyAttributes, KeyId, KeyType, Pack, Usage};
use psa::{Framework, Status};

use crate::case::{Outcome, check};
use crate::crypto::call;

const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
/// RFC 4231, case 2.
const MAC: [u8; 32] = [
    0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e, 0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
    0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43,
];
const NONCE: [u8; 12] = [7; 12];
const MESSAGE: &[u8; 16] = b"in the same room";
const SEALED_BYTES: usize = MESSAGE.len() + 16;

/// Imports a volatile key; the line of the caller if that fails.
#[inline(never)]
fn import(
    framework: &impl Framework,
    attributes: &KeyAttributes,
    data: &[u8],
) -> Result<KeyId, u32> {
    let mut id = [0; KEY_ID_BYTES];
    let pack = Pack::new(Function::IMPORT_KEY);
    let status = call(framework, &pack, [&attributes.encode(), data], &mut id);
    check!(status == Status::SUCCESS);
    Ok(KeyId(u32::from_le_bytes(id)))
}

#[inline(never)]
fn destroy(framework: &impl Framework, key: KeyId) -> Outcome {
    let pack = Pack::new(Function::DESTROY_KEY).with_key_id(key);
    check!(call(framework, &pack, [&[], &[]], &mut []) == Status::SUCCESS);
    check!(call(framework, &pack, [&[], &[]], &mut []) == Status::INVALID_HANDLE);
    Ok(())
}

pub fn a_mac_matches_its_vector(framework: &impl Framework) -> Outcome {
    let attributes = KeyAttributes::new(KeyType::HMAC, 0, Usage::SIGN_MESSAGE, HMAC);
    let key = import(framework, &attributes, b"Jefe")?;
    let pack = Pack::new(Function::MAC_COMPUTE);
    let pack = pack.with_key_id(key).with_algorithm(HMAC);
    let mut code = [0; 32];
    let message = b"what do ya want for nothing?";
    let status = call(framework, &pack, [message, &[]], &mut code);
    check!(status == Status::SUCCESS);
    check!(code == MAC);
    destroy(framework, key)
}

pub fn a_message_is_sealed_and_opened(framework: &impl Framework) -> Outcome {
    let uses = Usage::ENCRYPT.with(Usage::DECRYPT);
    let attributes = KeyAttributes::new(KeyType::AES, 128, uses, Algorithm::CCM);
    let key = import(framework, &attributes, &[0x6b; 16])?;
    let mut sealed = [0; SEALED_BYTES];
    let mut opened = [0; MESSAGE.len()];
    let pack = |function| {
        let pack = Pack::new(function).with_key_id(key);
        pack.with_algorithm(Algorithm::CCM).with_nonce(&NONCE)
    };
    let Some(encrypt) = pack(Function::AEAD_ENCRYPT) else {
        return Err(line!());
    };
    let Some(decrypt) = pack(Function::AEAD_DECRYPT) else {
        return Err(line!());
    };
    let status = call(framework, &encrypt, [MESSAGE, &[]], &mut sealed);
    check!(status == Status::SUCCESS);
    let status = call(framework, &decrypt, [&sealed, &[]], &mut opened);
    check!(status == Status::SUCCESS);
    check!(opened == *MESSAGE);
    sealed[0] ^= 1;
    let status = call(framework, &decrypt, [&sealed, &[]], &mut opened);
    check!(status == Status::INVALID_SIGNATURE);
    destroy(framework, key)
}
