// SPDX-License-Identifier: Apache-2.0
//! The partition: its flash is read at the first message.

use flash::Flash as _;
use psa::{Framework, Message, Partition, Status};

use crate::{
    configuration::Configuration,
    error::Error,
    fit::check,
    memory::{buffer::TransientBuffer as _, index::AssetTable as _},
    service,
    store::Store,
};

/// The Internal Trusted Storage partition of one configuration.
///
/// The flash is read at the first message, or when [`Its::mount`] is called.
pub struct Its<C: Configuration> {
    store: Store<C>,
}

impl<C: Configuration> Its<C> {
    /// The partition on this flash. With a flash of no size the value is all zero and costs RAM
    /// only.
    pub const fn new(flash: C::Flash) -> Self {
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
        match check(
            geometry,
            C::Assets::PLACES,
            C::MAX_ASSET_BYTES,
            C::Buffer::BYTES,
        ) {
            Ok(()) => self.store.mount(),
            Err(_) => Err(Error::StorageFailure),
        }
    }

    /// The flash.
    pub const fn flash(&self) -> &C::Flash {
        self.store.flash()
    }

    /// The flash, to do something to it behind the back of the partition.
    pub const fn flash_mut(&mut self) -> &mut C::Flash {
        self.store.flash_mut()
    }

    /// Ends the partition and gives its flash back, as a restart would find it.
    pub fn into_flash(self) -> C::Flash {
        self.store.into_flash()
    }
}

impl<C: Configuration<Flash: Clone>> Clone for Its<C> {
    fn clone(&self) -> Self {
        Self {
            store: self.store.clone(),
        }
    }
}

impl<C: Configuration> core::fmt::Debug for Its<C> {
    /// Tells nothing of the objects.
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("Its")
    }
}

impl<C: Configuration> Partition for Its<C> {
    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
        let outcome = match self.mount() {
            Ok(()) => {
                let outcome = service::call(&mut self.store, message, framework);
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
