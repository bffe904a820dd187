// SPDX-License-Identifier: Apache-2.0
//! Isolation level 1: what belongs to which world.
//!
//! The order is the one in which a mistake stays closed: attribution first (what no region
//! names is secure), then the board's controllers that give memory and devices away, the secure MPU,
//! and the faults.

use crate::{Board, Configuration};

/// Divides the device between the worlds and enables the faults that guard the border.
#[cfg(target_arch = "arm")]
pub fn divide<B: Board, C: Configuration>() {
    regions::attribute::<B, C>();
    B::divide();
    regions::protect::<B, C>();
    armv8m::system::keep_coprocessors();
    armv8m::system::enable_faults();
}

/// A host has neither SAU nor MPU.
#[cfg(not(target_arch = "arm"))]
#[expect(clippy::extra_unused_type_parameters, reason = "as on the device")]
pub fn divide<B: Board, C: Configuration>() {
    B::divide();
}

#[cfg(target_arch = "arm")]
mod regions {
    use armv8m::mpu::Access;
    use armv8m::sau::Attribution;
    use armv8m::{image, mpu, sau};

    use crate::{Board, Configuration, Region};

    /// What the non-secure world may touch, and where it may enter.
    pub fn attribute<B: Board, C: Configuration>() {
        let map = const { C::MEMORY_MAP };
        let non_secure = |range: Region| sau::Region {
            start: range.start,
            end: range.end,
            attribution: Attribution::NonSecure,
        };
        sau::configure(&[
            // The trailer of the slot is not the application's.
            non_secure(Region {
                start: image::non_secure_start(),
                end: map.trailer.start,
            }),
            non_secure(map.nonsecure_data),
            non_secure(map.nonsecure_ram),
            non_secure(B::NON_SECURE_PERIPHERALS),
            sau::Region {
                start: image::veneers_start(),
                end: image::veneers_end(),
                attribution: Attribution::NonSecureCallable,
            },
        ]);
    }

    /// What the secure firmware itself may touch: its code is never writable, all else is never
    /// executed.
    pub fn protect<B: Board, C: Configuration>() {
        let map = const { C::MEMORY_MAP };
        // Nothing behind the running image is written to, unless there are updates: these go to the
        // trailer of its slot and what lies behind it.
        let read_only_end = if C::HAS_UPDATES {
            map.trailer.start
        } else {
            map.flash.end
        };
        let code_start = map.primary.start + map.header_bytes;
        let region = mpu::Region::new;
        let always = [
            region(code_start, image::code_limit(), Access::ReadExecute),
            region(map.secure_ram.start, map.secure_ram.end, Access::ReadWrite),
            region(map.flash.start, map.primary.start, Access::ReadWrite),
            region(map.primary.start, code_start, Access::ReadOnly), // the header of the image
            region(image::code_limit(), read_only_end, Access::ReadOnly),
            region(
                map.nonsecure_ram.start,
                map.nonsecure_ram.end,
                Access::ReadWrite,
            ),
            region(B::PERIPHERALS.start, B::PERIPHERALS.end, Access::Device),
        ];
        if C::HAS_UPDATES {
            let [code, ram, storage, header, behind, other_ram, devices] = always;
            let updates = region(read_only_end, map.flash.end, Access::ReadWrite);
            mpu::configure(&[
                code, ram, storage, header, behind, other_ram, devices, updates,
            ]);
        } else {
            mpu::configure(&always);
        }
    }
}
