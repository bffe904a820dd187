// SPDX-License-Identifier: Apache-2.0
//! What an image may have once: the parts of the flash, and the memory that the boot ROM writes.
//!
//! A board names them as constants. A constant can be used again and again, so each is under a
//! [`Claim`], and opening that is unsafe. Every image opens one claim in one place, in the macro
//! that makes its binary, and moves each part to the one who works on it.
#![allow(unsafe_code)] // declares the one unsafe function

use core::mem::ManuallyDrop;

use crate::Board;

/// A value that an image takes once.
pub struct Claim<T>(ManuallyDrop<T>);

impl<T> Claim<T> {
    /// Puts a value under the claim.
    pub const fn new(value: T) -> Self {
        Self(ManuallyDrop::new(value))
    }

    /// Takes the value.
    ///
    /// # Safety
    /// While the value is there, the image takes it from no other copy of the claim, and takes no
    /// other claim to the same memory.
    pub const unsafe fn take(self) -> T {
        ManuallyDrop::into_inner(self.0)
    }
}

/// What the boot ROM has for itself.
pub struct BootParts<B: Board> {
    /// All of the flash.
    pub flash: B::Flash,
    /// The memory in which it leaves boot data for the secure image.
    pub boot_data: B::BootData,
}

/// What the partitions of the secure image have, one each.
pub struct Areas<B: Board> {
    /// The area of Internal Trusted Storage.
    pub its: B::TrustedStorage,
    /// The trailer of the running image and the secondary slot, for Firmware Update.
    pub updates: B::UpdateArea,
    /// The source of random numbers, for Crypto.
    pub entropy: B::Entropy,
}
