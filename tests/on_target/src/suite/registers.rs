// SPDX-License-Identifier: Apache-2.0
//! Registers across calls: callee-saved registers are preserved, and the others reveal nothing.

use core::arch::naked_asm;

use client::veneers::Veneers;
use client::{Status, key};
use psa::crypto::{Algorithm, Function, KeyAttributes, KeyType, Pack, Usage};
use psa::service::{CRYPTO, INTERNAL_TRUSTED_STORAGE};
use psa::storage::SET;

use super::support::any_hash;
use super::support::raw_calls::{address, address_mut, control};

/// Bits 1 to 31 of an address: bit 0 is the instruction set or the world.
const ADDRESS_BITS: u32 = !1;
/// Negative, zero, carry, overflow, saturation.
const FLAGS: u32 = 0xF800_0000;
/// Values of R4 to R11 before the call.
const KEPT: [u32; 8] = [0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb];

/// Registers after the call.
#[derive(Default)]
#[repr(C)]
struct Found {
    status: i32,
    scratch: [u32; 3],
    kept: [u32; 8],
    ip: u32,
    link: u32,
    flags: u32,
}

/// Calls the veneer of `psa_call` with known values in all registers, and returns all registers.
///
/// # Safety
/// The arguments are those of a call that writes to memory of the caller only.
#[unsafe(naked)]
unsafe extern "C" fn observe(arguments: &[u32; 4], found: &mut Found) {
    naked_asm!(
        "push {{r1, r4-r11, lr}}",
        "mov r4, #0x44",
        "mov r5, #0x55",
        "mov r6, #0x66",
        "mov r7, #0x77",
        "mov r8, #0x88",
        "mov r9, #0x99",
        "mov r10, #0xaa",
        "mov r11, #0xbb",
        "ldm r0, {{r0-r3}}",
        "bl tfm_psa_call_veneer",
        "push {{r0-r12, lr}}",
        "mrs r0, apsr",
        "ldr r1, [sp, #56]",
        "mov r2, sp",
        "ldm r2!, {{r3-r9}}",
        "stm r1!, {{r3-r9}}",
        "ldm r2!, {{r3-r9}}",
        "stm r1!, {{r3-r9}}",
        "str r0, [r1]",
        "add sp, #56",
        "pop {{r1, r4-r11, pc}}",
    )
}

/// Makes a call and checks the registers; returns its status.
fn call(handle: u32, control: u32, inputs: u32, outputs: u32) -> Status {
    let mut found = Found::default();
    // SAFETY: the callers below pass vectors of their own memory.
    unsafe { observe(&[handle, control, inputs, outputs], &mut found) };
    assert_eq!(found.kept, KEPT, "a callee-saved register was changed");
    // What the caller knows already, its return address, is all that is left.
    let [r1, r2, r3] = found.scratch;
    for (name, value) in [("r1", r1), ("r2", r2), ("r3", r3), ("r12", found.ip)] {
        assert_eq!(
            value & ADDRESS_BITS,
            found.link & ADDRESS_BITS,
            "{name} tells something"
        );
    }
    assert_eq!(
        found.flags & FLAGS,
        found.link & FLAGS,
        "the flags tell something"
    );
    Status(found.status)
}

/// A call of the Crypto service with one output, and with one input behind the pack if it is not
/// empty.
fn crypto(pack: &Pack, input: &[u8], output: &mut [u8]) -> Status {
    let inputs = [
        [address(pack.bytes()), pack.bytes().len() as u32],
        [address(input), input.len() as u32],
    ];
    let room = output.len() as u32;
    let mut outputs = [[address_mut(output), room]];
    let outputs = address_mut(&mut outputs);
    call(
        CRYPTO.handle().bits(),
        control(0, 1 + u32::from(!input.is_empty()), 1),
        address(&inputs),
        outputs,
    )
}

pub fn a_refusal_keeps_registers() {
    assert_eq!(call(0, 0, 0, 0), Status::PROGRAMMER_ERROR);
}

pub fn a_hash_keeps_registers() {
    let hash = Pack::new(Function::HASH_COMPUTE).with_algorithm(any_hash::ALGORITHM);
    let mut room = [0; any_hash::BYTES];
    assert_eq!(crypto(&hash, &[1; 100], &mut room), Status::SUCCESS);
    let short = &mut room[1..];
    assert_eq!(crypto(&hash, &[1; 100], short), Status::BUFFER_TOO_SMALL);
}

pub fn an_encryption_keeps_registers() {
    let attributes = KeyAttributes::new(KeyType::AES, 128, Usage::ENCRYPT, Algorithm::CCM);
    let key = key::import(&Veneers, &attributes, &[0x6b; 16]).unwrap();
    let encryption = Pack::new(Function::AEAD_ENCRYPT)
        .with_key_id(key)
        .with_algorithm(Algorithm::CCM)
        .with_nonce(&[7; 12])
        .unwrap();
    assert_eq!(crypto(&encryption, &[2; 40], &mut [0; 56]), Status::SUCCESS);
    key::destroy(&Veneers, key).unwrap();
}

pub fn random_numbers_keep_registers() {
    let random = Pack::new(Function::GENERATE_RANDOM);
    assert_eq!(crypto(&random, &[], &mut [0; 32]), Status::SUCCESS);
}

pub fn storage_keeps_registers() {
    let (uid, data, flags) = (0x1011_0003u64, [3u8; 40], 0u32);
    let inputs = [
        [address(&uid), 8],
        [address(&data), 40],
        [address(&flags), 4],
    ];
    let set = call(
        INTERNAL_TRUSTED_STORAGE.handle().bits(),
        control(SET as u16, 3, 0),
        address(&inputs),
        0,
    );
    assert_eq!(set, Status::SUCCESS);
    assert_eq!(client::its::remove(&Veneers, uid), Ok(()));
}
