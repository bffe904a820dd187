// SPDX-License-Identifier: Apache-2.0
//! Boot data of a boot loader that is not this one: checked as a whole before anything relies on
//! them. `docs/own-boot-loader.md` tells the makers of such loaders what they have to hand over.
//!
//! Our own boot ROM makes its boot data from what it has verified, so an image of its need not look
//! at them twice. A foreign loader is another program of another author: what it leaves out would
//! otherwise be a guess of ours.

use primitives::sha256::{Compression, DIGEST_BYTES};
use provisioning::Device;

use crate::boot_data::{self, BOOT_SEED, INSTANCE_ID, LIFECYCLE, Module, Reader};
use crate::measured::{BOOT_SEED_BYTES, instance_id};

macro_rules! errors {
    ($($(#[$documentation:meta])* $name:ident = $text:literal,)*) => {
        /// Why boot data are refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Error {
            $($(#[$documentation])* $name,)*
        }

        impl Error {
            /// A short text for a console.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

errors! {
    /// The area does not begin with the magic of boot data.
    Absent = "absent",
    /// The area is smaller than its stated size, or an entry is truncated.
    Malformed = "malformed",
    /// An entry that is needed is there twice: nobody knows which of them holds.
    Twice = "an entry twice",
    /// There is no lifecycle.
    LifecycleMissing = "lifecycle missing",
    /// The lifecycle does not have four bytes, or is not that of OTP.
    WrongLifecycle = "wrong lifecycle",
    /// There is no boot seed.
    SeedMissing = "boot seed missing",
    /// The boot seed does not have 32 bytes.
    WrongSeed = "wrong boot seed",
    /// There is no instance id.
    InstanceMissing = "instance id missing",
    /// The instance id is not that of the attestation key in OTP.
    WrongInstance = "wrong instance id",
    /// There is no record of the image, or of the loader where tokens tell of it.
    RecordMissing = "boot record missing",
    /// A record is none, see [`Requirements::is_record`].
    WrongRecord = "wrong boot record",
}

/// What is needed, as far as it depends on the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Requirements {
    /// Whether tokens tell of the loader too.
    pub loader_record: bool,
    /// Whether a record has the form that tokens are made from.
    pub is_record: fn(&[u8]) -> bool,
}

/// Checks that the boot data in `area` are complete, and that they are of this device.
///
/// # Errors
/// Names the first thing that is wrong. The device must not start anything then.
pub fn check<C: Compression>(
    area: &[u8],
    device: &Device<'_>,
    requirements: &Requirements,
) -> Result<(), Error> {
    let data = Reader::new(area).map_err(|error| match error {
        boot_data::Error::Absent => Error::Absent,
        _ => Error::Malformed,
    })?;

    let lifecycle = only(&data, LIFECYCLE)?.ok_or(Error::LifecycleMissing)?;
    if lifecycle != (device.lifecycle as u32).to_le_bytes() {
        return Err(Error::WrongLifecycle);
    }
    let seed = only(&data, BOOT_SEED)?.ok_or(Error::SeedMissing)?;
    if seed.len() != BOOT_SEED_BYTES {
        return Err(Error::WrongSeed);
    }
    if let Some(secrets) = device.secrets {
        let instance = only(&data, INSTANCE_ID)?.ok_or(Error::InstanceMissing)?;
        if instance != instance_id::<C>(secrets.initial_attestation_key) {
            return Err(Error::WrongInstance);
        }
    }
    let records = [
        Some(Module::SecureAndNonSecure),
        requirements.loader_record.then_some(Module::Boot),
    ];
    for module in records.into_iter().flatten() {
        let record = only(&data, module.boot_record_kind())?.ok_or(Error::RecordMissing)?;
        if record.len() <= DIGEST_BYTES || !(requirements.is_record)(record) {
            return Err(Error::WrongRecord);
        }
    }
    Ok(())
}

/// The value of the only entry of this type; none if there is none.
#[inline(never)] // for each entry
fn only<'a>(data: &Reader<'a>, kind: u16) -> Result<Option<&'a [u8]>, Error> {
    let mut values = data.values(kind);
    let first = values.next();
    match values.next() {
        None => Ok(first),
        Some(_) => Err(Error::Twice),
    }
}
