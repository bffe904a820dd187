// SPDX-License-Identifier: Apache-2.0
//! Calls of the Crypto service that the client library does not make: with values in unused fields
//! of the pack, and with an output that overlaps its input; and operations whose key is destroyed.

use client::aead::{self, Aead, Parameters};
use client::hash::Hash;
use client::mac::Mac;
use client::veneers::Veneers;
use client::{Status, key};
use psa::crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Lifetime, Pack, Usage};
use psa::service::CRYPTO;

use super::support::raw_calls::{self, Vector};

const HMAC: Algorithm = Algorithm::hmac(Algorithm::SHA_256);
const CCM: Algorithm = Algorithm::CCM;
const MESSAGE: &[u8] = b"seventeen letters";
const NONCE: &[u8] = &[7; 12];
const STORED: KeyId = KeyId(0x0000_0777);
const TAG_BYTES: usize = 16;
const MOST_VECTORS: usize = 4;

/// Typical content of a stack: the id of a key that the client could have, a pointer, the id of a
/// volatile key, the handle of an operation, all ones.
const LITTER: [u32; 5] = [5, 0x2801_2344, 0x4000_0001, 4, u32::MAX];

fn mac_key(lifetime: Lifetime) -> KeyId {
    let uses = Usage::SIGN_MESSAGE.with(Usage::VERIFY_MESSAGE);
    let mut attributes = KeyAttributes::new(KeyType::HMAC, 0, uses, HMAC);
    if lifetime == Lifetime::PERSISTENT {
        attributes.lifetime = lifetime;
        attributes.id = STORED;
    }
    key::import(&Veneers, &attributes, &[0x42; 16]).unwrap()
}

fn aes_key() -> KeyId {
    let uses = Usage::ENCRYPT.with(Usage::DECRYPT);
    let attributes = KeyAttributes::new(KeyType::AES, 128, uses, CCM);
    key::import(&Veneers, &attributes, &[0x6b; 16]).unwrap()
}

fn call(pack: &Pack, inputs: &[Vector], outputs: &mut [Vector]) -> Status {
    let mut all = [[raw_calls::address(pack.bytes()), pack.bytes().len() as u32]; MOST_VECTORS];
    all[1..=inputs.len()].copy_from_slice(inputs);
    let (ins, outs) = (inputs.len() as u32 + 1, outputs.len() as u32);
    raw_calls::call(
        CRYPTO.handle().bits(),
        raw_calls::control(0, ins, outs),
        raw_calls::address(&all),
        raw_calls::address_mut(outputs),
    )
}

/// A client that does not clear its packs.
#[derive(Clone, Copy)]
struct Client {
    litter: u32,
}

impl Client {
    /// A call that succeeds.
    fn call<const OUTPUTS: usize>(
        self,
        pack: &Pack,
        inputs: &[&[u8]],
        outputs: [&mut [u8]; OUTPUTS],
    ) {
        let mut vectors = [[0; 2]; MOST_VECTORS];
        for (vector, input) in vectors.iter_mut().zip(inputs) {
            *vector = [raw_calls::address(*input), input.len() as u32];
        }
        let mut outputs =
            outputs.map(|output| [raw_calls::address_mut(output), output.len() as u32]);
        let sent = pack.with_litter(self.litter);
        let status = call(&sent, &vectors[..inputs.len()], &mut outputs);
        assert_eq!(status, Status::SUCCESS, "{:?}", pack.function());
    }

    fn begin(self, pack: &Pack) -> u32 {
        let mut handle = [0; 4];
        self.call(pack, &[], [&mut handle]);
        u32::from_le_bytes(handle)
    }

    fn feed(self, function: Function, handle: u32, input: &[u8]) {
        let pack = Pack::new(function).with_operation_handle(handle);
        self.call(&pack, &[input], []);
    }

    fn abort(self, function: Function, handle: u32) {
        let pack = Pack::new(function).with_operation_handle(handle);
        self.call(&pack, &[], [&mut [0xFF; 4]]);
    }

