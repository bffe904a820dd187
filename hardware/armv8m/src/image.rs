// SPDX-License-Identifier: Apache-2.0
//! Addresses that only the linker knows: where the running secure image lies.

unsafe extern "C" {
    static __veneers_start: u8;
    static __veneers_end: u8;
    static __nonsecure_start: u8;
    static __code_limit: u8;
    static __image_start: u8;
    static __image_end: u8;
}

/// The code and the constants of the running image, as it was linked.
#[must_use]
pub fn own_bytes() -> &'static [u8] {
    let start = &raw const __image_start;
    let end = &raw const __image_end;
    // SAFETY: the linker script of the image gives both; nothing between them is ever written.
    unsafe { core::slice::from_raw_parts(start, (end as usize).wrapping_sub(start as usize)) }
}

/// First address of the entry gateways.
#[must_use]
pub fn veneers_start() -> u32 {
    (&raw const __veneers_start) as u32
}

/// First address behind the entry gateways.
#[must_use]
pub fn veneers_end() -> u32 {
    (&raw const __veneers_end) as u32
}

/// First address that the secure image does not execute: behind it, rounded up for a region.
#[must_use]
pub fn code_limit() -> u32 {
    (&raw const __code_limit) as u32
}

/// Where the non-secure image starts, behind the secure one or in its own slot: its vector table.
#[must_use]
pub fn non_secure_start() -> u32 {
    (&raw const __nonsecure_start) as u32
}
