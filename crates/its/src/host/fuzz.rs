// SPDX-License-Identifier: Apache-2.0
//! What a fuzzer and the property tests do with arbitrary flash contents.

use flash::{Geometry, fake::RamFlash};
use psa::{ClientId, Partition as _, Status, storage};

use super::request::{AnyStore, SET, framework, request};
use crate::partition::Its;

const GET: i32 = storage::GET as i32;
const REMOVE: i32 = storage::REMOVE as i32;

/// The entry of a fuzzer. The first three bytes of `data` choose the count of sectors, their size
/// and the program unit; the rest is what the flash holds.
///
/// # Panics
/// The partition accepted a request and did not do it.
pub fn run(data: &[u8]) {
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

/// Starts a partition on a flash that holds `bytes`, repeated, and uses it. The partition may refuse
/// a request, but what it accepts it has done, and a restart does not undo it.
///
/// # Panics
/// The partition accepted a request and did not do it.
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
