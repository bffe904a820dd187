// SPDX-License-Identifier: Apache-2.0
//! The secure image.
#![cfg_attr(target_os = "none", no_std, no_main)]

firmware::secure_image!(an505::An505);
