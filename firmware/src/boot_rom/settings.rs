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
    const ANTI_ROLLBACK: bool = C::ANTI_ROLLBACK;
    const UPGRADE: Mode = C::UPGRADE;
}
