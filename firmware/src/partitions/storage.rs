// SPDX-License-Identifier: Apache-2.0
//! What Internal Trusted Storage stands on: the board's flash, the configuration's sizes.

use core::marker::PhantomData;

use crate::{Board, Configuration};

/// The storage of a board in a configuration.
#[derive(Debug)]
pub struct StorageOf<B, C>(PhantomData<(B, C)>);

impl<B: Board, C: Configuration> its::Configuration for StorageOf<B, C> {
    type Flash = B::TrustedStorage;
    type Assets = C::Assets;
    type Buffer = C::StorageBuffer;
    const MAX_ASSET_BYTES: usize = C::MAX_ASSET_BYTES;
    const ASSETS_PER_CLIENT: usize = C::ASSETS_PER_CLIENT;
    const BYTES_PER_CLIENT: usize = C::ASSET_BYTES_PER_CLIENT;
    const FOREIGN: its::Foreign = C::FOREIGN_FLASH;
}
