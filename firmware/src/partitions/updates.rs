// SPDX-License-Identifier: Apache-2.0
//! Where firmware updates go, and how.

use core::marker::PhantomData;

use boot::Mode;
use firmware_update::UpdateSlots;
use flash::Area;

use crate::{Board, Configuration};

/// What the Firmware Update partition finds on a board.
#[derive(Debug)]
pub struct UpdatesOf<B, C>(PhantomData<(B, C)>);

impl<B: Board, C: Configuration> UpdateSlots for UpdatesOf<B, C> {
    type Flash = B::UpdateArea;
    const PRIMARY_TRAILER: Area = C::PRIMARY_TRAILER;
    const PRIMARY_BYTES: usize = (C::MEMORY_MAP.primary.end - C::MEMORY_MAP.primary.start) as usize;
    const SECONDARY: Area = C::SECONDARY_SLOT;
    const UPGRADE: Mode = C::UPGRADE;

    fn running_image() -> &'static [u8] {
        B::running_image()
    }

    fn reset() {
        B::reset()
    }
}
