// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage: the partition and its store on flash (PSA Secure Storage API 1.0,
//! Internal Trusted Storage API).
//!
//! * A power cut at any moment leaves the old object or the new one, whole, whatever its size, and
//!   harms no other. The start after it repairs nothing and so can be interrupted as often as one
//!   likes; `docs/its-format.md` has the format and the argument.
//! * Damage is found by checksums and costs the objects that it hits: they are answered with
//!   `PSA_ERROR_DATA_CORRUPT` until they are set or removed.
//! * Each program unit is programmed once between two erasures, and sectors are erased in turn.
//! * All data passes through one transient buffer; a caller's buffer is read in order, once.
//! * No encryption and no protection against rollback: the flash is inside the device, as Profile
//!   Small says.
//!
//! `service` takes messages apart, `store` keeps objects; below it stand `sector`, `slot` and
//! `index`, each one page of the format. The hardware is a [`Flash`], which a board implements;
//! [`fake`] and [`file`](mod@file) are the implementations of the host, and [`inspect`] looks into an image.
#![no_std]

#[cfg(not(target_os = "none"))]
extern crate std;

mod checksum;
mod error;
#[cfg(not(target_os = "none"))]
pub mod exercise;
#[cfg(not(target_os = "none"))]
pub mod fake;
#[cfg(not(target_os = "none"))]
pub mod file;
mod flash;
mod geometry;
mod index;
#[cfg(not(target_os = "none"))]
pub mod inspect;
mod sector;
mod service;
mod slot;
mod store;

pub use error::Error;
pub use flash::{Flash, FlashError, Foreign};
pub use geometry::{Geometry, Misfit, check};
pub use slot::Identity;
use store::{Share, Store};

use psa::{Framework, Message, Partition, Quota, Status};

/// The Internal Trusted Storage partition: at most `ASSETS` objects of at most `ASSET_BYTES`
/// bytes, all clients together, with a transient buffer of `BUFFER_BYTES`. One client has at most
/// `ASSETS_PER_CLIENT` objects, whose sizes sum up to at most `BYTES_PER_CLIENT`.
///
/// [`check`] proves at build time that they fit the flash. The flash is read at the first
/// message, or when [`Its::mount`] is called.
#[derive(Clone, Debug)]
pub struct Its<
    F,
    const ASSETS: usize,
    const ASSET_BYTES: usize,
    const BUFFER_BYTES: usize,
    const ASSETS_PER_CLIENT: usize = { usize::MAX },
    const BYTES_PER_CLIENT: usize = { usize::MAX },
> {
    store: Store<F, ASSETS, BUFFER_BYTES>,
}

impl<
    F: Flash,
    const ASSETS: usize,
    const ASSET_BYTES: usize,
    const BUFFER_BYTES: usize,
    const ASSETS_PER_CLIENT: usize,
    const BYTES_PER_CLIENT: usize,
> Its<F, ASSETS, ASSET_BYTES, BUFFER_BYTES, ASSETS_PER_CLIENT, BYTES_PER_CLIENT>
{
    /// What one client may have. Bytes are counted only where so many objects can have too many.
    const SHARE: Share = {
        let assets = Quota::new(ASSETS_PER_CLIENT as u32);
        let most_assets = ASSETS - assets.leaves(ASSETS);
        let bytes = Quota::new(BYTES_PER_CLIENT as u32);
        let counts_bytes = bytes.leaves(most_assets * ASSET_BYTES) != 0;
        Share {
            assets,
            bytes: if counts_bytes { bytes } else { Quota::ALL },
        }
    };

    /// The partition on this flash. With a flash of no size the value is all zero and costs RAM
    /// only.
    pub const fn new(flash: F) -> Self {
        Self {
            store: Store::new(flash),
        }
    }

    /// Reads the flash, if that was not done before.
    ///
    /// # Errors
    /// [`Error::StorageFailure`]: the configuration does not fit the flash, the flash failed, or
    /// it holds something that must not be overwritten.
    pub fn mount(&mut self) -> Result<(), Error> {
        let geometry = self.store.flash().geometry();
        let (assets, asset_bytes) = (ASSETS as u32, ASSET_BYTES as u32);
        match check(geometry, assets, asset_bytes, BUFFER_BYTES as u32) {
            Ok(()) => self.store.mount(),
            Err(_) => Err(Error::StorageFailure),
        }
    }

    /// The flash.
    pub const fn flash(&self) -> &F {
        self.store.flash()
    }

    /// The flash, to do something to it behind the back of the partition.
    pub const fn flash_mut(&mut self) -> &mut F {
        self.store.flash_mut()
    }

    /// Ends the partition and gives its flash back, as a restart would find it.
    pub fn into_flash(self) -> F {
        self.store.into_flash()
    }
}

impl<
    F: Flash,
    const ASSETS: usize,
    const ASSET_BYTES: usize,
    const BUFFER_BYTES: usize,
    const ASSETS_PER_CLIENT: usize,
    const BYTES_PER_CLIENT: usize,
> Partition for Its<F, ASSETS, ASSET_BYTES, BUFFER_BYTES, ASSETS_PER_CLIENT, BYTES_PER_CLIENT>
{
    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
        let outcome = match self.mount() {
            Ok(()) => {
                let outcome = service::call(
                    &mut self.store,
                    message,
                    framework,
                    ASSET_BYTES,
                    Self::SHARE,
                );
                self.store.finish(outcome)
            }
            Err(error) => Err(error),
        };
        match outcome {
            Ok(()) => Status::SUCCESS,
            Err(error) => error.into(),
        }
    }
}

/// The manifest of the partition: its services, and those that it calls.
pub const MANIFEST: &str = include_str!("../manifest.toml");
