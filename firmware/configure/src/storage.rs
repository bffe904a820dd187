// SPDX-License-Identifier: Apache-2.0
//! Whether Internal Trusted Storage fits its area of the flash: the partition itself says so.
//!
//! A store that is too large would refuse service on the device, so the build refuses it.

use crate::effective::Effective;
use crate::partitions::Partition;
use crate::problems::Problems;
use flash::Geometry;
use its::Misfit;

/// What the profile calls the partition, and with it the section of its keys.
const MODULE: &str = "its";

const AREA_BYTES: &str = "flash.areas.its.size_bytes";
const SECTOR_BYTES: &str = "flash.sector_bytes";
const PROGRAM_UNIT_BYTES: &str = "flash.program_unit_bytes";
const MAX_ASSETS: &str = "its.max_assets";
const MAX_ASSET_BYTES: &str = "its.max_asset_bytes";
const BUFFER_BYTES: &str = "its.buffer_bytes";

/// Adds to `problems` what does not fit, if the profile lists the partition.
pub fn check(partitions: &[Partition], effective: &Effective, problems: &mut Problems) {
    let number = |key| usize::try_from(effective.number(key)).unwrap_or(usize::MAX);
    if !partitions.iter().any(|one| one.module == MODULE) {
        return;
    }
    // A sector of no size is told with the layout.
    let Some(sector_count) = number(AREA_BYTES).checked_div(number(SECTOR_BYTES)) else {
        return;
    };
    let geometry = Geometry {
        sector_count,
        sector_bytes: number(SECTOR_BYTES),
        program_unit_bytes: number(PROGRAM_UNIT_BYTES),
    };
    let (assets, asset_bytes) = (number(MAX_ASSETS), number(MAX_ASSET_BYTES));
    let mut wrong = |key: &str, what: String| {
        problems.add(format!("{}: `{key}` {what}", effective.origin(key)));
    };
    match its::check(geometry, assets, asset_bytes, number(BUFFER_BYTES)) {
        Ok(()) => {}
        Err(Misfit::Geometry) => wrong(
            AREA_BYTES,
            format!(
                "is {sector_count} sectors of {} bytes with program units of {}, but a store takes \
                 2 to 4096 sectors of 512 bytes to 64 KiB and units of at most 32",
                geometry.sector_bytes, geometry.program_unit_bytes
            ),
        ),
        Err(Misfit::Buffer {
            buffer_bytes,
            multiple_bytes,
        }) => wrong(
            BUFFER_BYTES,
            format!(
                "is {buffer_bytes}, but must be 16 to 512 and a multiple of {multiple_bytes}: of \
                 a word and of `{PROGRAM_UNIT_BYTES}`"
            ),
        ),
        Err(Misfit::Capacity {
            max_assets,
            capacity,
        }) => wrong(
            MAX_ASSETS,
            format!(
                "is {max_assets}, but the {} bytes of `flash.areas.its` hold {capacity} objects of \
                 `{MAX_ASSET_BYTES}`, {asset_bytes} bytes ({})",
                number(AREA_BYTES),
                effective.origin(MAX_ASSET_BYTES)
            ),
        ),
    }
}
