// SPDX-License-Identifier: Apache-2.0
//! The frame sizes that the compiler wrote into section `.stack_sizes`.
//!
//! The section repeats: the address of a function (32 bits), the bytes of its frame
//! (ULEB128). LLVM leaves out functions whose frame has no fixed size.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, bail};
use object::read::Bytes;
use object::{LittleEndian, U32};

use crate::elf::Image;

/// Frame bytes by the address of the function.
pub(crate) fn read(image: &Image) -> Result<BTreeMap<u64, u64>> {
    let mut frames = BTreeMap::new();
    let mut found = false;
    for section in image
        .sections
        .iter()
        .filter(|section| section.name == ".stack_sizes")
    {
        found = true;
        let mut rest = Bytes(section.data);
        while !rest.is_empty() {
            let address: &U32<LittleEndian> = rest
                .read()
                .map_err(|()| anyhow!(".stack_sizes ends within an address"))?;
            let bytes = rest
                .read_uleb128()
                .map_err(|()| anyhow!(".stack_sizes ends within a size"))?;
            let bytes = u32::try_from(bytes).context("a frame larger than the address space")?;
            let frame = frames
                .entry(u64::from(address.get(LittleEndian) & !1))
                .or_insert(0);
            *frame = u64::from(bytes).max(*frame);
        }
    }
    if !found {
        bail!(
            "the file has no section .stack_sizes: compile with -Zemit-stack-sizes and keep \
             the section in the linker script"
        );
    }
    Ok(frames)
}
