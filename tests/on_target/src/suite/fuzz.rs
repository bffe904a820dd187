// SPDX-License-Identifier: Apache-2.0
//! Random calls of all veneers. After them the device still works.

use psa::Status;
use psa::crypto::{Algorithm, Function, Pack};
use psa::service::{CRYPTO, INTERNAL_TRUSTED_STORAGE};

use client::its::{self, CreateFlags};
use client::veneers::Veneers;

pub use super::bad_calls::the_device_still_works;
use super::support::any_hash;
use super::support::needs::STORAGE;
use super::support::random::Random;
use super::support::raw_calls::{self, SECURE_ADDRESSES};

const CALLS: u32 = 100_000;
const ARENA_WORDS: usize = 128;
const PACK_WORDS: usize = 14;
/// The first of the four requests of storage, and how many numbers from there on are tried.
const FIRST_REQUEST: u16 = 1001;
const REQUESTS: u32 = 5;
/// An object that no random uid hits.
const WITNESS_UID: u64 = 0x5171_7E55_0B5E_C7ED;
const WITNESS: &[u8] = b"what was there before";

/// An address of a hostile caller: in its own memory, at its edge, in the secure world, or
/// anywhere.
fn address(random: &mut Random, arena: u32) -> u32 {
    match random.below(8) {
        0 => random.one_of(SECURE_ADDRESSES),
        1 => random.one_of(&[
            0,
            1,
            0x2801_0000 - 4,
            0x281f_fffc,
            0x2820_0000,
            u32::MAX - 7,
        ]),
        2 => arena + random.below(64),
        _ => arena + random.below(64) * 4,
    }
}

/// Fills the descriptors and the pack with invalid values.
fn scramble(random: &mut Random, arena: &mut [u32; ARENA_WORDS]) {
    let base = raw_calls::address(arena);
    for descriptor in arena[..16].chunks_exact_mut(2) {
        descriptor[0] = address(random, base + 64);
        descriptor[1] = match random.below(4) {
            0 => random.word(),
            1 => 56,
            _ => random.below(96),
        };
    }
    if random.below(2) == 0 {
        arena[0] = base + 64;
        arena[1] = 56;
    }
    let pack = Pack::new(Function(0x0300 + random.below(16) as u16))
        .with_algorithm(Algorithm(random.one_of(&[
            0,
            any_hash::ALGORITHM.0,
            0x0200_0008,
            u32::MAX,
        ])))
        .with_operation_handle(random.below(12));
    let bytes = pack.bytes().chunks_exact(4);
    for (word, bytes) in arena[16..16 + PACK_WORDS].iter_mut().zip(bytes) {
        *word = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
}

/// A control word for the Crypto service, or for storage.
fn control(random: &mut Random, is_storage: bool) -> u32 {
    let request = match is_storage {
        true => FIRST_REQUEST + random.below(REQUESTS) as u16,
        false => 0,
    };
    match random.below(4) {
        0 => random.word(),
        1 => raw_calls::control(random.below(4) as u16, random.below(8), random.below(8)),
        _ => raw_calls::control(request, 1 + random.below(3), random.below(3)),
    }
}

/// Makes the first descriptors such as storage takes them: a uid, some data or an offset, flags.
fn arrange_for_storage(random: &mut Random, arena: &mut [u32; ARENA_WORDS]) {
    let base = raw_calls::address(arena);
    for (descriptor, bytes) in arena[..6].chunks_exact_mut(2).zip([8, 4, 4]) {
        descriptor[0] = base + 128 + 16 * random.below(8);
        descriptor[1] = bytes;
    }
    if random.below(2) == 0 {
        arena[3] = random.below(120);
    }
    // Few uids, so that objects are met again.
    for uid in arena[32..64].chunks_exact_mut(4) {
        uid.copy_from_slice(&[random.below(12), 0, random.below(4) * 2, 0]);
    }
}

pub fn random_calls_do_no_harm() {
    let mut random = Random::new(0);
    let mut arena = [0u32; ARENA_WORDS];
    let mut successes = [0; 2];
    if STORAGE.is_there {
        let witness = its::set(&Veneers, WITNESS_UID, WITNESS, CreateFlags::NONE);
        assert_eq!(witness, Ok(()));
    }
    for _ in 0..CALLS {
        scramble(&mut random, &mut arena);
        let is_storage = random.below(4) == 0;
        if is_storage && random.below(4) != 0 {
            arrange_for_storage(&mut random, &mut arena);
        }
        let base = raw_calls::address(&arena);
        let handle = match random.below(8) {
            0 => random.word(),
            _ if is_storage => INTERNAL_TRUSTED_STORAGE.handle().bits(),
            _ => CRYPTO.handle().bits(),
        };
        let inputs = if random.below(8) == 0 {
            address(&mut random, base)
        } else {
            base
        };
        let outputs = if random.below(8) == 0 {
            address(&mut random, base)
        } else {
            base + 32
        };
        let answer = match random.below(16) {
            0 => raw_calls::connect(random.word(), random.word()),
            1 => {
                raw_calls::close(random.word());
                Status::SUCCESS
            }
            _ => raw_calls::call(handle, control(&mut random, is_storage), inputs, outputs),
        };
        successes[usize::from(is_storage)] += u32::from(answer == Status::SUCCESS);
    }
    let services = 1 + usize::from(STORAGE.is_there);
    assert!(
        successes[..services]
            .iter()
            .all(|count| *count > CALLS / 100),
        "only {successes:?} calls got through the checks"
    );
}

/// The object that no random uid names is intact, and the store still works.
pub fn storage_still_works() {
    let mut data = [0; WITNESS.len()];
    assert_eq!(
        its::get(&Veneers, WITNESS_UID, 0, &mut data),
        Ok(WITNESS.len())
    );
    assert_eq!(data, *WITNESS);
    assert_eq!(its::remove(&Veneers, WITNESS_UID), Ok(()));
    let witness = its::set(&Veneers, WITNESS_UID, WITNESS, CreateFlags::NONE);
    assert_eq!(witness, Ok(()));
    let mut objects = 0;
    for uid in 1..12 {
        objects += u32::from(its::get(&Veneers, uid, 0, &mut [0; 512]).is_ok());
    }
    assert!(objects > 0, "no random call has stored anything");
}
