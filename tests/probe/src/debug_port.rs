// SPDX-License-Identifier: Apache-2.0
//! The register that shows whether the debug port is open.

/// SECDBGSTAT: each selector with its value below it.
pub const STATUS: u32 = 0x5002_1000;

/// What QEMU shows of the status while the port is open: the selectors leave it to pins.
pub const OPEN: u32 = 0;
/// While it is closed: all selectors are set, and no value.
pub const CLOSED: u32 = 0xAA;
/// While it is closed for the secure world.
pub const SECURE_CLOSED: u32 = 0xA0;
