// SPDX-License-Identifier: Apache-2.0
//! A non-secure client whose memory changes each byte as soon as the firmware has read it.

use std::cell::{Cell, RefCell};

use crypto::Configuration;
use fake_device::image::{self, Image};
use psa::{
    ClientId, ControlParameter, Status,
    crypto::{Algorithm, Function, KeyId, MESSAGE_TYPE, Pack},
    service::CRYPTO,
};
use spm::{
    Request, Spm,
    fake::{FakeMemory, Rights},
};

pub use crate::configurations::*;
use crate::storage::Storage;

pub const DIGEST_BYTES: usize = 32;

const RAM: u32 = 0x2800_0000;
const RAM_BYTES: u32 = 0x3_0000;
const IN_ARRAY: u32 = RAM;
const OUT_ARRAY: u32 = RAM + 0x20;
/// Behind room for an output that begins before the inputs.
const DATA: u32 = RAM + 0x100;

/// How the hostile memory changes a word that was read.
const CHANGED: u32 = 0xA5A5_A5A5;

/// What stands in fields that a function does not have: the id of a key that a user can choose, a
/// pointer to the stack, the id of a volatile key, that of a builtin one, the handle of the
/// first operation, all ones, nothing.
pub const LITTER: [u32; 7] = [
    5,
    RAM + 0x7F04,
    0x4000_0001,
    0x7FFF_815D,
    OPERATIONS as u32,
    u32::MAX,
    0,
];

/// An output vector of a call.
#[derive(Clone, Copy)]
pub enum Output {
    /// A buffer of this size, filled with 0xEE.
    New(usize),
    /// The buffer of the input vector with this index.
    InPlace(usize),
    /// A buffer of another size that begins where the input vector with this index does, which
    /// has to be the last one.
    Around(usize, usize),
    /// A buffer that begins at this distance behind or before the start of the input
    /// vector with this index, whatever else is there.
    Shifted(usize, i32, usize),
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: Status,
    /// Of each output the bytes that were written.
    pub outputs: Vec<Vec<u8>>,
}

impl Answer {
    pub fn handle(&self) -> u32 {
        let bytes = self.outputs[0].as_slice();
        u32::from_le_bytes(bytes.try_into().expect("a handle"))
    }
}

pub struct Device<C: Configuration = Portable> {
    spm: Spm<Image<C, Storage>>,
    client: Cell<ClientId>,
    placed: RefCell<Vec<(u32, u32)>>,
    calls: Cell<usize>,
    kept_keys: RefCell<Vec<(Algorithm, KeyId)>>,
    pub source: Source,
    pub storage: Storage,
}

impl Device {
    pub fn new() -> Self {
        Self::with_backend()
    }
}

impl<C: Configuration<Entropy = Source>> Device<C> {
    pub fn with_backend() -> Self {
        Self::with_storage(Storage::default())
    }

    /// A device that starts with what is in its storage.
    pub fn with_storage(storage: Storage) -> Self {
        let source = Source::default();
        let memory = FakeMemory::new()
            .with_region(RAM, RAM_BYTES, Rights::ReadWrite)
            .hostile();
        let spm = image::spm(memory, source.clone(), storage.clone());
        spm.start();
        Self {
            spm,
            client: Cell::new(ClientId::NON_SECURE),
            placed: RefCell::default(),
            calls: Cell::default(),
            kept_keys: RefCell::default(),
            source,
            storage,
        }
    }

    /// Goes on as another client.
    pub fn become_client(&self, client: i32) {
        self.client.set(ClientId::new(client));
    }

    /// A key that is made once for each algorithm and stays.
    pub fn kept_key(&self, algorithm: Algorithm, make: impl FnOnce() -> KeyId) -> KeyId {
        let mut keys = self.kept_keys.borrow_mut();
        match keys.iter().find(|(of, _)| *of == algorithm) {
            Some((_, key)) => *key,
            None => {
                let key = make();
                keys.push((algorithm, key));
                key
            }
        }
    }

