// SPDX-License-Identifier: Apache-2.0
//! The signed image: its format, which is that of MCUboot and its tool `imgtool`, its
//! verification, and what the boot ROM tells the firmware that it starts.
//!
//! A slot is plain bytes, because flash is mapped; nothing in them is believed. [`verify()`]
//! goes from the cheap to the costly: header, sizes, flags, type-length-value areas, hash,
//! key, signature, security counter. It takes from the board only what the device knows by
//! itself, [`Trust`], and gives a [`VerifiedImage`], which no other code can make: code that
//! starts an image asks for that type and therefore cannot start another.
//!
//! [`start()`] is what a boot ROM calls: it installs an upgrade that is asked for, keeps the
//! security counter, and gives the image to start.
//!
//! The host's signing tool builds on the same modules, so both sides read the same format.
#![cfg_attr(not(test), no_std)]

pub mod boot_data;
pub mod boot_record;
pub mod debug;
pub mod hardened;
pub mod header;
pub mod keys;
pub mod measured;
pub mod parsed_image;
pub mod placement;
pub mod settings;
pub mod signature;
pub mod start;
pub mod swap;
pub mod tlv;
pub mod trailer;
pub mod trust;
pub mod verify;

mod changes;
mod copy;
mod error;
mod known;
mod layout;
mod outcome;
mod overwrite;
mod request;
mod rollback;
mod whole;

pub use debug::DebugPort;
pub use error::Error;
pub use header::{Header, Version};
pub use layout::Layout;
pub use measured::Measured;
pub use outcome::{Refusal, Start, Upgrade};
pub use parsed_image::ParsedImage;
pub use placement::Placement;
pub use settings::{Mode, Settings};
pub use start::{is_acceptable, start};
pub use trust::Trust;
pub use verify::{VerifiedImage, verify, verify_by};

#[cfg(test)]
mod tests;
