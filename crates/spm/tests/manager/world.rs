// SPDX-License-Identifier: Apache-2.0
//! A non-secure world and a manager.

use psa::{ClientId, Handle, Status};
use spm::{
    Connection, Request, Spm,
    fake::{FakeMemory, Rights},
};

pub use super::partition::*;
pub use super::services::*;

/// Read-only memory at address zero.
pub const ROM: u32 = 0;
/// Read-write memory, directly below secure memory.
pub const RAM: u32 = 0x2800_0000;
pub const RAM_BYTES: u32 = 0x1000;
/// Secure memory, directly above.
pub const SECURE: u32 = RAM + RAM_BYTES;
pub const SECURE_BYTES: u32 = 0x100;
/// The end of the address space, read-write.
pub const TOP_OF_MEMORY: u32 = 0xFFFF_FF00;

/// Where tests put their arrays of descriptors.
pub const IN_ARRAY: u32 = RAM;
pub const OUT_ARRAY: u32 = RAM + 0x40;
/// Where tests put data.
pub const DATA: u32 = RAM + 0x100;

pub struct World {
    pub spm: Spm<Image>,
}

impl World {
    /// Every byte changes as soon as it has been read.
    pub fn new() -> Self {
        let memory = FakeMemory::new()
            .with_region(ROM, 0x100, Rights::ReadOnly)
            .with_region(RAM, RAM_BYTES, Rights::ReadWrite)
            .with_region(SECURE, SECURE_BYTES, Rights::Secure)
            .with_region(TOP_OF_MEMORY, 0x100, Rights::ReadWrite)
            .hostile();
        let connections = [const { Connection::free() }; CONNECTIONS];
        let world = Self {
            spm: Spm::new(memory, Services::new(), Board, connections),
        };
        world.spm.start();
        world.seen();
        world
    }

    pub fn memory(&self) -> &FakeMemory {
        self.spm.memory()
    }

    /// Stores an array of descriptors.
    pub fn describe(&self, array: u32, vectors: &[(u32, u32)]) {
        for (index, (base, length)) in (0..).zip(vectors) {
            self.memory().set(array + 8 * index, &base.to_le_bytes());
            self.memory()
                .set(array + 8 * index + 4, &length.to_le_bytes());
        }
    }

    /// The length in a descriptor.
    pub fn length(&self, array: u32, index: u32) -> u32 {
        let bytes = self.memory().get(array + 8 * index + 4, 4);
        u32::from_le_bytes(bytes.try_into().unwrap())
    }

    /// A call of the strict service with vectors described at the usual places.
    pub fn call(&self, message_type: i16, inputs: &[(u32, u32)], outputs: &[(u32, u32)]) -> Status {
        self.describe(IN_ARRAY, inputs);
        self.describe(OUT_ARRAY, outputs);
        self.spm.call(Request {
            control: control(message_type, inputs.len(), outputs.len()),
            ..request()
        })
    }

    /// A connection of the non-secure world.
    pub fn connect(&self, client: ClientId, sid: u32) -> Result<u32, Status> {
        match self.spm.connect(client, sid, VERSION) {
            handle if handle > 0 => Ok(handle as u32),
            status => Err(Status(status)),
        }
    }

    /// A call of a handle without vectors.
    pub fn bare_call(&self, client: ClientId, handle: u32, message_type: i16) -> Status {
        self.spm.call(Request {
            client,
            handle,
            control: control(message_type, 0, 0),
            ..request()
        })
    }

    /// Lets a service call another one with some data, and gives its status and answer.
    pub fn forward(&self, through: u8, order: Order, data: &[u8]) -> (Status, Vec<u8>) {
        let length = data.len() as u32;
        self.memory().set(DATA, &order.encode());
        self.memory().set(DATA + 0x40, data);
        self.describe(
            IN_ARRAY,
            &[(DATA, ORDER_BYTES as u32), (DATA + 0x40, length)],
        );
        self.describe(OUT_ARRAY, &[(DATA + 0x80, 0x20), (DATA + 0xC0, 4)]);
        let status = self.spm.call(Request {
            handle: Handle::stateless(through, VERSION as u8).bits(),
            control: control(FORWARD, 2, 2),
            ..request()
        });
        let written = self.length(OUT_ARRAY, 0).min(0x20);
        (status, self.memory().get(DATA + 0x80, written))
    }

    /// What reached the partitions since the last question.
    pub fn seen(&self) -> Vec<Seen> {
        self.spm.partitions().shared.seen.take()
    }
}

/// A call of the strict service without vectors.
pub fn request() -> Request {
    Request {
        client: ClientId::NON_SECURE,
        handle: Handle::stateless(STRICT, VERSION as u8).bits(),
        control: 0,
        in_vectors: IN_ARRAY,
        out_vectors: OUT_ARRAY,
    }
}

/// A control word, also of counts that the rules forbid.
pub fn control(message_type: i16, in_count: usize, out_count: usize) -> u32 {
    u32::from(message_type as u16) | (in_count as u32) << 24 | (out_count as u32) << 16
}
