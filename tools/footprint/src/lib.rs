// SPDX-License-Identifier: Apache-2.0
//! What a firmware image costs, read from its ELF file.
//!
//! * [`size`]: bytes of flash and RAM, in total, by component, and by function and field;
//!   [`fields`] takes the state of the firmware apart; [`budget`] compares the totals with the
//!   limits of a profile.
//! * [`stack`]: an upper bound of the stack below a function, from the frame sizes that the
//!   compiler wrote (`-Zemit-stack-sizes`) and the calls decoded from the machine code.
//! * [`symbols`]: addresses of functions and of the returns from calls to them, for the
//!   counting of instructions.
//!
//! All of it reads the linked file, not the source, so the figures include inlining, link-time
//! optimisation and the linker's work. Formats: ELF for the Arm
//! Architecture (IHI 0044), Armv8-M Architecture Reference Manual (DDI 0553), Rust
//! RFC 2603 (symbol names).

mod behaviour;
pub mod budget;
pub mod chain;
pub mod component;
mod crate_name;
mod depth;
mod elf;
pub mod fields;
mod frames;
mod function;
mod jump_table;
mod names;
mod short_name;
pub mod size;
pub mod stack;
pub mod symbols;
mod thumb;

pub use short_name::of_readable as short_name_of;
pub use symbols::{call_sites, symbol_address};
