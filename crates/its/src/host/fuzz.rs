// SPDX-License-Identifier: Apache-2.0
//! What a fuzzer and the property tests do with arbitrary flash contents, and how a test gives a
//! flash an object of another client.

use std::vec::Vec;

use psa::{
    Absent, ClientId, Framework, Handle, Message, OutVector, Partition as _, Status, storage,
};

use crate::{Flash, Geometry, Its, fake::RamFlash};

const SET: i32 = storage::SET as i32;
const GET: i32 = storage::GET as i32;
const REMOVE: i32 = storage::REMOVE as i32;

/// The lifecycle of a device in use.
pub const SECURED: u32 = 0x3000;

/// A framework that tells this state of the lifecycle and offers nothing else: the store calls
/// nobody.
#[derive(Clone, Copy, Debug)]
pub struct Lifecycle(pub u32);

impl Framework for Lifecycle {
    fn version(&self, _: u32) -> u32 {
        unimplemented!("the store calls nobody")
    }

    fn connect(&self, _: u32, _: u32) -> Result<Handle, Status> {
        unimplemented!("the store calls nobody")
    }

    fn call(&self, _: Handle, _: i16, _: &[&[u8]], _: &mut [OutVector<'_>]) -> Status {
        unimplemented!("the store calls nobody")
    }

    fn close(&self, _: Handle) {
        unimplemented!("the store calls nobody")
    }

    fn lifecycle_state(&self) -> u32 {
        self.0
    }

    fn panic(&self) -> ! {
        unimplemented!("the store does not give up")
    }
}

/// A message about one object, with some data or room for it.
struct Request {
    client: ClientId,
    message_type: i32,
    inputs: [Vec<u8>; 3],
    taken: [usize; 3],
    output: Vec<u8>,
}

impl Message for Request {
    type Framework = Lifecycle;
    type Input = Absent;
    type Output = Absent;

    fn client_id(&self) -> ClientId {
        self.client
    }

    fn service(&self) -> u32 {
        psa::service::INTERNAL_TRUSTED_STORAGE.sid
    }

    fn message_type(&self) -> i32 {
        self.message_type
    }

    fn in_size(&self, index: usize) -> usize {
        self.inputs.get(index).map_or(0, Vec::len)
    }

    fn out_size(&self, index: usize) -> usize {
        if index == 0 { usize::MAX } else { 0 }
    }

    fn read(&mut self, index: usize, destination: &mut [u8]) -> usize {
        let Some(input) = self.inputs.get(index) else {
            return 0;
        };
        let rest = &input[self.taken[index]..];
        let bytes = rest.len().min(destination.len());
        destination[..bytes].copy_from_slice(&rest[..bytes]);
        self.taken[index] += bytes;
        bytes
    }

    fn skip(&mut self, _: usize, _: usize) -> usize {
        0
    }

    fn write(&mut self, _: usize, source: &[u8]) -> Result<(), Status> {
        self.output.extend_from_slice(source);
        Ok(())
    }

    fn erase(&mut self, _: usize) {
        self.output.clear();
    }

    fn framework(&self) -> Lifecycle {
        Lifecycle(SECURED)
    }

    fn map_input(&mut self, _: usize) -> Absent {
        unimplemented!("the store maps nothing")
    }

    fn map_output(&mut self, _: usize) -> Absent {
        unimplemented!("the store maps nothing")
    }

    fn unmap_output(&mut self, output: Absent) {
        match output {}
    }
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
        sector_count: 2 + u32::from(sectors % 6),
        sector_bytes: 512 * (1 + u32::from(size % 4)),
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
    type Small = Its<RamFlash, 3, 64, 32>;
    let request = |its: &mut Small, message_type, uid: u64, data: &[u8]| {
        let number = 0u32.to_le_bytes().to_vec();
        let second = if message_type == GET {
            number.clone()
        } else {
            data.to_vec()
        };
        let mut request = Request {
            client: ClientId::NON_SECURE,
            message_type,
            inputs: [uid.to_le_bytes().to_vec(), second, number],
            taken: [0; 3],
            output: Vec::new(),
        };
        (its.call(&mut request), request.output)
    };
    let mut its = Small::new(RamFlash::with_bytes(geometry, bytes));
    for uid in 1..20 {
        let (status, data) = request(&mut its, GET, uid, &[]);
        assert!(status.is_success() || data.is_empty());
    }
    for round in 0..40u8 {
        let uid = 1 + u64::from(round) % 5;
        let (status, _) = request(&mut its, SET, uid, &[round; 33]);
        if status.is_success() {
            if round % 8 == 0 {
                its = Small::new(its.into_flash());
            }
            let found = request(&mut its, GET, uid, &[]);
            assert_eq!(found, (Status::SUCCESS, [round; 33].to_vec()));
            if round % 3 == 0 {
                let (status, _) = request(&mut its, REMOVE, uid, &[]);
                let (absent, _) = request(&mut its, GET, uid, &[]);
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
    let mut its = Its::<F, 2, 512, 32>::new(flash);
    let flags = 0u32.to_le_bytes().to_vec();
    let mut request = Request {
        client: owner,
        message_type: SET,
        inputs: [uid.to_le_bytes().to_vec(), data.to_vec(), flags],
        taken: [0; 3],
        output: Vec::new(),
    };
    assert_eq!(its.call(&mut request), Status::SUCCESS);
    its.into_flash()
}
