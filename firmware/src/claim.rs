// SPDX-License-Identifier: Apache-2.0
//! Parts of the device that an image may own once: areas of the flash, and the memory that the boot
//! ROM writes.
//!
//! A board defines them as constants. A constant can be used repeatedly, so each is inside a
//! [`Claim`], and taking it out is unsafe. Every image takes one claim in one place, in the macro
//! of its binary, and moves each part to the code that uses it.
#![allow(unsafe_code)] // declares the one unsafe function

use core::mem::ManuallyDrop;

/// A value that an image takes once.
pub struct Claim<T>(ManuallyDrop<T>);

impl<T> Claim<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(ManuallyDrop::new(value))
    }

    /// Takes the value.
    ///
    /// # Safety
    /// While the value exists, the image takes it from no other copy of the claim, and takes no
    /// other claim to the same memory.
    pub const unsafe fn take(self) -> T {
        ManuallyDrop::into_inner(self.0)
    }
}
