// SPDX-License-Identifier: Apache-2.0
//! The boot ROM without its hardware: MCUboot images, their verification, upgrades, rollback
//! protection, and the boot data for the firmware that it starts.
//!
//! A slot is plain bytes, because flash is mapped; all of them are untrusted. [`verify()`] checks
//! them from cheap to expensive: header, sizes, flags, TLV areas, hash, key, signature, security
//! counter. From the board it takes only the trusted data of the device, [`Trust`]. It returns a
//! [`VerifiedImage`], which no other code can make: code that starts an image takes this type and
//! therefore can't start another one.
//!
//! [`start()`] is the function that a boot ROM calls: it installs a requested upgrade, maintains
//! the security counter, and returns the image to start.
//!
//! The signing tool on the host uses the same modules, so both sides read the same format.
//!
//! Not here: drivers and jumps (`hardware/`), the binary (`firmware/`), signing (`tools/signer`).
#![cfg_attr(not(test), no_std)]

pub mod boot_data;
pub mod boot_record;
pub mod debug;
pub mod handed_over;
pub mod hardened;
pub mod header;
pub mod keys;
pub mod measured;
pub mod pair;
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
pub use parsed_image::{Kinds, ParsedImage};
pub use placement::Placement;
pub use settings::{Mode, Settings};
pub use start::{is_acceptable, start};
pub use trust::Trust;
pub use verify::{VerifiedImage, verify, verify_by};

#[cfg(test)]
mod tests;
