// SPDX-License-Identifier: Apache-2.0
//! The boot ROM.
#![cfg_attr(target_os = "none", no_std, no_main)]

firmware::boot_rom!(an505::An505);
