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
        (first ^ last) & REGIONS == 0
            && first & last & wanted != 0
            && NORMAL_MEMORY_BLOCKS >> (range.first() >> 29) & 1 == 1
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
