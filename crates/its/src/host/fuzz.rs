// SPDX-License-Identifier: Apache-2.0
//! What a fuzzer and the property tests do with arbitrary flash contents, and how a test gives a
//! flash an object of another client.

use core::marker::PhantomData;

use flash::{Flash, Geometry, fake::RamFlash};
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

const SET: i32 = storage::SET as i32;
const GET: i32 = storage::GET as i32;
const REMOVE: i32 = storage::REMOVE as i32;

/// The lifecycle of a device in use.
pub const SECURED: u32 = 0x3000;

/// A framework that tells the state of a device in use. The store calls no service.
#[must_use]
pub fn framework() -> FakeFramework {
    FakeFramework::new().in_lifecycle(SECURED)
}

/// A message about one object.
fn request(owner: ClientId, message_type: i32, uid: u64) -> FakeMessage {
    FakeMessage::new(psa::service::INTERNAL_TRUSTED_STORAGE.sid, message_type)
        .by(owner)
        .input(&uid.to_le_bytes())
}

/// A store of few objects.
struct AnyStore<const COUNT: usize, const BYTES: usize, F>(PhantomData<F>);

impl<const COUNT: usize, const BYTES: usize, F: Flash> Configuration for AnyStore<COUNT, BYTES, F> {
    type Flash = F;
    type Assets = Assets<COUNT>;
    type Buffer = Buffer<32>;
    const MAX_ASSET_BYTES: usize = BYTES;
}

/// What a fuzzer calls: `data` says, in its first three bytes, how many sectors of which size and
/// which program unit there are, and then what the flash holds.
///
/// # Panics
/// The partition broke its word.
pub fn fuzz(data: &[u8]) {
    let Some(([sectors, size, unit], bytes)) = data.split_first_chunk() else {
        return;
    };
    let geometry = Geometry {
        sector_count: 2 + usize::from(sectors % 6),
        sector_bytes: 512 * (1 + usize::from(size % 4)),
        program_unit_bytes: 1 << (unit % 6),
    };
    mount_bytes(geometry, bytes);
}

/// Starts a partition on a flash that holds `bytes`, repeated, and uses it. It may refuse, but
/// where it accepts a request it keeps its word, across a restart too.
///
/// # Panics
/// The partition broke its word.
pub fn mount_bytes(geometry: Geometry, bytes: &[u8]) {
    type Small = Its<AnyStore<3, 64, RamFlash>>;
    let exchange = |its: &mut Small, message_type, uid: u64, data: &[u8]| {
        let number = 0u32.to_le_bytes().to_vec();
        let second = if message_type == GET {
            number.clone()
        } else {
            data.to_vec()
        };
        let mut request = request(ClientId::NON_SECURE, message_type, uid)
            .input(&second)
            .input(&number)
            .output(usize::MAX);
        let status = its.call(&mut request, &framework());
        (status, request.written(0).to_vec())
    };
    let mut its = Small::new(RamFlash::with_bytes(geometry, bytes));
    for uid in 1..20 {
        let (status, data) = exchange(&mut its, GET, uid, &[]);
        assert!(status.is_success() || data.is_empty());
    }
    for round in 0..40u8 {
        let uid = 1 + u64::from(round) % 5;
        let (status, _) = exchange(&mut its, SET, uid, &[round; 33]);
        if status.is_success() {
            if round % 8 == 0 {
                its = Small::new(its.into_flash());
            }
            let found = exchange(&mut its, GET, uid, &[]);
            assert_eq!(found, (Status::SUCCESS, [round; 33].to_vec()));
            if round % 3 == 0 {
                let (status, _) = exchange(&mut its, REMOVE, uid, &[]);
                let (absent, _) = exchange(&mut its, GET, uid, &[]);
                assert!(!status.is_success() || !absent.is_success());
            }
        }
    }
}

/// Stores an object of `owner` on a flash that holds few others, and gives the flash back.
///
/// # Panics
/// The partition refused.
pub fn store_for<F: Flash>(flash: F, owner: ClientId, uid: u64, data: &[u8]) -> F {
    let mut its = Its::<AnyStore<2, 512, F>>::new(flash);
    let flags = 0u32.to_le_bytes();
    let mut request = request(owner, SET, uid).input(data).input(&flags);
    assert_eq!(its.call(&mut request, &framework()), Status::SUCCESS);
    its.into_flash()
}
