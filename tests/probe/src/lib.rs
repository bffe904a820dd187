// SPDX-License-Identifier: Apache-2.0
//! Observation of the emulated device: QEMU's stub for GDB, the plug-in that counts
//! instructions, the status of the debug port.
//!
//! Not here: what is observed for which test (`runner`, `glitch`, `bench`), and how QEMU is started
//! (`builder`).

pub mod debug_port;
pub mod plugin;
mod remote;
pub mod target;
