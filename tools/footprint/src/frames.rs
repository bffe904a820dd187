// SPDX-License-Identifier: Apache-2.0
//! The frame sizes that the compiler wrote into section `.stack_sizes`.
//!
//! The section repeats: the address of a function (32 bits), the bytes of its frame
//! (ULEB128). LLVM leaves out functions whose frame has no fixed size.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

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
        let mut rest = section.data;
        while !rest.is_empty() {
            let (address, tail) = rest
                .split_first_chunk::<4>()
                .context(".stack_sizes ends within an address")?;
            let (bytes, tail) = uleb128(tail).context(".stack_sizes ends within a size")?;
            let frame = frames
                .entry(u64::from(u32::from_le_bytes(*address) & !1))
                .or_insert(0);
            *frame = bytes.max(*frame);
            rest = tail;
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

/// A little-endian number of 7 bits a byte, and what follows it.
fn uleb128(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= u64::from(byte & 0x7F) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(index + 1..)?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::uleb128;

    #[test]
    fn numbers_end_where_they_say() {
        assert_eq!(uleb128(&[0x08, 0xAA]), Some((8, &[0xAA][..])));
        assert_eq!(uleb128(&[0xA0, 0x02]), Some((288, &[][..])));
        assert_eq!(uleb128(&[]), None);
        assert_eq!(uleb128(&[0x80]), None);
        assert_eq!(uleb128(&[0x80; 9]), None);
    }
}
