// SPDX-License-Identifier: Apache-2.0
//! NOR flash: the traits that a driver implements, and the areas into which a device divides it.
//!
//! * A driver implements [`Flash`]; one whose flash is mapped into the address space implements
//!   [`Mapped`] too. There is one [`Error`] and one [`Geometry`].
//! * The owner of an area holds it as a value that implements [`Flash`]: a driver for that area, or
//!   a [`Part`] of a larger flash. Offsets count from the start of the area.
//! * Code that works on several areas of one flash holds a [`Chip`]. It erases and programs only
//!   inside an [`Area`].
//! * `nor` adapts to and from the traits of the crate `embedded-storage` (feature
//!   `embedded-storage`).
//! * [`fake`] has a flash in RAM whose power can be cut, and one in a file of the host.
//!
//! Not here: drivers (`hardware/`), the areas of a device (its board), and their content (the
//! crates that use them).
#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

mod area;
mod chip;
mod error;
#[cfg(not(target_os = "none"))]
pub mod fake;
mod flash;
mod geometry;
mod mapped;
#[cfg(feature = "embedded-storage")]
pub mod nor;
mod part;

pub use area::Area;
pub use chip::Chip;
pub use error::Error;
pub use flash::Flash;
pub use geometry::{Geometry, LARGEST_PROGRAM_UNIT_BYTES};
pub use mapped::Mapped;
pub use part::{Part, Place};

/// Value of an erased byte.
pub const ERASED: u8 = 0xFF;
