// SPDX-License-Identifier: Apache-2.0
//! The composition: what a boot ROM and a secure image are made of, for any board and any
//! configuration.
//!
//! * [`Board`] is what a port implements; [`Configuration`] is what `configure` generates from the
//!   TOML files. Everything here is generic over the two, so a board holds no logic.
//! * [`boot_rom!`] and [`secure_image!`] are the binaries: one line each in the package that has
//!   them. They include the generated files and export the symbols that the start code calls.
//! * [`BootRom`] runs a boot and returns how it ended. [`mod@secure_image`] starts the partitions and
//!   takes the calls of the non-secure world. Neither decides by `!`: the host runs both, on a
//!   board of its own (`boards/fake`).
//! * [`partitions`] has the types of the standard partitions, which their manifests name.
//!
//! Not here: registers and assembly (`hardware/`), addresses and devices (`boards/`), the logic of
//! verification, storage or cryptography (`crates/`).
#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

mod board;
mod boot_rom;
mod claim;
mod configuration;
mod core_functions;
mod macros;
mod panic;
pub mod partitions;
pub mod secure_image;

pub use board::{Areas, Board, BootParts, ResetCause};
pub use boot_rom::{BootRom, Ending, on_fault_in_boot_rom};
pub use claim::Claim;
pub use configuration::{Configuration, FaultAction, LogLevel, MemoryMap, Region};
pub use core_functions::{PartitionCell, fail, halt};
pub use panic::print_panic;

// What the generated files and the macros name, so that the package with the binaries needs no
// more dependencies than this crate, its board and its own partitions.
pub use {
    armv8m, attestation, boot, crypto, diagnostics, entropy, firmware_update, flash, gateway, its,
    primitives, provisioning, psa, recovery, spm,
};
