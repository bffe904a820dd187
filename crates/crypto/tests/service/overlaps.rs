// SPDX-License-Identifier: Apache-2.0
//! Outputs that overlap their input in every way (PSA Crypto API 1.2, "Overlap between
//! parameters"): what comes out is what comes out into a buffer elsewhere. The one exception is an
//! output that begins within its input and has no room for the rest of it: refused, and nothing
//! is written.

use psa::{
    Status,
    crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack},
};

use crate::{calls::*, cipher, client::*};

type FullDevice = Device<Persistent>;

const DISTANCES: std::ops::RangeInclusive<i32> = -80..=80;
const MOST_BYTES: usize = 300;
/// Not all lengths with each distance, but each with some.
const STRIDE: usize = 97;
/// What the service reads before it writes.
const PART_BYTES: usize = 64;
const TAG_BYTES: usize = 16;
const NONCE: &[u8] = &[7; 12];
const ADDITIONAL: &[u8] = b"additional data";

const AEADS: [(Algorithm, KeyType); 3] = [
    (Algorithm::CCM, KeyType::AES),
    (Algorithm::GCM, KeyType::AES),
    (Algorithm::CHACHA20_POLY1305, KeyType::CHACHA20),
];

/// Each distance with some lengths.
fn cases() -> impl Iterator<Item = (i32, usize)> {
    DISTANCES.flat_map(|distance| {
        let first = (distance + 80) as usize * 7 % STRIDE;
        (first..=MOST_BYTES)
            .step_by(STRIDE)
            .map(move |length| (distance, length))
    })
}

fn text(length: usize) -> Vec<u8> {
    (0..length).map(|index| (index * 5 + 1) as u8).collect()
}

fn key(device: &FullDevice, algorithm: Algorithm, key_type: KeyType) -> KeyId {
    let attributes = KeyAttributes::new(key_type, 256, ALL_USES, algorithm);
    device.import(&attributes, &[0x42; 32]).unwrap()
}

/// How a call uses its buffers.
#[derive(Clone, Copy, Debug)]
struct Buffers {
    distance: i32,
    /// Room of the output.
    room: usize,
    /// Bytes of the input that are read before any others.
    before: usize,
    /// Bytes that come out of the rest of the input, one by one.
    data: usize,
}

impl Buffers {
    /// Whether the output is in the way and has no room for what is there.
    fn are_refused(self, input: usize) -> bool {
        let rest = input - self.before;
        let distance = i64::from(self.distance) - self.before as i64;
        let is_in_the_way = 0 < distance
            && distance < rest as i64
            && self.data != 0
            && rest > self.data.min(PART_BYTES);
        is_in_the_way && self.room < rest
    }

    /// Makes a call whose output overlaps input 1; `None` where that is refused.
    fn call(self, device: &FullDevice, pack: &Pack, inputs: &[&[u8]]) -> Option<Vec<u8>> {
        let output = Output::Shifted(1, self.distance, self.room);
        let answer = device.function(pack.clone(), inputs, &[output]);
        if self.are_refused(inputs[0].len()) {
            assert_eq!(answer.status, Status::INVALID_ARGUMENT, "{self:?}");
            assert!(answer.outputs[0].is_empty());
            let input = device.last_input(1);
            assert_eq!(input[self.before..], inputs[0][self.before..], "{self:?}");
            return None;
        }
        assert_eq!(answer.status, Status::SUCCESS, "{self:?}");
        Some(answer.outputs[0].clone())
    }
}

#[test]
fn authenticated_encryption_in_one_call() {
    let mut refused = 0;
    for (algorithm, key_type) in AEADS {
        let device = FullDevice::with_backend();
        let key = key(&device, algorithm, key_type);
        let pack = |function| {
            let pack = Pack::new(function).with_key_id(key);
            let pack = pack.with_algorithm(algorithm).with_nonce(NONCE);
            pack.expect("a nonce that fits")
        };
        for (distance, length) in cases() {
            let text = text(length);
            let sealed_bytes = length + TAG_BYTES;
            let buffers = |room, distance| Buffers {
                distance,
                room,
                before: 0,
                data: length,
            };
            let encrypt = pack(Function::AEAD_ENCRYPT);
            let elsewhere = &[Output::New(sealed_bytes)];
            let sealed = device.function(encrypt.clone(), &[&text, ADDITIONAL], elsewhere);
            let sealed = &sealed.outputs[0];
            let overlapped = buffers(sealed_bytes, distance);
            let overlapped = overlapped.call(&device, &encrypt, &[&text, ADDITIONAL]);
            assert_eq!(overlapped.as_ref(), Some(sealed), "{length} at {distance}");
            // As much room as there is need of, and room for all.
            for room in [length, sealed_bytes] {
                let decrypt = pack(Function::AEAD_DECRYPT);
                let inputs: [&[u8]; 2] = [sealed, ADDITIONAL];
                let opened = buffers(room, distance).call(&device, &decrypt, &inputs);
                refused += usize::from(opened.is_none());
                assert_eq!(opened.unwrap_or(text.clone()), text);
            }
        }
    }
    assert!(refused > 300, "{refused}");
}

/// An operation that has its nonce and the first `before` bytes.
fn begun(device: &FullDevice, key: KeyId, algorithm: Algorithm, first: &[u8], rest: usize) -> u32 {
    let setup = Function::AEAD_ENCRYPT_SETUP;
    let handle = device.setup_with(setup, key, algorithm).unwrap();
    let lengths = Pack::new(Function::AEAD_SET_LENGTHS)
        .with_operation_handle(handle)
        .with_lengths(0, (first.len() + rest) as u32);
    assert_eq!(device.plain(lengths), Status::SUCCESS);
    device
        .feed(Function::AEAD_SET_NONCE, handle, NONCE)
        .unwrap();
    let update = Function::AEAD_UPDATE;
    let output = device.convert(update, handle, &[first], Output::New(first.len()));
    assert!(output.is_ok());
    handle
}

