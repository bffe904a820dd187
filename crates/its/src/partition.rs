// SPDX-License-Identifier: Apache-2.0
//! The Internal Trusted Storage partition.

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

/// The Internal Trusted Storage partition (PSA Secure Storage API 1.0).
///
/// The first message reads the flash, or [`Its::mount`] does. A message that the partition serves has
/// the form that [`psa::storage`] describes.
///
/// # Examples
///
/// One object, set and read back after a restart:
///
/// ```
/// use flash::{Geometry, fake::RamFlash};
/// use its::{Assets, Buffer, Configuration, Its};
/// use psa::{ClientId, Partition, Status, fake::FakeMessage, service, storage};
///
/// struct Storage;
///
/// impl Configuration for Storage {
///     type Flash = RamFlash;
///     type Assets = Assets<10>;
///     type Buffer = Buffer<32>;
///     const MAX_ASSET_BYTES: usize = 512;
/// }
///
/// let request = |message_type| {
///     FakeMessage::new(service::INTERNAL_TRUSTED_STORAGE.sid, message_type as i32)
///         .by(ClientId::NON_SECURE)
///         .input(&7u64.to_le_bytes()) // the uid
/// };
/// let framework = its::host::framework();
/// let geometry = Geometry { sector_count: 4, sector_bytes: 4096, program_unit_bytes: 4 };
///
/// let mut its: Its<Storage> = Its::new(RamFlash::new(geometry));
/// let mut set = request(storage::SET).input(b"secret").input(&0u32.to_le_bytes());
/// assert_eq!(its.call(&mut set, &framework), Status::SUCCESS);
///
/// let mut its: Its<Storage> = Its::new(its.into_flash());
/// let mut get = request(storage::GET).input(&0u32.to_le_bytes()).output(16);
/// assert_eq!(its.call(&mut get, &framework), Status::SUCCESS);
/// assert_eq!(get.written(0), b"secret");
/// ```
pub struct Its<C: Configuration> {
    store: Store<C>,
}

impl<C: Configuration> Its<C> {
    /// The partition on this flash, which is not read yet. If the flash has no state of its own,
    /// the value is all zero and takes RAM only.
    pub const fn new(flash: C::Flash) -> Self {
        Self {
            store: Store::new(flash),
        }
    }

    /// Reads the flash, unless that is done already.
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

    /// The flash, for a test that changes it while the partition is in use.
    pub const fn flash_mut(&mut self) -> &mut C::Flash {
        self.store.flash_mut()
    }

    /// Ends the partition and returns its flash, as a restart finds it.
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
    /// Shows nothing of the objects.
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
