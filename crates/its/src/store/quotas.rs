// SPDX-License-Identifier: Apache-2.0
//! Quotas: how much of the store one client may have, so that the others have room.
//!
//! Only the slot of an object names its owner. The owner is read when an object is created, and, if
//! bytes are counted, when it grows. An object whose slot is damaged counts for no client.

use psa::{ClientId, Quota};

use super::state::Store;
use crate::{
    configuration::Configuration,
    error::Error,
    format::words::read_words,
    memory::index::{AssetTable as _, Entry},
};

/// What one client may have. [`Quota::ALL`] costs no code.
#[derive(Clone, Copy, Debug)]
struct Quotas {
    assets: Quota,
    bytes: Quota,
}

impl<C: Configuration> Store<C> {
    /// Bytes are counted only if the objects that one client may have can exceed the quota.
    const QUOTAS: Quotas = {
        let assets = Quota::new(C::ASSETS_PER_CLIENT as u32);
        let most_assets = C::Assets::PLACES - assets.leaves(C::Assets::PLACES);
        let bytes = Quota::new(C::BYTES_PER_CLIENT as u32);
        let counts_bytes = bytes.leaves(most_assets * C::MAX_ASSET_BYTES) != 0;
        Quotas {
            assets,
            bytes: if counts_bytes { bytes } else { Quota::ALL },
        }
    };

    /// Refuses an object of `size_bytes` that replaces the one at `place`, if its owner would
    /// exceed a quota.
    #[inline(always)] // called once
    pub(super) fn require_quotas(
        &self,
        owner: i32,
        place: usize,
        size_bytes: u32,
    ) -> Result<(), Error> {
        let owner = ClientId::new(owner);
        let counts_assets = Self::QUOTAS.assets.leaves(C::Assets::PLACES) != 0;
        let counts_bytes = Self::QUOTAS.bytes.leaves(u32::MAX as usize) != 0;
        if counts_assets
            && !Self::QUOTAS
                .assets
                .admits(owner, self.held(place, |_| 1), 1)
            || counts_bytes
                && !Self::QUOTAS.bytes.admits(
                    owner,
                    self.held(place, |entry| entry.extent.size_bytes()),
                    size_bytes,
                )
        {
            return Err(Error::InsufficientStorage);
        }
        Ok(())
    }

    /// The owner and the amount of each object, without the one at `place`.
    fn held(
        &self,
        place: usize,
        amount: impl Fn(&Entry) -> u32,
    ) -> impl Iterator<Item = (ClientId, u32)> {
        let entries = self.index.entries().iter().enumerate();
        let others = entries.filter(move |(other, entry)| *other != place && entry.is_used());
        others.filter_map(move |(_, entry)| {
            let [owner] = read_words(&self.flash, entry.slot).ok()?;
            Some((ClientId::new(i32::from_le_bytes(owner)), amount(entry)))
        })
    }
}
