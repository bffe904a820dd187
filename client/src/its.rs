// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage: `psa_its_*` (PSA Secure Storage API 1.0, chapter 5.3).
//!
//! The objects of an application are its own: another client has other objects under the same
//! uids. A uid is never 0.
//!
//! ```
//! use client::its::{self, CreateFlags};
//! use client::{Gateway, Status};
//!
//! /// Counts starts: a power cut leaves the old count or the new one.
//! fn count_start(secure: &impl Gateway) -> Result<u32, Status> {
//!     const STARTS: u64 = 1;
//!     let mut count = [0; 4];
//!     match its::get(secure, STARTS, 0, &mut count) {
//!         Ok(_) | Err(Status::DOES_NOT_EXIST) => {}
//!         Err(error) => return Err(error),
//!     }
//!     let count = u32::from_le_bytes(count).wrapping_add(1);
//!     its::set(secure, STARTS, &count.to_le_bytes(), CreateFlags::NONE)?;
//!     Ok(count)
//! }
//! ```

use psa::Status;
use psa::service::INTERNAL_TRUSTED_STORAGE;
pub use psa::storage::{CreateFlags, Info};
use psa::storage::{GET, GET_INFO, REMOVE, SET};

use crate::gateway::{Gateway, InVector, OutVector, call};

/// `psa_its_set`: creates the object `uid`, or replaces it.
///
/// # Errors
/// `NOT_PERMITTED` when it was created to be written once, `INSUFFICIENT_STORAGE`,
/// `INVALID_ARGUMENT` for uid 0 or too much data, `NOT_SUPPORTED` for unknown flags, or what else
/// the service answers.
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

/// `psa_its_get`: the data of the object from `offset_bytes` on, as much as `data` has room for;
/// returns how much that was.
///
/// # Errors
/// `DOES_NOT_EXIST`, `INVALID_ARGUMENT` for uid 0 or an offset behind the end, `DATA_CORRUPT`, or
/// what else the service answers.
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

/// `psa_its_get_info`: what the service knows of the object.
///
/// # Errors
/// `DOES_NOT_EXIST`, `INVALID_ARGUMENT` for uid 0, or what else the service answers.
pub fn get_info(gateway: &impl Gateway, uid: u64) -> Result<Info, Status> {
    let uid = uid.to_le_bytes();
    let mut info = [[0; 4]; 3];
    let mut outputs = [OutVector::new(info.as_flattened_mut())];
    storage_call(gateway, GET_INFO, &[InVector::new(&uid)], &mut outputs)?;
    Ok(Info::from_words(info))
}

/// `psa_its_remove`: the object is gone.
///
/// # Errors
/// `DOES_NOT_EXIST`, `NOT_PERMITTED` when it was created to be written once, `INVALID_ARGUMENT`
/// for uid 0, or what else the service answers.
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
