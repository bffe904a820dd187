// SPDX-License-Identifier: Apache-2.0
//! Flash of the host: in RAM, with the faults of hardware, and in a file. The firmware has nothing
//! of it.

mod file;
mod ram;
mod tear;

pub use file::FileFlash;
pub use ram::RamFlash;
pub use tear::Tear;
