// SPDX-License-Identifier: Apache-2.0
//! Requests to a small store, for tests and tools.

use core::marker::PhantomData;

use flash::Flash;
use psa::{
    ClientId, Partition as _, Status,
    fake::{FakeFramework, FakeMessage},
    storage,
};

use crate::{
    configuration::Configuration,
    memory::{buffer::Buffer, index::Assets},
    partition::Its,
};

pub(super) const SET: i32 = storage::SET as i32;

/// The lifecycle state of a device in use (PSA Attestation API, security lifecycle).
const SECURED: u32 = 0x3000;

/// A framework of a device in use. The store calls no service.
#[must_use]
pub fn framework() -> FakeFramework {
    FakeFramework::new().in_lifecycle(SECURED)
}

/// A message about one object.
pub(super) fn request(owner: ClientId, message_type: i32, uid: u64) -> FakeMessage {
    FakeMessage::new(psa::service::INTERNAL_TRUSTED_STORAGE.sid, message_type)
        .by(owner)
        .input(&uid.to_le_bytes())
}

/// A store of at most `COUNT` objects of `BYTES` bytes.
pub(super) struct AnyStore<const COUNT: usize, const BYTES: usize, F>(PhantomData<F>);

impl<const COUNT: usize, const BYTES: usize, F: Flash> Configuration for AnyStore<COUNT, BYTES, F> {
    type Flash = F;
    type Assets = Assets<COUNT>;
    type Buffer = Buffer<32>;
    const MAX_ASSET_BYTES: usize = BYTES;
}

/// Stores an object of `owner` on a flash that holds at most one other object, and gives the flash
/// back.
///
/// # Panics
/// The partition refuses.
pub fn put_object<F: Flash>(flash: F, owner: ClientId, uid: u64, data: &[u8]) -> F {
    let mut its = Its::<AnyStore<2, 512, F>>::new(flash);
    let flags = 0u32.to_le_bytes();
    let mut request = request(owner, SET, uid).input(data).input(&flags);
    assert_eq!(its.call(&mut request, &framework()), Status::SUCCESS);
    its.into_flash()
}