    fn end<const BYTES: usize>(self, function: Function, handle: u32) -> [u8; BYTES] {
        let pack = Pack::new(function).with_operation_handle(handle);
        let mut output = [0; BYTES];
        self.call(&pack, &[], [&mut [0xFF; 4], &mut output]);
        output
    }

    fn check(self, function: Function, handle: u32, expected: &[u8]) {
        let pack = Pack::new(function).with_operation_handle(handle);
        self.call(&pack, &[expected], [&mut [0xFF; 4]]);
    }

    fn hash(self) -> [u8; 32] {
        let setup = Pack::new(Function::HASH_SETUP).with_algorithm(Algorithm::SHA_256);
        let first = self.begin(&setup);
        self.feed(Function::HASH_UPDATE, first, MESSAGE);
        let clone = Pack::new(Function::HASH_CLONE).with_operation_handle(first);
        let mut second = [0; 4];
        self.call(&clone, &[&[0; 4]], [&mut second]);
        let hash = self.end(Function::HASH_FINISH, first);
        let second = u32::from_le_bytes(second);
        self.check(Function::HASH_VERIFY, second, &hash);
        self.abort(Function::HASH_ABORT, self.begin(&setup));
        hash
    }

    fn code(self, key: KeyId) -> [u8; 32] {
        let pack = |function| Pack::new(function).with_key_id(key).with_algorithm(HMAC);
        let sign = self.begin(&pack(Function::MAC_SIGN_SETUP));
        self.feed(Function::MAC_UPDATE, sign, MESSAGE);
        let code = self.end(Function::MAC_SIGN_FINISH, sign);
        let verify = pack(Function::MAC_VERIFY_SETUP);
        let begun = self.begin(&verify);
        self.feed(Function::MAC_UPDATE, begun, MESSAGE);
        self.check(Function::MAC_VERIFY_FINISH, begun, &code);
        self.abort(Function::MAC_ABORT, self.begin(&verify));
        self.call(&pack(Function::MAC_VERIFY), &[MESSAGE, &code], []);
        code
    }

    fn sealed(self, key: KeyId) -> ([u8; MESSAGE.len()], [u8; TAG_BYTES]) {
        let pack = |function| Pack::new(function).with_key_id(key).with_algorithm(CCM);
        let begin = |setup| {
            let handle = self.begin(&pack(setup));
            let lengths = Pack::new(Function::AEAD_SET_LENGTHS)
                .with_operation_handle(handle)
                .with_lengths(4, MESSAGE.len() as u32);
            self.call(&lengths, &[], []);
            handle
        };
        let run = |handle, input: &[u8]| {
            self.feed(Function::AEAD_SET_NONCE, handle, NONCE);
            self.feed(Function::AEAD_UPDATE_AD, handle, b"more");
            let update = Pack::new(Function::AEAD_UPDATE).with_operation_handle(handle);
            let mut output = [0; MESSAGE.len()];
            self.call(&update, &[input], [&mut output]);
            output
        };
        let encrypt = begin(Function::AEAD_ENCRYPT_SETUP);
        let text = run(encrypt, MESSAGE);
        let tag = self.end(Function::AEAD_FINISH, encrypt);
        let decrypt = begin(Function::AEAD_DECRYPT_SETUP);
        assert_eq!(run(decrypt, &text), MESSAGE);
        self.check(Function::AEAD_VERIFY, decrypt, &tag);
        let begun = begin(Function::AEAD_ENCRYPT_SETUP);
        let nonce = Pack::new(Function::AEAD_GENERATE_NONCE).with_operation_handle(begun);
        self.call(&nonce, &[], [&mut [0; 13]]);
        self.abort(Function::AEAD_ABORT, begun);
        (text, tag)
    }
}

/// The calls of each client have the results of one whose unused fields are clear.
fn compare<T: PartialEq + core::fmt::Debug>(calls: impl Fn(Client) -> T) {
    let expected = calls(Client { litter: 0 });
    for litter in LITTER {
        assert_eq!(calls(Client { litter }), expected, "{litter:#010x}");
    }
}

