// SPDX-License-Identifier: Apache-2.0
//! A non-secure world, a manager, and a partition that records what reaches it.

use std::cell::RefCell;

use psa::{ClientId, Handle, Message, Status};
use spm::{
    Partitions, Request, Service, Spm, VersionPolicy,
    fake::{FakeMemory, Rights},
};

/// Read-only memory at address zero.
pub const ROM: u32 = 0;
/// Read-write memory, directly below secure memory.
pub const RAM: u32 = 0x2800_0000;
pub const RAM_BYTES: u32 = 0x1000;
/// Secure memory, directly above.
pub const SECURE: u32 = RAM + RAM_BYTES;
pub const SECURE_BYTES: u32 = 0x100;
/// The end of the address space, read-write.
pub const TOP: u32 = 0xFFFF_FF00;

/// Where tests put their arrays of descriptors.
pub const IN_ARRAY: u32 = RAM;
pub const OUT_ARRAY: u32 = RAM + 0x40;
/// Where tests put data.
pub const DATA: u32 = RAM + 0x100;

/// Services of the test.
pub const STRICT: u8 = 1;
pub const RELAXED: u8 = 2;
pub const SECURE_ONLY: u8 = 3;
pub const CONNECTED_SID: u32 = 0x1004;
pub const VERSION: u32 = 3;

/// Message types that the partition understands; it ignores all others.
///
/// Copies input `i` to output `i`, bytes at a time.
pub const ECHO: i16 = 1;
/// Writes three bytes to output 0 and fails.
pub const FAIL: i16 = 2;
/// Reads every input twice, with a skip, and writes too much to every output.
pub const GREEDY: i16 = 3;
/// Fills every output, takes it back, and writes two bytes where there is room for more.
pub const RETRACT: i16 = 4;

/// What a partition saw of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub partition: u8,
    pub client: ClientId,
    pub message_type: i32,
    pub in_sizes: [usize; 5],
    pub out_sizes: [usize; 5],
    pub inputs: Vec<Vec<u8>>,
}

#[derive(Default)]
pub struct Recorder {
    seen: RefCell<Vec<Seen>>,
}

impl Partitions for Recorder {
    const SERVICES: &'static [Service] = &[
        service(STRICT, VersionPolicy::Strict, true),
        service(RELAXED, VersionPolicy::Relaxed, true),
        service(SECURE_ONLY, VersionPolicy::Strict, false),
        Service {
            sid: CONNECTED_SID,
            connection_based: true,
            stateless_handle: 0,
            ..service(4, VersionPolicy::Strict, true)
        },
    ];

    fn deliver(&self, partition: u8, message: &mut impl Message) -> Status {
        let mut seen = Seen {
            partition,
            client: message.client_id(),
            message_type: message.message_type(),
            in_sizes: core::array::from_fn(|index| message.in_size(index)),
            out_sizes: core::array::from_fn(|index| message.out_size(index)),
            inputs: Vec::new(),
        };
        let status = match message.message_type() as i16 {
            ECHO => echo(message, &mut seen),
            FAIL => {
                // In a fuzzed call there may be no room for it.
                let _ = message.write(0, b"abc");
                Status::DOES_NOT_EXIST
            }
            GREEDY => greedy(message),
            RETRACT => retract(message),
            _ => Status(i32::from(message.message_type() != 0)),
        };
        self.seen.borrow_mut().push(seen);
        status
    }
}

const fn service(index: u8, version_policy: VersionPolicy, non_secure_clients: bool) -> Service {
    Service {
        sid: 0x1000 + index as u32,
        version: VERSION,
        version_policy,
        non_secure_clients,
        connection_based: false,
        stateless_handle: index,
        partition: 10 + index,
    }
}

fn echo(message: &mut impl Message, seen: &mut Seen) -> Status {
    for index in 0..5 {
        let mut input = Vec::new();
        let mut chunk = [0; 5];
        loop {
            let bytes = message.read(index, &mut chunk);
            if bytes == 0 {
                break;
            }
            input.extend_from_slice(&chunk[..bytes]);
        }
        for part in input.chunks(3) {
            let room = message.out_size(index);
            let result = message.write(index, part);
            assert!(result.is_ok() || room < input.len());
        }
        seen.inputs.push(input);
    }
    Status::SUCCESS
}

fn greedy(message: &mut impl Message) -> Status {
    for index in 0..5 {
        let size = message.in_size(index);
        let skipped = message.skip(index, size / 2);
        assert_eq!(skipped, size / 2);
        let mut all = vec![0; size + 1];
        assert_eq!(message.read(index, &mut all), size - skipped);
        assert_eq!(message.read(index, &mut all), 0);
        assert_eq!(message.skip(index, usize::MAX), 0);
        let room = message.out_size(index);
        let too_much = vec![0x77; room + 1];
        assert_eq!(
            message.write(index, &too_much),
            Err(Status::BUFFER_TOO_SMALL)
        );
        if room > 0 {
            message.write(index, &too_much[..room]).unwrap();
            assert_eq!(message.write(index, &[1]), Err(Status::BUFFER_TOO_SMALL));
        }
    }
    Status::SUCCESS
}

fn retract(message: &mut impl Message) -> Status {
    for index in 0..5 {
        let room = message.out_size(index);
        message.erase(index);
        for part in vec![0x77; room].chunks(7) {
            message.write(index, part).unwrap();
        }
        message.erase(index);
        if room > 2 {
            message.write(index, b"ok").unwrap();
        }
    }
    Status::SUCCESS
}

pub struct World {
    pub spm: Spm<FakeMemory, Recorder>,
}

impl World {
    /// Every byte changes as soon as it has been read.
    pub fn new() -> Self {
        let memory = FakeMemory::new()
            .with_region(ROM, 0x100, Rights::ReadOnly)
            .with_region(RAM, RAM_BYTES, Rights::ReadWrite)
            .with_region(SECURE, SECURE_BYTES, Rights::Secure)
            .with_region(TOP, 0x100, Rights::ReadWrite)
            .hostile();
        Self {
            spm: Spm::new(memory, Recorder::default()),
        }
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

    /// What reached the partitions since the last question.
    pub fn seen(&self) -> Vec<Seen> {
        self.spm.partitions().seen.take()
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
