// SPDX-License-Identifier: Apache-2.0
//! Addresses that only the linker knows: where the running secure image lies.

unsafe extern "C" {
    static __veneers_start: u8;
    static __veneers_end: u8;
    static __nonsecure_start: u8;
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

/// Where the non-secure image starts, behind the secure one: its vector table.
#[must_use]
pub fn non_secure_start() -> u32 {
    (&raw const __nonsecure_start) as u32
}
