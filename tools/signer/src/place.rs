// SPDX-License-Identifier: Apache-2.0
//! Whether a payload would run at its place, before it is signed: the words for what the boot ROM
//! says in two.

use anyhow::{Result, ensure};

use crate::Options;

/// Stack pointer and reset handler.
const VECTOR_TABLE_BYTES_MIN: usize = 8;

/// Checks what [`boot::Placement::check`] checks of the image.
pub fn check(payload: &[u8], options: &Options) -> Result<()> {
    ensure!(
        payload.len() >= VECTOR_TABLE_BYTES_MIN,
        "the payload has {} bytes: it has to begin with a vector table, so with at least {}",
        payload.len(),
        VECTOR_TABLE_BYTES_MIN
    );
    let Some(placement) = options.placement else {
        return Ok(());
    };
    let (found, wanted) = (options.header_bytes, placement.header_bytes);
    ensure!(
        found == wanted,
        "the header would have {found} bytes, and the boot ROM starts images whose header has \
         {wanted} (`boot.header_bytes`): leave `--header-size` out, or configure and link \
         everything anew with `--set boot.header_bytes={found}`"
    );
    let (words, _) = payload.as_chunks();
    let [stack, reset] =
        [0, 1].map(|index| words.get(index).map_or(0, |word| u32::from_le_bytes(*word)));
    let (ram, start) = (placement.ram_address, placement.image_address());
    let (ram_end, end) = (
        u64::from(ram) + u64::from(placement.ram_bytes),
        u64::from(start) + payload.len() as u64,
    );
    ensure!(
        placement.takes(payload),
        "the payload does not begin with a vector table for {start:#x}: its stack would begin at \
         {stack:#x} and its reset handler lie at {reset:#x}, which have to be in the secure RAM, \
         {ram:#x} to {ram_end:#x}, and in the payload, up to {end:#x}, with bit 0 set"
    );
    Ok(())
}
