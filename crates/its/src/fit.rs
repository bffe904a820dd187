// SPDX-License-Identifier: Apache-2.0
//! The proof that a configuration fits its flash.
//!
//! All of it is `const`, so a build proves with [`check`] what it configures.

use flash::{Geometry, LARGEST_PROGRAM_UNIT_BYTES};

use crate::format::{layout::Layout, slot};

const SECTOR_STEP_BYTES: usize = 512;
const LARGEST_SECTOR_BYTES: usize = 0x1_0000;
const MOST_SECTORS: usize = 0x1000;
const SMALLEST_BUFFER_BYTES: usize = 16;
const LARGEST_BUFFER_BYTES: usize = 512;

/// Whether the format supports this flash: two to 4096 sectors of 512 bytes to 64 KiB in
/// steps of 512, program units of 1, 2, 4, 8, 16 or 32 bytes.
#[must_use]
pub const fn is_supported(geometry: Geometry) -> bool {
    geometry.sector_count >= 2
        && geometry.sector_count <= MOST_SECTORS
        && geometry.sector_bytes >= SECTOR_STEP_BYTES
        && geometry.sector_bytes <= LARGEST_SECTOR_BYTES
        && geometry.sector_bytes.is_multiple_of(SECTOR_STEP_BYTES)
        && geometry.program_unit_bytes.is_power_of_two()
        && geometry.program_unit_bytes <= LARGEST_PROGRAM_UNIT_BYTES
}

/// The number of objects of `asset_bytes` that the area always holds, with room to replace any of
/// them; zero for an unsupported geometry.
///
/// A record fails to fit a sector only if that sector has more than `usable - record` bytes in
/// use, and after one round through the window all that is in use is live. So it fits when the
/// live records are no larger than `window * (usable - record)`.
#[must_use]
pub const fn capacity(geometry: Geometry, asset_bytes: usize) -> usize {
    if !is_supported(geometry) || asset_bytes > slot::MOST_DATA_BYTES as usize {
        return 0;
    }
    let layout = Layout::of(geometry);
    let record_bytes = (layout.slot_bytes() + layout.data_bytes(asset_bytes as u32)) as usize;
    let overhead_bytes = (2 * layout.sector_header_bytes() + layout.slot_bytes()) as usize;
    match geometry
        .sector_bytes
        .checked_sub(overhead_bytes + record_bytes)
    {
        Some(rest_bytes) => layout.window_sectors() as usize * rest_bytes / record_bytes,
        None => 0,
    }
}

/// Why a configuration does not fit. The numbers are for the message of a failing build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The store does not support this flash; see [`is_supported`].
    Geometry,
    /// The transient buffer is not 16 to 512 bytes or not made of whole words and program units.
    Buffer {
        /// The configured size.
        buffer_bytes: usize,
        /// What it must be a multiple of.
        multiple_bytes: usize,
    },
    /// The area can't hold this number of objects of that size with room to replace one of them.
    Capacity {
        /// Configured number of objects.
        max_assets: usize,
        /// How many the area always holds.
        capacity: usize,
    },
}

/// Proves that a store of this configuration fits its area: at most `max_assets` objects of at most
/// `max_asset_bytes` each, with a transient buffer of `buffer_bytes`.
///
/// # Errors
/// What does not fit.
pub const fn check(
    geometry: Geometry,
    max_assets: usize,
    max_asset_bytes: usize,
    buffer_bytes: usize,
) -> Result<(), Misfit> {
    if !is_supported(geometry) {
        return Err(Misfit::Geometry);
    }
    let part_bytes = Layout::of(geometry).part_bytes() as usize;
    if buffer_bytes < SMALLEST_BUFFER_BYTES
        || buffer_bytes > LARGEST_BUFFER_BYTES
        || !buffer_bytes.is_multiple_of(part_bytes)
    {
        return Err(Misfit::Buffer {
            buffer_bytes,
            multiple_bytes: part_bytes,
        });
    }
    let capacity = capacity(geometry, max_asset_bytes);
    if max_assets > capacity {
        return Err(Misfit::Capacity {
            max_assets,
            capacity,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
