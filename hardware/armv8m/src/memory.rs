// SPDX-License-Identifier: Apache-2.0
//! Non-secure memory as the SPM sees it: the TT instruction decides, one loop copies.
//!
//! A range passes when its first and its last byte lie in the same region of the SAU and of both
//! MPUs, are non-secure and give the access asked for to the non-secure world (DDI 0553, TTA) and
//! to the secure one, which makes it (TT): what only the caller can write would end in a fault
//! here. And the system address map must make it normal memory: a device register as a buffer
//! could fault or have side effects. Copies touch each byte once, in rising order.

use core::arch::asm;

use spm::{Access, AddressRange, ClientRange, Memory};

/// The non-secure world's memory. Holds nothing: the processor knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct NonSecureMemory;

/// Result of TT and TTA: MPU region, SAU region and their valid bits.
const REGIONS: u32 = 0x0003_ffff;
/// Result of TT and TTA: non-secure, and readable by the rules of the MPU that was asked.
const NON_SECURE_READ: u32 = 1 << 20;
/// Result of TT and TTA: non-secure, and readable and writable by those rules.
const NON_SECURE_READ_WRITE: u32 = 1 << 21;
/// The 512 MiB blocks of the system address map that hold normal memory (DDI 0553, B8.1).
const NORMAL_MEMORY_BLOCKS: u32 = 0b0001_1011;

/// What the non-secure MPU says of `address`, for the privilege of the caller.
fn ask_for_caller(address: u32) -> u32 {
    let result: u32;
    // SAFETY: TTA only looks the address up.
    unsafe {
        asm!("tta {}, {}", out(reg) result, in(reg) address,
            options(nomem, nostack, preserves_flags));
    }
    result
}

/// What the secure MPU says of `address`, for us.
fn ask_for_us(address: u32) -> u32 {
    let result: u32;
    // SAFETY: TT only looks the address up.
    unsafe {
        asm!("tt {}, {}", out(reg) result, in(reg) address,
            options(nomem, nostack, preserves_flags));
    }
    result
}

impl Memory for NonSecureMemory {
    #[inline(always)] // a call would cost as much as the check
    fn permits(&self, range: AddressRange, access: Access) -> bool {
        let (first, last) = (range.first(), range.last());
        let wanted = match access {
            Access::Read => NON_SECURE_READ,
            Access::Write => NON_SECURE_READ_WRITE,
        };
        let caller = [ask_for_caller(first), ask_for_caller(last)];
        let us = [ask_for_us(first), ask_for_us(last)];
        let ([a, b], [c, d]) = (caller, us);
        ((a ^ b) | (c ^ d)) & REGIONS == 0
            && a & b & c & d & wanted != 0
            && NORMAL_MEMORY_BLOCKS >> (first >> 29) & 1 == 1
    }

    fn read(&self, source: &ClientRange, offset_bytes: u32, destination: &mut [u8]) {
        let length = destination
            .len()
            .min(source.length().saturating_sub(offset_bytes) as usize);
        let from = source.base().wrapping_add(offset_bytes);
        // SAFETY: `destination` is ours and at least `length` long; `from` and the `length` bytes
        // behind it lie in a range that `permits` accepted, and are read once, as raw bytes.
        unsafe { copy(destination.as_mut_ptr(), from as *const u8, length) }
    }

    fn write(&self, destination: &ClientRange, offset_bytes: u32, source: &[u8]) {
        let length = source
            .len()
            .min(destination.length().saturating_sub(offset_bytes) as usize);
        let to = destination.base().wrapping_add(offset_bytes);
        // SAFETY: as for `read`, with the roles exchanged; no Rust object lives in non-secure
        // memory.
        unsafe { copy(to as *mut u8, source.as_ptr(), length) }
    }
}

unsafe extern "C" {
    /// The copy of [`crate::memory_functions`]: rising order, each byte touched once.
    #[link_name = "__aeabi_memcpy"]
    fn copy(destination: *mut u8, source: *const u8, length: usize);
}
