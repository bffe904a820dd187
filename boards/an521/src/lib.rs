// SPDX-License-Identifier: Apache-2.0
//! Arm MPS2+ AN521: one folder, one port. The board says where things are and which partitions
//! it has; it decides nothing.
//!
//! * `memory_map` names the devices and areas of the board: its claims about the hardware.
//! * `entropy_source` is where random numbers start from.
//! * `evidence` is what attestation tokens tell of this device.
//! * `updates` is where firmware updates go.
//! * `boot_memory` is what the boot ROM may touch.
//! * `worlds` divides memory, peripherals and interrupts between the two worlds.
//! * `services` is the table of partitions and services, made from manifests;
//!   `partition_types` says what each partition is here, `builtin_keys` who may use the keys that
//!   the device has from the factory.
//!
//! Source: Arm application note AN521 and the SSE-200 TRM; tried in QEMU 7.2.
#![no_std]
#![cfg(target_arch = "arm")]

pub mod boot_memory;
mod builtin_keys;
pub mod config;
mod crypto_backend;
pub mod entropy_source;
pub mod evidence;
pub mod memory_map;
mod panic;
pub mod partition_types;
pub mod services;
pub mod updates;
pub mod worlds;
