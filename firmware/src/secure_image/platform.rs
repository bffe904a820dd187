// SPDX-License-Identifier: Apache-2.0
//! What the manager asks of the board.

use core::marker::PhantomData;

use boot::boot_data;
use spm::Platform;

use crate::{Board, fail};

/// The board as the manager sees it.
#[derive(Debug)]
pub struct PlatformOf<B>(PhantomData<B>);

impl<B> PlatformOf<B> {
    /// The one value.
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<B: Board> Platform for PlatformOf<B> {
    #[inline(never)] // one function, whatever partition asks
    fn lifecycle_state(&self) -> u32 {
        boot_data::lifecycle(B::boot_data())
    }

    fn panic(&self) -> ! {
        fail()
    }
}