fn destroy(key: KeyId) {
    let destroy = Pack::new(Function::DESTROY_KEY).with_key_id(key);
    Client { litter: 5 }.call(&destroy, &[], []);
}

pub fn unused_fields_of_a_hash_have_no_effect() {
    compare(Client::hash);
}

pub fn unused_fields_of_a_mac_have_no_effect() {
    let key = mac_key(Lifetime::PERSISTENT);
    compare(|client| client.code(key));
    destroy(key);
}

pub fn unused_fields_of_an_encryption_have_no_effect() {
    let key = aes_key();
    compare(|client| client.sealed(key));
    destroy(key);
}

fn a_destroyed_key_ends_its_mac(lifetime: Lifetime) {
    let key = mac_key(lifetime);
    let mut hash = Hash::setup(&Veneers, Algorithm::SHA_256).unwrap();
    let mut code = Mac::sign_setup(&Veneers, key, HMAC).unwrap();
    assert_eq!(code.update(MESSAGE), Ok(()));
    assert_eq!(key::destroy(&Veneers, key), Ok(()));
    assert_eq!(code.update(MESSAGE), Err(Status::BAD_STATE));
    assert_eq!(hash.update(MESSAGE), Ok(()));
}

pub fn a_destroyed_volatile_key_ends_its_operations() {
    a_destroyed_key_ends_its_mac(Lifetime::VOLATILE);
}

pub fn a_destroyed_persistent_key_ends_its_operations() {
    a_destroyed_key_ends_its_mac(Lifetime::PERSISTENT);
}

pub fn a_destroyed_key_ends_its_encryption() {
    let key = aes_key();
    let mut sealed = Aead::encrypt_setup(&Veneers, key, CCM).unwrap();
    assert_eq!(sealed.set_nonce(NONCE), Ok(()));
    assert_eq!(key::destroy(&Veneers, key), Ok(()));
    assert_eq!(sealed.set_lengths(0, 0), Err(Status::BAD_STATE));
}

/// A sample; the host tests try all distances.
pub fn an_output_may_overlap_its_input() {
    const START: usize = 90;
    const LENGTHS: [usize; 5] = [0, 17, 64, 65, 200];
    let key = aes_key();
    let parameters = Parameters {
        key,
        algorithm: CCM,
        nonce: NONCE,
    };
    let pack = |function| {
        let pack = Pack::new(function).with_key_id(key).with_algorithm(CCM);
        pack.with_nonce(NONCE).unwrap()
    };
    let mut memory = [0_u8; 2 * START + 200 + TAG_BYTES];
    let text: [u8; 200] = core::array::from_fn(|index| index as u8);
    let mut buffer = [0; 200 + TAG_BYTES];
    for distance in (-80..=80).step_by(7).chain([-1, 1, 63, 65]) {
        for length in LENGTHS {
            let sealed_bytes = length + TAG_BYTES;
            let sealed = &mut buffer[..sealed_bytes];
            aead::encrypt(&Veneers, &parameters, &[], &text[..length], sealed).unwrap();
            let at = START.wrapping_add_signed(distance);
            for (function, input, expected) in [
                (Function::AEAD_ENCRYPT, &text[..length], &*sealed),
                (Function::AEAD_DECRYPT, &*sealed, &text[..length]),
            ] {
                memory[START..START + input.len()].copy_from_slice(input);
                let base = raw_calls::address_mut(&mut memory);
                let inputs = [[base + START as u32, input.len() as u32], [0, 0]];
                let mut outputs = [[base + at as u32, sealed_bytes as u32]];
                let status = call(&pack(function), &inputs, &mut outputs);
                assert_eq!(status, Status::SUCCESS, "{length} at {distance}");
                assert_eq!(outputs[0][1], expected.len() as u32);
                assert_eq!(memory[at..at + expected.len()], *expected);
            }
        }
    }
    key::destroy(&Veneers, key).unwrap();
}
