// SPDX-License-Identifier: Apache-2.0
//! What the manager asks of the device.

use core::marker::PhantomData;

use boot::boot_data;
use spm::DeviceControl;

use crate::{Board, fail};

/// The device of a board as the manager sees it.
#[derive(Debug)]
pub struct DeviceOf<B>(PhantomData<B>);

impl<B> DeviceOf<B> {
    /// The one value.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<B: Board> DeviceControl for DeviceOf<B> {
    #[inline(never)] // one function, whatever partition asks
    fn lifecycle_state(&self) -> u32 {
        boot_data::lifecycle(B::boot_data())
    }

    fn panic(&self) -> ! {
        fail()
    }
}
