// SPDX-License-Identifier: Apache-2.0
//! Counts the instructions of each operation and of each segment of the boot, in QEMU.
//!
//! Time is a function of the instructions executed, so the figures are the same on every host.
//! [`mod@reference`] has those of TF-M, for the columns beside ours and for the table in README.md.
//!
//! Not here: the applications that are measured (`tests/on_target`), the plug-in that counts
//! (`tools/instruction_counter`), and flash and RAM by component (`footprint`).

pub mod boot;
pub mod boot_run;
mod counts;
pub mod documents;
mod figures;
pub mod history;
pub mod latency;
pub mod operations;
pub mod page;
pub mod readme;
pub mod reference;
pub mod stacks;
pub mod tables;

pub use figures::{Figures, Rows};
