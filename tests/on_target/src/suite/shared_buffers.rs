// SPDX-License-Identifier: Apache-2.0
//! Buffers that the caller changes during the call (time of check to time of use).
//!
//! Buffers are shared, not copied as a whole. The secure world reads each byte once, in rising
//! order. So if an interrupt exchanges the content, the result is that of the old bytes up to some
//! point and of the new bytes from there on.

use core::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use client::aead::{self, Parameters};
use client::its::{self, CreateFlags};
use client::veneers::Veneers;
use client::{hash, key};
use psa::Status;
use psa::crypto::{Algorithm, Function, KeyAttributes, KeyId, KeyType, Pack, Usage};
use psa::service::{CRYPTO, INTERNAL_TRUSTED_STORAGE};
use psa::storage::{GET, SET};

use super::support::any_hash;
use super::support::interrupt::{self, Interruption};
use super::support::raw_calls::{self, Vector};

const LENGTH_BYTES: usize = 160;
const TAG_BYTES: usize = 16;
const ADDITIONAL_BYTES: usize = 24;
const SEALED_BYTES: usize = LENGTH_BYTES + TAG_BYTES;
const OLD: u8 = 0x0f;
const NEW: u8 = 0xf0;
const NONCE: [u8; 12] = [7; 12];
const UID: u64 = 0x5A_4ED0;
/// Moments at which a call of each kind is interrupted.
const MOMENTS: u32 = 60;
/// Of these, the number that must fall into the data.
const LEAST_IN_THE_MIDDLE: usize = 5;

/// The buffer that the secure world reads and the interrupt changes.
static BUFFER: [AtomicU8; SEALED_BYTES] = [const { AtomicU8::new(0) }; SEALED_BYTES];
/// The content that the interrupt writes.
static REPLACEMENT: [AtomicU8; SEALED_BYTES] = [const { AtomicU8::new(0) }; SEALED_BYTES];
static EXCHANGED: AtomicBool = AtomicBool::new(false);

fn store(cells: &[AtomicU8], bytes: &[u8]) {
    for (cell, byte) in cells.iter().zip(bytes) {
        cell.store(*byte, Ordering::Relaxed);
    }
}

fn exchange(_: &mut Interruption) {
    interrupt::stop();
    for (cell, byte) in BUFFER.iter().zip(&REPLACEMENT) {
        cell.store(byte.load(Ordering::Relaxed), Ordering::Relaxed);
    }
    EXCHANGED.store(true, Ordering::Relaxed);
}

/// The first `bytes` of the buffer as a vector.
fn buffer(bytes: usize) -> Vector {
    [raw_calls::address(&BUFFER), bytes as u32]
}

fn vector(bytes: &[u8]) -> Vector {
    [raw_calls::address(bytes), bytes.len() as u32]
}

/// Makes `call` repeatedly on a buffer with `old`, while an interrupt writes `new`, each time
/// later. `check` gets each result.
fn with_exchange<T>(old: &[u8], new: &[u8], mut call: impl FnMut() -> T, mut check: impl FnMut(T)) {
    store(&BUFFER, old);
    store(&REPLACEMENT, new);
    let duration_ticks = interrupt::duration_ticks(|| drop(call()));
    let mut exchanged = 0;
    for moment in 0..MOMENTS {
        store(&BUFFER, old);
        EXCHANGED.store(false, Ordering::Relaxed);
        interrupt::after(duration_ticks / MOMENTS * moment, exchange);
        let outcome = call();
        interrupt::stop();
        exchanged += u32::from(EXCHANGED.load(Ordering::Relaxed));
        check(outcome);
    }
    assert!(exchanged > MOMENTS / 2);
}

/// Old bytes up to `point`, new ones from there on.
fn mixture<const BYTES: usize>(point: usize) -> [u8; BYTES] {
    core::array::from_fn(|index| if index < point { OLD } else { NEW })
}

/// Counts how often the content was exchanged in the middle of the data.
#[derive(Default)]
struct Points {
    in_the_middle: usize,
}

impl Points {
    /// `point` is where the old content ended, if there is such a point.
    fn count(&mut self, point: Option<usize>, most: usize) {
        let point = point.expect("a byte was read twice, or not in order");
        self.in_the_middle += usize::from(point != 0 && point != most);
    }

    fn check(&self) {
        assert!(
            self.in_the_middle >= LEAST_IN_THE_MIDDLE,
            "the exchange came in the middle {} times",
            self.in_the_middle
        );
    }
}

