// SPDX-License-Identifier: Apache-2.0
//! Buffers that the caller changes during the call (time of check to time of use).
//!
//! Buffers are shared, never copied as a whole. What the secure world promises is that it reads
//! each byte once, in rising order: whenever an interrupt exchanges the content, the answer is
//! that for the old bytes up to some point and the new ones from there on.

use core::sync::atomic::{AtomicBool, AtomicU8, Ordering};

use client::hash;
use client::veneers::Veneers;
use psa::Status;
use psa::crypto::{Algorithm, Function, Pack};
use psa::service::CRYPTO;

use super::{interrupt, raw};

const LENGTH_BYTES: usize = 160;
const OLD: u8 = 0x0f;
const NEW: u8 = 0xf0;

/// What the secure world reads and the interrupt changes.
static BUFFER: [AtomicU8; LENGTH_BYTES] = [const { AtomicU8::new(OLD) }; LENGTH_BYTES];
static EXCHANGED: AtomicBool = AtomicBool::new(false);

fn fill(byte: u8) {
    for cell in &BUFFER {
        cell.store(byte, Ordering::Relaxed);
    }
}

fn exchange() {
    fill(NEW);
    EXCHANGED.store(true, Ordering::Relaxed);
    interrupt::stop();
}

/// `psa_hash_compute` of the buffer, exchanged after `delay_ticks`.
fn hash_of_changing_buffer(delay_ticks: u32) -> [u8; 32] {
    let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(Algorithm::SHA_256);
    let mut digest = [0; 32];
    let inputs = [
        [raw::address(pack.bytes()), pack.bytes().len() as u32],
        [raw::address(&BUFFER), LENGTH_BYTES as u32],
    ];
    let mut outputs = [[raw::address_mut(&mut digest), 32u32]];
    let outputs = raw::address_mut(&mut outputs);
    fill(OLD);
    EXCHANGED.store(false, Ordering::Relaxed);
    interrupt::each(delay_ticks, exchange);
    let status = raw::call(
        CRYPTO.handle().bits(),
        raw::control(0, 2, 1),
        raw::address(&inputs),
        outputs,
    );
    interrupt::stop();
    assert_eq!(status, Status::SUCCESS);
    digest
}

/// Where the old content ended, if the digest is that of a mixture read once in order.
fn point_of_exchange(digest: &[u8; 32]) -> Option<usize> {
    (0..=LENGTH_BYTES).find(|&point| {
        let mut mixture = [NEW; LENGTH_BYTES];
        mixture[..point].fill(OLD);
        let mut expected = [0; 32];
        hash::compute(&Veneers, Algorithm::SHA_256, &mixture, &mut expected) == Ok(32)
            && expected == *digest
    })
}

pub fn each_byte_is_read_once() {
    let mut in_the_middle = 0;
    for delay_ticks in (400..12_000).step_by(397) {
        let digest = hash_of_changing_buffer(delay_ticks);
        let point = point_of_exchange(&digest);
        assert!(
            point.is_some(),
            "a byte was read twice: {delay_ticks} ticks"
        );
        if point != Some(0) && point != Some(LENGTH_BYTES) {
            in_the_middle += 1;
        }
    }
    assert!(
        in_the_middle > 2,
        "the exchange never came in the middle of a call"
    );
}
