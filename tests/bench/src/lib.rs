// SPDX-License-Identifier: Apache-2.0
//! Instructions per operation and per segment of the boot, measured in QEMU.

pub mod boot;
pub mod boot_run;
pub mod latency;
pub mod operations;
pub mod reference;
pub mod stacks;