/// A call of the Crypto service.
fn crypto(pack: &Pack, inputs: [Vector; 2], output: &mut [u8]) -> Status {
    let inputs = [vector(pack.bytes()), inputs[0], inputs[1]];
    let room = output.len() as u32;
    let mut outputs = [[raw_calls::address_mut(output), room]];
    let outputs = raw_calls::address_mut(&mut outputs);
    let control = raw_calls::control(0, 3, 1);
    raw_calls::call(
        CRYPTO.handle().bits(),
        control,
        raw_calls::address(&inputs),
        outputs,
    )
}

pub fn a_hash_reads_each_byte_once() {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(any_hash::ALGORITHM);
    let hash_of = |point| {
        let mut hash = [0; any_hash::BYTES];
        let message: [u8; LENGTH_BYTES] = mixture(point);
        hash::compute(&Veneers, any_hash::ALGORITHM, &message, &mut hash).unwrap();
        hash
    };
    let mut points = Points::default();
    let call = || {
        let mut digest = [0; any_hash::BYTES];
        let inputs = [buffer(LENGTH_BYTES), [0, 0]];
        assert_eq!(crypto(&pack, inputs, &mut digest), Status::SUCCESS);
        digest
    };
    with_exchange(&[OLD; LENGTH_BYTES], &[NEW; LENGTH_BYTES], call, |digest| {
        let point = (0..=LENGTH_BYTES).find(|&point| hash_of(point) == digest);
        points.count(point, LENGTH_BYTES);
    });
    points.check();
}

fn aes_key() -> KeyId {
    let uses = Usage::ENCRYPT.with(Usage::DECRYPT);
    let attributes = KeyAttributes::new(KeyType::AES, 128, uses, Algorithm::CCM);
    key::import(&Veneers, &attributes, &[0x6b; 16]).unwrap()
}

fn parameters(key: KeyId) -> Parameters<'static> {
    Parameters {
        key,
        algorithm: Algorithm::CCM,
        nonce: &NONCE,
    }
}

fn aead_pack(function: Function, key: KeyId) -> Pack {
    let pack = Pack::new(function).with_key_id(key);
    let pack = pack.with_algorithm(Algorithm::CCM).with_nonce(&NONCE);
    pack.unwrap()
}

/// The ciphertext and the tag are of the same bytes.
pub fn an_encryption_reads_each_byte_once() {
    let key = aes_key();
    let pack = aead_pack(Function::AEAD_ENCRYPT, key);
    let mut points = Points::default();
    let call = || {
        let mut sealed = [0; SEALED_BYTES];
        let inputs = [buffer(LENGTH_BYTES), [0, 0]];
        assert_eq!(crypto(&pack, inputs, &mut sealed), Status::SUCCESS);
        sealed
    };
    with_exchange(&[OLD; LENGTH_BYTES], &[NEW; LENGTH_BYTES], call, |sealed| {
        let mut plaintext = [0; LENGTH_BYTES];
        let opened = aead::decrypt(&Veneers, &parameters(key), &[], &sealed, &mut plaintext);
        assert_eq!(opened, Ok(LENGTH_BYTES), "data and tag are of two messages");
        let point = (0..=LENGTH_BYTES).find(|&point| mixture(point) == plaintext);
        points.count(point, LENGTH_BYTES);
    });
    points.check();
    key::destroy(&Veneers, key).unwrap();
}

/// The same for additional data.
pub fn additional_data_is_read_once() {
    let key = aes_key();
    let pack = aead_pack(Function::AEAD_ENCRYPT, key);
    let message = [0x33; 32];
    let mut points = Points::default();
    let call = || {
        let mut sealed = [0; 32 + TAG_BYTES];
        let inputs = [vector(&message), buffer(ADDITIONAL_BYTES)];
        assert_eq!(crypto(&pack, inputs, &mut sealed), Status::SUCCESS);
        sealed
    };
    with_exchange(
        &[OLD; ADDITIONAL_BYTES],
        &[NEW; ADDITIONAL_BYTES],
        call,
        |sealed| {
            let point = (0..=ADDITIONAL_BYTES).find(|&point| {
                let additional: [u8; ADDITIONAL_BYTES] = mixture(point);
                let mut plaintext = [0; 32];
                let parameters = parameters(key);
                let opened =
                    aead::decrypt(&Veneers, &parameters, &additional, &sealed, &mut plaintext);
                opened == Ok(32) && plaintext == message
            });
            points.count(point, usize::MAX);
        },
    );
    key::destroy(&Veneers, key).unwrap();
}

