// SPDX-License-Identifier: Apache-2.0
//! The boot loader.
#![cfg_attr(target_os = "none", no_std, no_main)]

own_boot_loader::boot_loader!(|area, facts| {
    own_boot_loader::hand_over::write(area, facts).map_err(|error| error.as_str())
});
