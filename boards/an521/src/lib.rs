// SPDX-License-Identifier: Apache-2.0
//! Arm MPS2+ AN521: one folder, one port.
//!
//! * `board.toml` has the addresses of memories and areas, and QEMU's machine.
//! * `memory_map` names the devices and areas: the board's claims about its hardware.
//! * The two binaries are the macros of `firmware`.
//!
//! Not here: any decision. What the images do is in `firmware`, how the devices work in
//! `hardware/sse200`.
//!
//! Source: Arm application note AN521 and the SSE-200 TRM; tried in QEMU 7.2.
#![no_std]
#![cfg(target_arch = "arm")]

mod config;
mod memory_map;

pub use memory_map::An521;