    /// One call with arbitrary vectors, after which the rules that hold for every call are
    /// checked: no byte was read twice, nothing was written beyond what is reported.
    pub fn call(&self, message_type: i16, inputs: &[&[u8]], outputs: &[Output]) -> Answer {
        let memory = self.spm.memory();
        memory.forget_reads();
        let mut next = DATA;
        let mut place = |bytes: &[u8]| {
            let address = next;
            next += bytes.len() as u32 + 4;
            memory.set(address, bytes);
            (address, bytes.len() as u32)
        };
        let placed_inputs: Vec<_> = inputs.iter().map(|input| place(input)).collect();
        let placed_outputs: Vec<_> = outputs
            .iter()
            .map(|output| match *output {
                Output::New(size) => place(&vec![0xEE; size]),
                Output::InPlace(index) => placed_inputs[index],
                Output::Around(index, size) => (placed_inputs[index].0, size as u32),
                Output::Shifted(index, bytes, size) => {
                    let start = placed_inputs[index].0.wrapping_add_signed(bytes);
                    (start, size as u32)
                }
            })
            .collect();
        for (array, vectors) in [(IN_ARRAY, &placed_inputs), (OUT_ARRAY, &placed_outputs)] {
            for (index, (base, length)) in (0..).zip(vectors) {
                memory.set(array + 8 * index, &base.to_le_bytes());
                memory.set(array + 8 * index + 4, &length.to_le_bytes());
            }
        }
        let control = ControlParameter::new(message_type, inputs.len(), outputs.len()).unwrap();
        let status = self.spm.call(Request {
            client: self.client.get(),
            handle: CRYPTO.handle().bits(),
            control: control.encode(),
            in_vectors: IN_ARRAY,
            out_vectors: OUT_ARRAY,
        });
        assert!(memory.most_reads() <= 1, "a byte was read twice");
        self.placed.replace(placed_outputs.clone());
        let lengths = (0..outputs.len() as u32).map(|index| {
            let bytes = memory.get(OUT_ARRAY + 8 * index + 4, 4);
            u32::from_le_bytes(bytes.try_into().unwrap())
        });
        let outputs = lengths
            .zip(placed_outputs.iter().zip(outputs))
            .map(|(length, ((address, room), kind))| {
                assert!(length <= *room, "more than there is room for");
                if let Output::New(_) = kind {
                    // Zeros are what was taken back.
                    let rest = memory.get(address + length, room - length);
                    let mut untouched = rest.iter().skip_while(|byte| **byte == 0);
                    assert!(
                        untouched.all(|byte| *byte == 0xEE),
                        "written beyond the length"
                    );
                }
                memory.get(*address, length)
            })
            .collect();
        Answer { status, outputs }
    }

    /// What is now where the last call had input vector `index`.
    pub fn last_input(&self, index: usize) -> Vec<u8> {
        let memory = self.spm.memory();
        let descriptor = memory.get(IN_ARRAY + 8 * index as u32, 8);
        let word = |at: usize| u32::from_le_bytes(descriptor[at..at + 4].try_into().unwrap());
        // The descriptor was read once, and has changed since.
        memory.get(word(0) ^ CHANGED, word(4) ^ CHANGED)
    }

    /// The whole buffer of an output of the last call, as it is now.
    pub fn last_output(&self, index: usize) -> Vec<u8> {
        let (address, room) = self.placed.borrow()[index];
        self.spm.memory().get(address, room)
    }

    /// One function of the service. In the fields that it does not have stands what a client
    /// may leave there: something else in each call.
    pub fn function(&self, pack: Pack, inputs: &[&[u8]], outputs: &[Output]) -> Answer {
        let calls = self.calls.get();
        self.calls.set(calls.wrapping_add(1));
        let litter = LITTER[calls % LITTER.len()];
        self.exactly(&pack.with_litter(litter), inputs, outputs)
    }

    /// A call with this pack, as it is.
    pub fn exactly(&self, pack: &Pack, inputs: &[&[u8]], outputs: &[Output]) -> Answer {
        let mut all: Vec<&[u8]> = vec![pack.bytes()];
        all.extend_from_slice(inputs);
        self.call(MESSAGE_TYPE, &all, outputs)
    }

    /// A function without a buffer.
    pub fn plain(&self, pack: Pack) -> Status {
        self.function(pack, &[], &[]).status
    }

    pub fn setup(&self) -> Answer {
        let pack = Pack::new(Function::HASH_SETUP).with_algorithm(Algorithm::SHA_256);
        self.function(pack, &[], &[Output::New(4)])
    }

    /// An operation that is active.
    pub fn started(&self) -> u32 {
        let answer = self.setup();
        assert_eq!(answer.status, Status::SUCCESS);
        answer.handle()
    }

    pub fn update(&self, handle: u32, data: &[u8]) -> Status {
        let pack = Pack::new(Function::HASH_UPDATE).with_operation_handle(handle);
        self.function(pack, &[data], &[]).status
    }

    pub fn finish(&self, handle: u32, room: usize) -> Answer {
        let pack = Pack::new(Function::HASH_FINISH).with_operation_handle(handle);
        self.function(pack, &[], &[Output::New(4), Output::New(room)])
    }

    pub fn verify(&self, handle: u32, hash: &[u8]) -> Answer {
        let pack = Pack::new(Function::HASH_VERIFY).with_operation_handle(handle);
        self.function(pack, &[hash], &[Output::New(4)])
    }

    pub fn abort(&self, handle: u32) -> Answer {
        let pack = Pack::new(Function::HASH_ABORT).with_operation_handle(handle);
        self.function(pack, &[], &[Output::New(4)])
    }

    /// A clone of an operation into an object whose handle is `target`; the object is input
    /// and output.
    pub fn clone_into(&self, handle: u32, target: u32) -> Answer {
        let pack = Pack::new(Function::HASH_CLONE).with_operation_handle(handle);
        self.function(pack, &[&target.to_le_bytes()], &[Output::InPlace(1)])
    }

    pub fn compute(&self, algorithm: Algorithm, data: &[u8], room: usize) -> Answer {
        let pack = Pack::new(Function::HASH_COMPUTE).with_algorithm(algorithm);
        self.function(pack, &[data], &[Output::New(room)])
    }

    pub fn compare(&self, algorithm: Algorithm, data: &[u8], hash: &[u8]) -> Status {
        let pack = Pack::new(Function::HASH_COMPARE).with_algorithm(algorithm);
        self.function(pack, &[data, hash], &[]).status
    }
}
