// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage: `psa_its_*` (PSA Secure Storage API 1.0, chapter 5.3).
//!
//! Each client has its own objects: the same uid names a different object for each of them. A uid
//! is not 0. A power cut leaves the old object or the new one.

use psa::Status;
use psa::service::INTERNAL_TRUSTED_STORAGE;
pub use psa::storage::{CreateFlags, Info};
use psa::storage::{GET, GET_INFO, REMOVE, SET};

use crate::gateway::{Gateway, InVector, OutVector, call};

/// Creates the object `uid`, or replaces it (`psa_its_set`).
///
/// # Errors
/// * `NOT_PERMITTED`: the object was created with [`CreateFlags::WRITE_ONCE`] and the device is
///   past its provisioning.
/// * `INSUFFICIENT_STORAGE`: the area is full, or this client has all that it may have.
/// * `INVALID_ARGUMENT`: the uid is 0, or the data is larger than the profile allows.
/// * `NOT_SUPPORTED`: a flag is unknown.
/// * `STORAGE_FAILURE`: the flash has failed.
///
/// # Examples
/// ```
/// use client::its::{self, CreateFlags};
/// use client::{Gateway, Status};
///
/// fn count_start(secure: &impl Gateway) -> Result<u32, Status> {
///     const STARTS: u64 = 1;
///     let mut count = [0; 4];
///     match its::get(secure, STARTS, 0, &mut count) {
///         Ok(_) | Err(Status::DOES_NOT_EXIST) => {}
///         Err(error) => return Err(error),
///     }
///     let count = u32::from_le_bytes(count).wrapping_add(1);
///     its::set(secure, STARTS, &count.to_le_bytes(), CreateFlags::NONE)?;
///     Ok(count)
/// }
///
/// # let secure = fake_device::FakeDevice::new();
/// assert_eq!(count_start(&secure), Ok(1));
/// assert_eq!(count_start(&secure), Ok(2));
/// ```
pub fn set(
    gateway: &impl Gateway,
    uid: u64,
    data: &[u8],
    flags: CreateFlags,
) -> Result<(), Status> {
    let (uid, flags) = (uid.to_le_bytes(), flags.0.to_le_bytes());
    let inputs = [
        InVector::new(&uid),
        InVector::new(data),
        InVector::new(&flags),
    ];
    storage_call(gateway, SET, &inputs, &mut [])
}

/// Reads an object from `offset_bytes` on, up to the length of `data` (`psa_its_get`). Returns the
/// number of bytes that it read.
///
/// # Errors
/// * `DOES_NOT_EXIST`: this client has no such object.
/// * `INVALID_ARGUMENT`: the uid is 0, or the offset lies behind the end of the object.
/// * `DATA_CORRUPT`: the flash has damaged the object.
///
/// # Examples
/// ```
/// use client::Status;
/// use client::its::{self, CreateFlags};
/// # let secure = fake_device::FakeDevice::new();
/// its::set(&secure, 2, b"hello, world", CreateFlags::NONE)?;
/// let mut data = [0; 20];
/// assert_eq!(its::get(&secure, 2, 7, &mut data), Ok(5));
/// assert_eq!(&data[..5], b"world");
/// assert_eq!(its::get(&secure, 3, 0, &mut data), Err(Status::DOES_NOT_EXIST));
/// # Ok::<(), Status>(())
/// ```
pub fn get(
    gateway: &impl Gateway,
    uid: u64,
    offset_bytes: u32,
    data: &mut [u8],
) -> Result<usize, Status> {
    let (uid, offset) = (uid.to_le_bytes(), offset_bytes.to_le_bytes());
    let inputs = [InVector::new(&uid), InVector::new(&offset)];
    let mut outputs = [OutVector::new(data)];
    storage_call(gateway, GET, &inputs, &mut outputs)?;
    Ok(outputs[0].length_bytes())
}

/// Reads size and flags of an object (`psa_its_get_info`).
///
/// # Errors
/// * `DOES_NOT_EXIST`: this client has no such object.
/// * `INVALID_ARGUMENT`: the uid is 0.
///
/// # Examples
/// ```
/// use client::Status;
/// use client::its::{self, CreateFlags};
/// # let secure = fake_device::FakeDevice::new();
/// its::set(&secure, 2, b"serial 7", CreateFlags::WRITE_ONCE)?;
/// assert_eq!(its::get_info(&secure, 2)?.size_bytes, 8);
/// assert_eq!(its::remove(&secure, 2), Err(Status::NOT_PERMITTED));
/// # Ok::<(), Status>(())
/// ```
pub fn get_info(gateway: &impl Gateway, uid: u64) -> Result<Info, Status> {
    let uid = uid.to_le_bytes();
    let mut info = [[0; 4]; 3];
    let mut outputs = [OutVector::new(info.as_flattened_mut())];
    storage_call(gateway, GET_INFO, &[InVector::new(&uid)], &mut outputs)?;
    Ok(Info::from_words(info))
}

/// Removes an object (`psa_its_remove`).
///
/// # Errors
/// * `DOES_NOT_EXIST`: this client has no such object.
/// * `NOT_PERMITTED`: the object was created with [`CreateFlags::WRITE_ONCE`] and the device is
///   past its provisioning.
/// * `INVALID_ARGUMENT`: the uid is 0.
///
/// # Examples
/// ```
/// use client::Status;
/// use client::its::{self, CreateFlags};
/// # let secure = fake_device::FakeDevice::new();
/// its::set(&secure, 2, b"hello", CreateFlags::NONE)?;
/// assert_eq!(its::remove(&secure, 2), Ok(()));
/// assert_eq!(its::remove(&secure, 2), Err(Status::DOES_NOT_EXIST));
/// # Ok::<(), Status>(())
/// ```
pub fn remove(gateway: &impl Gateway, uid: u64) -> Result<(), Status> {
    let uid = uid.to_le_bytes();
    storage_call(gateway, REMOVE, &[InVector::new(&uid)], &mut [])
}

fn storage_call(
    gateway: &impl Gateway,
    message_type: i16,
    inputs: &[InVector<'_>],
    outputs: &mut [OutVector<'_>],
) -> Result<(), Status> {
    let handle = INTERNAL_TRUSTED_STORAGE.handle();
    call(gateway, handle, message_type, inputs, outputs)
}
