// SPDX-License-Identifier: Apache-2.0
//! Trailers that signers write for other boot ROMs.

use anyhow::{Result, ensure};

/// The largest program unit for which the boot ROM reads trailers.
const UNIT_BYTES: u16 = boot::trailer::FIELD_BYTES as u16;
/// How MCUboot's magic for larger units ends; the unit stands before it.
const MAGIC_END: [u8; 14] = [
    0x2d, 0xe1, 0x5d, 0x29, 0x41, 0x0b, 0x8d, 0x77, 0x67, 0x9c, 0x11, 0x0f, 0x1f, 0x8a,
];

/// Looks at the end of an image that fills its slot.
///
/// # Errors
///
/// When there is a trailer that the boot ROM would take for none.
pub fn check_trailer(slot: &[u8]) -> Result<()> {
    let unit = slot
        .strip_suffix(&MAGIC_END)
        .and_then(<[u8]>::split_last_chunk);
    let unit_bytes = unit.map(|(_, unit)| u16::from_le_bytes(*unit));
    ensure!(
        unit_bytes.is_none(),
        "it ends in a trailer for program units of {} bytes (`imgtool sign --max-align`), which \
         this boot ROM takes for no request: its trailers have fields of {UNIT_BYTES} bytes. Sign \
         with `--max-align {UNIT_BYTES}`",
        unit_bytes.unwrap_or_default()
    );
    Ok(())
}
