// SPDX-License-Identifier: Apache-2.0
//! The configuration as the crate `boot` takes it.

use core::marker::PhantomData;

use boot::Mode;
use boot::{Placement, Settings};

use crate::{Board, Configuration};

/// The settings of a board in a configuration.
pub struct SettingsOf<B, C>(PhantomData<(B, C)>);

impl<B: Board, C: Configuration> Settings for SettingsOf<B, C> {
    type Compression = B::Compression;
    type Signature = C::Signature;
    type Keys = C::Keys;
    const PLACEMENT: Option<Placement> = Some(Placement {
        header_bytes: C::MEMORY_MAP.header_bytes as u16,
        slot_address: C::MEMORY_MAP.primary.start,
        ram_address: C::MEMORY_MAP.secure_ram.start,
        ram_bytes: C::MEMORY_MAP.secure_ram.end - C::MEMORY_MAP.secure_ram.start,
    });
    const NONSECURE_PLACEMENT: Option<Placement> = match C::NONSECURE_LAYOUT {
        Some(layout) => Some(Placement {
            header_bytes: C::MEMORY_MAP.header_bytes as u16,
            slot_address: C::MEMORY_MAP.flash.start + layout.primary.offset_bytes as u32,
            ram_address: C::MEMORY_MAP.nonsecure_ram.start,
            ram_bytes: C::MEMORY_MAP.nonsecure_ram.end - C::MEMORY_MAP.nonsecure_ram.start,
        }),
        None => None,
    };
    const OF_PAIR: bool = C::NONSECURE_LAYOUT.is_some();
    const ANTI_ROLLBACK: bool = C::ANTI_ROLLBACK;
    const UPGRADE: Mode = C::UPGRADE;
}
