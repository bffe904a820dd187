// SPDX-License-Identifier: Apache-2.0
//! Memory Protection Unit of the secure state: code is never writable, data never executable.
//!
//! The background map is off, so an access outside the regions is a MemManage fault
//! (DDI 0553, PMSAv8). Regions must not overlap.

use crate::mmio::Register;
use crate::system::barrier;

/// One region of the secure map, as the registers want it.
#[derive(Clone, Copy)]
pub struct Region {
    base: u32,
    limit: u32,
}

impl Region {
    /// The region from `start` to `end`, the first address behind it; both are multiples of 32.
    #[must_use]
    #[inline(always)] // so that the compiler does it, wherever it knows the addresses
    pub const fn new(start: u32, end: u32, access: Access) -> Self {
        let (permission, attribute) = match access {
            Access::ReadExecute => (READ_ONLY, ATTRIBUTE_NORMAL),
            Access::ReadOnly => (READ_ONLY | EXECUTE_NEVER, ATTRIBUTE_NORMAL),
            Access::ReadWrite => (EXECUTE_NEVER, ATTRIBUTE_NORMAL),
            Access::Device => (EXECUTE_NEVER, ATTRIBUTE_DEVICE),
        };
        let last = end.wrapping_sub(1) & ADDRESS_BITS;
        Self {
            base: (start & ADDRESS_BITS) | permission,
            limit: last | attribute << ATTRIBUTE_SHIFT | LIMIT_ENABLE,
        }
    }
}

/// What secure code may do with a region. There is no "write and execute".
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Code and constants.
    ReadExecute,
    /// Constants and flash that is never executed by the secure world.
    ReadOnly,
    /// Data.
    ReadWrite,
    /// Device registers.
    Device,
}

const CONTROL_ENABLE: u32 = 1;
const CONTROL_IN_FAULT_HANDLERS: u32 = 1 << 1;
const LIMIT_ENABLE: u32 = 1;
/// Attribute index in a region's limit register.
const ATTRIBUTE_SHIFT: u32 = 1;
const ATTRIBUTE_NORMAL: u32 = 0;
const ATTRIBUTE_DEVICE: u32 = 1;
/// MAIR0: attribute 0 normal memory, non-cacheable; attribute 1 Device-nGnRE.
const ATTRIBUTES: u32 = 0x0000_0444;
const EXECUTE_NEVER: u32 = 1;
pub(crate) const READ_ONLY: u32 = 0b10 << 1;
const ADDRESS_BITS: u32 = !0x1f;

// SAFETY: MPU registers of the secure state on every Armv8-M core (DDI 0553, D1.2).
const CONTROL: Register = unsafe { Register::new(0xE000_ED94) };
// SAFETY: as above.
const REGION_NUMBER: Register = unsafe { Register::new(0xE000_ED98) };
// SAFETY: as above.
const REGION_BASE: Register = unsafe { Register::new(0xE000_ED9C) };
// SAFETY: as above.
const REGION_LIMIT: Register = unsafe { Register::new(0xE000_EDA0) };
// SAFETY: as above.
const MEMORY_ATTRIBUTES: Register = unsafe { Register::new(0xE000_EDC0) };

/// Sets the regions, numbered in order from 0, and enables the unit, also in fault handlers.
pub fn configure(regions: &[Region]) {
    CONTROL.write(0);
    MEMORY_ATTRIBUTES.write(ATTRIBUTES);
    for (number, region) in (0u32..).zip(regions) {
        REGION_NUMBER.write(number);
        REGION_BASE.write(region.base);
        REGION_LIMIT.write(region.limit);
    }
    CONTROL.write(CONTROL_ENABLE | CONTROL_IN_FAULT_HANDLERS);
    barrier();
}

/// Gives the last of the regions that were configured another start and other rights. Its end
/// stays.
#[inline(never)] // before and behind each change of flash
pub fn change_last(region: Region) {
    REGION_BASE.write(region.base);
    barrier();
}
