// SPDX-License-Identifier: Apache-2.0
//! A boot loader for tests: it hands over what stands before the image in its slot, whatever that
//! is: a size in two bytes, then so many bytes of boot data.
#![cfg_attr(target_os = "none", no_std, no_main)]

own_boot_loader::boot_loader!(|area, _| {
    let (size, rest) = own_boot_loader::header()
        .split_first_chunk()
        .ok_or("no header")?;
    let given = rest.get(..u16::from_le_bytes(*size).into());
    let given = given.ok_or("a header without boot data")?;
    own_boot_loader::hand_over::copy(area, given).map_err(|error| error.as_str())
});
