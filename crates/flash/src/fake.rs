// SPDX-License-Identifier: Apache-2.0
//! Host only: flash in RAM with simulated faults, and flash in a file.

mod file;
mod ram;
mod tear;

pub use file::FileFlash;
pub use ram::RamFlash;
pub use tear::Tear;
