// SPDX-License-Identifier: Apache-2.0
//! Non-secure memory as the SPM sees it: the TT instruction decides, one loop copies.
//!
//! A range passes when its first and its last byte lie in the same region of SAU and MPU, are
//! non-secure and give the non-secure world the access asked for (DDI 0553, TTA), and when the
//! system address map makes it normal memory: a device register as a buffer could fault or have
//! side effects. Copies touch each byte once, in rising order.

use core::arch::asm;

use spm::{Access, AddressRange, ClientRange, Memory};

/// The non-secure world's memory. Holds nothing: the processor knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct NonSecureMemory;

/// Result of TTA: MPU region, SAU region and their valid bits.
const REGIONS: u32 = 0x0003_ffff;
/// Result of TTA: non-secure readable.
const NON_SECURE_READ: u32 = 1 << 20;
/// Result of TTA: non-secure readable and writable.
const NON_SECURE_READ_WRITE: u32 = 1 << 21;
/// The 512 MiB blocks of the system address map that hold normal memory (DDI 0553, B8.1).
const NORMAL_MEMORY_BLOCKS: u32 = 0b0001_1011;

/// What the processor answers about `address` for a non-secure access.
fn test_target(address: u32) -> u32 {
    let result: u32;
    // SAFETY: TTA only looks the address up.
    unsafe {
        asm!("tta {}, {}", out(reg) result, in(reg) address,
            options(nomem, nostack, preserves_flags));
    }
    result
}

impl Memory for NonSecureMemory {
    fn permits(&self, range: AddressRange, access: Access) -> bool {
        let first = test_target(range.first());
        let last = test_target(range.last());
        let wanted = match access {
            Access::Read => NON_SECURE_READ,
            Access::Write => NON_SECURE_READ_WRITE,
        };
        let normal = |address: u32| NORMAL_MEMORY_BLOCKS >> (address >> 29) & 1 == 1;
        (first ^ last) & REGIONS == 0
            && first & last & wanted != 0
            && normal(range.first())
            && normal(range.last())
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

/// Copies `length` bytes in rising order, each touched once: words first, unaligned as they come
/// (normal memory allows it), then the odd bytes.
///
/// # Safety
/// Both ranges are valid normal memory and do not overlap.
#[inline(never)]
unsafe fn copy(destination: *mut u8, source: *const u8, length: usize) {
    // SAFETY: the caller vouches for both ranges; the loop stays inside `length`.
    unsafe {
        asm!(
            "subs {n}, #4",
            "blo 2f",
            "1: ldr {t}, [{s}], #4",
            "str {t}, [{d}], #4",
            "subs {n}, #4",
            "bhs 1b",
            "2: adds {n}, #4",
            "beq 4f",
            "3: ldrb {t}, [{s}], #1",
            "strb {t}, [{d}], #1",
            "subs {n}, #1",
            "bne 3b",
            "4:",
            n = inout(reg) length => _,
            s = inout(reg) source => _,
            d = inout(reg) destination => _,
            t = out(reg) _,
            options(nostack),
        );
    }
}
