// SPDX-License-Identifier: Apache-2.0
//! How much of the store one client may have, so that something is left for the others.
//!
//! Whose an object is stands in its slot and nowhere else: it is asked only when an object is
//! created, or grows where bytes are counted. An object whose slot is damaged is nobody's.

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
    /// Bytes are counted only where as many objects as one client may have can have too many.
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

    /// Refuses an object of `size_bytes` at `place`, instead of what is there, when it is more
    /// than its owner may have.
    #[inline(always)] // in one place
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

    /// Who has how much, but for what is at `place`.
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
