// SPDX-License-Identifier: Apache-2.0
//! The Armv8-M core with the Security Extension: registers and assembly, nothing else.
//!
//! Purpose: everything that only the processor can do, behind safe functions. Source: the
//! Armv8-M Architecture Reference Manual (DDI 0553) and the PSA/TF-M veneer names.
//!
//! Principles:
//! * No decision is taken here: which region belongs to which world is the board's, what a
//!   caller may do is the SPM's.
//! * Every `unsafe` block says why it is sound; nothing outside `hardware/` needs one but the
//!   few lines with which a board states its memory map and exports its entry points.
//! * Assembly functions state their stack use in `.stack_sizes`, as the compiler does for its
//!   own, so that the static stack bound covers them.
//!
//! The crate is empty on other targets: the host tests the logic, QEMU tests this.
#![no_std]
#![allow(unsafe_code)]
#![cfg(target_arch = "arm")]

mod application;
pub mod boot_data;
pub mod fault;
pub mod image;
pub mod interrupts;
pub mod memory;
pub mod memory_functions;
pub mod mmio;
pub mod mpu;
pub mod non_secure;
pub mod partition_cell;
pub mod retained;
pub mod sau;
pub mod semihosting;
pub mod start;
pub mod system;
pub mod systick;
