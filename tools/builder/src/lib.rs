// SPDX-License-Identifier: Apache-2.0
//! From a configuration to signed images and a running emulator.
//!
//! Principles: nothing needs to be prepared by hand, and no step is repeated for nothing; an error
//! says what is wrong and what to type; standard output carries the result, standard error the
//! progress.
//!
//! Not here: what a user types (`casemate`), the kit for C (`kit`), and the tests of this tree
//! (`tests/`).

pub mod attestation;
pub mod cargo;
mod chosen;
pub mod device;
pub mod firmware;
pub mod flash_file;
pub mod last_build;
pub mod options;
pub mod process;
pub mod program;
pub mod qemu;
pub mod report;
pub mod setup;
pub mod slots;
pub mod source_lines;
pub mod table;
pub mod whole_file;
pub mod workspace;
