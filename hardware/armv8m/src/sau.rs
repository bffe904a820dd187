// SPDX-License-Identifier: Apache-2.0
//! Security Attribution Unit: which addresses belong to the non-secure world.
//!
//! An address in no region is secure, so that what the board forgets stays closed
//! (DDI 0553, rule R_CJDQ and following).

use crate::mmio::Register;
use crate::system::barrier;

/// One region, `start` to `end` inclusive of the last byte; both ends on 32 bytes.
#[derive(Clone, Copy)]
pub struct Region {
    /// First address, a multiple of 32.
    pub start: u32,
    /// First address behind the region, a multiple of 32.
    pub end: u32,
    /// What the non-secure world may do there.
    pub attribution: Attribution,
}

/// What a region is for the non-secure world.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Attribution {
    /// Non-secure memory or devices.
    NonSecure,
    /// Secure memory that holds entry gateways.
    NonSecureCallable,
}

const CONTROL_ENABLE: u32 = 1;
const LIMIT_ENABLE: u32 = 1;
const LIMIT_NON_SECURE_CALLABLE: u32 = 1 << 1;
/// The bits of an address that a region's base and limit hold.
const ADDRESS_BITS: u32 = !0x1f;

// SAFETY: SAU registers of every Armv8-M core with the Security Extension (DDI 0553, D1.2).
const CONTROL: Register = unsafe { Register::new(0xE000_EDD0) };
// SAFETY: as above.
const REGION_NUMBER: Register = unsafe { Register::new(0xE000_EDD8) };
// SAFETY: as above.
const REGION_BASE: Register = unsafe { Register::new(0xE000_EDDC) };
// SAFETY: as above.
const REGION_LIMIT: Register = unsafe { Register::new(0xE000_EDE0) };

/// Sets the regions, numbered in order from 0, and enables the unit.
///
/// Regions beyond those that the core has are ignored by it; the board gives at most eight.
pub fn configure(regions: &[Region]) {
    CONTROL.write(0);
    for (number, region) in (0u32..).zip(regions) {
        REGION_NUMBER.write(number);
        REGION_BASE.write(region.start & ADDRESS_BITS);
        let callable = match region.attribution {
            Attribution::NonSecure => 0,
            Attribution::NonSecureCallable => LIMIT_NON_SECURE_CALLABLE,
        };
        let last = region.end.wrapping_sub(1) & ADDRESS_BITS;
        REGION_LIMIT.write(last | callable | LIMIT_ENABLE);
    }
    CONTROL.write(CONTROL_ENABLE);
    barrier();
}