/// A message that is replaced during decryption is one of the two, or not authentic.
pub fn a_decryption_mixes_no_messages() {
    let key = aes_key();
    let seal = |byte| {
        let mut sealed = [0; SEALED_BYTES];
        let message = [byte; LENGTH_BYTES];
        aead::encrypt(&Veneers, &parameters(key), &[], &message, &mut sealed).unwrap();
        sealed
    };
    let pack = aead_pack(Function::AEAD_DECRYPT, key);
    let mut refused = 0;
    let call = || {
        let mut plaintext = [0x77; LENGTH_BYTES];
        let inputs = [buffer(SEALED_BYTES), [0, 0]];
        (crypto(&pack, inputs, &mut plaintext), plaintext)
    };
    with_exchange(
        &seal(OLD),
        &seal(NEW),
        call,
        |(status, plaintext)| match status {
            Status::SUCCESS => assert!(
                plaintext == [OLD; LENGTH_BYTES] || plaintext == [NEW; LENGTH_BYTES],
                "what was found authentic is not what was decrypted"
            ),
            status => {
                assert_eq!(status, Status::INVALID_SIGNATURE);
                assert_eq!(plaintext, [0; LENGTH_BYTES], "some plaintext is left");
                refused += 1;
            }
        },
    );
    assert!(refused >= LEAST_IN_THE_MIDDLE);
    key::destroy(&Veneers, key).unwrap();
}

fn storage(request: u16, inputs: &[Vector], outputs: &mut [Vector]) -> Status {
    let (ins, outs) = (inputs.len() as u32, outputs.len() as u32);
    raw_calls::call(
        INTERNAL_TRUSTED_STORAGE.handle().bits(),
        raw_calls::control(request, ins, outs),
        raw_calls::address(inputs),
        raw_calls::address_mut(outputs),
    )
}

/// The stored object is consistent and does not change.
pub fn a_stored_object_is_consistent() {
    let (uid, flags) = (UID.to_le_bytes(), [0; 4]);
    let mut points = Points::default();
    let call = || {
        let inputs = [vector(&uid), buffer(LENGTH_BYTES), vector(&flags)];
        storage(SET as u16, &inputs, &mut [])
    };
    with_exchange(&[OLD; LENGTH_BYTES], &[NEW; LENGTH_BYTES], call, |status| {
        assert_eq!(status, Status::SUCCESS);
        let mut first = [0; SEALED_BYTES];
        let mut second = [0; SEALED_BYTES];
        for data in [&mut first, &mut second] {
            assert_eq!(its::get(&Veneers, UID, 0, data), Ok(LENGTH_BYTES));
        }
        assert_eq!(first, second);
        let data: &[u8] = &first[..LENGTH_BYTES];
        let point = (0..=LENGTH_BYTES).find(|&point| mixture::<LENGTH_BYTES>(point) == *data);
        points.count(point, LENGTH_BYTES);
    });
    points.check();
    assert_eq!(its::remove(&Veneers, UID), Ok(()));
}

/// A caller that writes to the output buffer during the call damages only its own copy.
pub fn a_changed_output_buffer_does_not_damage_the_object() {
    let stored: [u8; LENGTH_BYTES] = core::array::from_fn(|index| index as u8 & 0x0e);
    let set = its::set(&Veneers, UID, &stored, CreateFlags::NONE);
    assert_eq!(set, Ok(()));
    let (uid, offset) = (UID.to_le_bytes(), [0; 4]);
    let mut spoiled = 0;
    let call = || {
        let inputs = [vector(&uid), vector(&offset)];
        storage(GET as u16, &inputs, &mut [buffer(LENGTH_BYTES)])
    };
    with_exchange(&[OLD; LENGTH_BYTES], &[NEW; LENGTH_BYTES], call, |status| {
        assert_eq!(status, Status::SUCCESS);
        let mut has_new = false;
        for (cell, expected) in BUFFER.iter().zip(stored) {
            let byte = cell.load(Ordering::Relaxed);
            assert!(byte == expected || byte == NEW);
            has_new |= byte == NEW;
        }
        spoiled += usize::from(has_new);
        let mut again = [0; LENGTH_BYTES];
        assert_eq!(its::get(&Veneers, UID, 0, &mut again), Ok(LENGTH_BYTES));
        assert_eq!(again, stored);
    });
    assert!(spoiled >= LEAST_IN_THE_MIDDLE);
    assert_eq!(its::remove(&Veneers, UID), Ok(()));
}