#[test]
fn authenticated_encryption_in_parts() {
    for (algorithm, key_type) in AEADS {
        let device = FullDevice::with_backend();
        let key = key(&device, algorithm, key_type);
        for (distance, length) in cases() {
            let (first, rest) = (text(length % 19), text(length));
            let mut results = vec![];
            for output in [Output::New(length), Output::Shifted(1, distance, length)] {
                let handle = begun(&device, key, algorithm, &first, length);
                let update = Function::AEAD_UPDATE;
                let middle = device.convert(update, handle, &[&rest], output).unwrap();
                let tag = device.end(Function::AEAD_FINISH, handle, &[], TAG_BYTES);
                results.push((middle, tag.unwrap()));
            }
            assert_eq!(results[0], results[1], "{length} at {distance}");
        }
    }
}

fn cipher_key(device: &FullDevice, algorithm: Algorithm) -> KeyId {
    let key_type = match algorithm {
        Algorithm::STREAM_CIPHER => KeyType::CHACHA20,
        _ => KeyType::AES,
    };
    key(device, algorithm, key_type)
}

/// A length that the mode takes.
fn fitting(algorithm: Algorithm, length: usize) -> usize {
    match algorithm {
        Algorithm::ECB_NO_PADDING | Algorithm::CBC_NO_PADDING => length / 16 * 16,
        _ => length,
    }
}

#[test]
fn ciphers_in_one_call() {
    let mut refused = 0;
    for (algorithm, iv_bytes) in cipher::MODES {
        let device = FullDevice::with_backend();
        let key = cipher_key(&device, algorithm);
        let pack = |function| {
            let pack = Pack::new(function).with_key_id(key);
            pack.with_algorithm(algorithm)
        };
        for (distance, length) in cases() {
            let text = text(fitting(algorithm, length));
            let sealed_bytes = iv_bytes + cipher::output_bytes(algorithm, text.len());
            let encrypt = Buffers {
                distance,
                room: sealed_bytes,
                before: 0,
                data: text.len(),
            };
            let sealed = encrypt
                .call(&device, &pack(Function::CIPHER_ENCRYPT), &[&text])
                .expect("an output that is longer than its input");
            let decrypt = pack(Function::CIPHER_DECRYPT);
            let elsewhere = &[Output::New(sealed_bytes)];
            let opened = device.function(decrypt.clone(), &[&sealed], elsewhere);
            assert_eq!(opened.outputs[0], text, "{algorithm:?} {encrypt:?}");
            for room in [text.len(), sealed_bytes] {
                let buffers = Buffers {
                    distance,
                    room,
                    before: iv_bytes,
                    data: sealed_bytes - iv_bytes,
                };
                let opened = buffers.call(&device, &decrypt, &[&sealed]);
                refused += usize::from(opened.is_none());
                assert_eq!(opened.unwrap_or(text.clone()), text, "{algorithm:?}");
            }
        }
    }
    assert!(refused > 20, "{refused}");
}

/// Whatever was kept of the part before.
#[test]
fn ciphers_in_parts() {
    for (algorithm, iv_bytes) in cipher::MODES {
        let device = FullDevice::with_backend();
        let key = cipher_key(&device, algorithm);
        for (distance, length) in cases() {
            let (first, rest) = (text(length % 33), text(length));
            // Before, so that all is whole blocks.
            let last = text((16 - (first.len() + length) % 16) % 16);
            for setup in [
                Function::CIPHER_ENCRYPT_SETUP,
                Function::CIPHER_DECRYPT_SETUP,
            ] {
                let room = length + 16;
                let mut results = vec![];
                for output in [Output::New(room), Output::Shifted(1, distance, room)] {
                    let handle = device.setup_with(setup, key, algorithm).unwrap();
                    if iv_bytes != 0 {
                        let iv = &[9; 16][..iv_bytes];
                        device.feed(Function::CIPHER_SET_IV, handle, iv).unwrap();
                    }
                    let update = |input: &[u8], output| {
                        let update = Function::CIPHER_UPDATE;
                        device.convert(update, handle, &[input], output).unwrap()
                    };
                    results.push([
                        update(&first, Output::New(64)),
                        update(&rest, output),
                        update(&last, Output::New(64)),
                    ]);
                    let abort = Function::CIPHER_ABORT;
                    device.end(abort, handle, &[], 0).unwrap();
                }
                assert_eq!(results[0], results[1], "{algorithm:?} {length} {distance}");
            }
        }
    }
}

/// A hash or a code over what the caller wants it to stand in.
#[test]
fn hashes_and_codes() {
    let device = FullDevice::with_backend();
    let mac_key = key(&device, Algorithm::CMAC, KeyType::AES);
    let hash = Pack::new(Function::HASH_COMPUTE).with_algorithm(Algorithm::SHA_256);
    let mac = Pack::new(Function::MAC_COMPUTE).with_key_id(mac_key);
    let mac = mac.with_algorithm(Algorithm::CMAC);
    for (distance, length) in cases() {
        let text = text(length);
        for pack in [&hash, &mac] {
            let answers = [Output::New(32), Output::Shifted(1, distance, 32)]
                .map(|output| device.function(pack.clone(), &[&text], &[output]));
            assert_eq!(answers[0].status, Status::SUCCESS);
            assert_eq!(answers[0], answers[1], "{length} at {distance}");
        }
    }
}
