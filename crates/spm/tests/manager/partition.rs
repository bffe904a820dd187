// SPDX-License-Identifier: Apache-2.0
//! A partition that does what the type of a message says and records what reaches it.

use std::rc::Rc;

use psa::{
    ClientId, Framework, Handle, MappedInput, MappedOutput, Message, OutVector, Partition, Status,
    message::{CONNECT, DISCONNECT},
};

use super::services::*;

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
/// Echoes by mapped vectors, those of all directions open at once.
pub const MAP: i16 = 5;
/// Maps output 0, writes three bytes and forgets to unmap it.
pub const MAP_AND_FORGET: i16 = 6;
/// Reads from input 0, then maps it.
pub const MAP_AFTER_READ: i16 = 7;
/// Maps input 0 twice.
pub const MAP_TWICE: i16 = 8;
/// Maps an input that does not exist.
pub const MAP_NOTHING: i16 = 9;
/// Ties the first byte of input 0 to the connection.
pub const TIE: i16 = 10;
/// Answers that the caller broke the rules.
pub const ACCUSE: i16 = 11;
/// Calls what input 0 says (see [`Order`]) with the other inputs, and gives back the status.
pub const FORWARD: i16 = 12;
/// Gives up.
pub const PANIC: i16 = 13;
/// Answers with the state of the life cycle.
pub const LIFECYCLE: i16 = 14;

/// A call that a partition is told to make.
#[derive(Clone, Copy, Default)]
pub struct Order {
    /// A handle, or if it is zero, the service to connect to.
    pub handle: u32,
    pub sid: u32,
    pub version: u32,
    pub message_type: i16,
    /// Close the connection afterwards.
    pub close: bool,
}

pub const ORDER_BYTES: usize = 15;

impl Order {
    pub fn encode(self) -> [u8; ORDER_BYTES] {
        let mut bytes = [0; ORDER_BYTES];
        bytes[..4].copy_from_slice(&self.handle.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.sid.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.version.to_le_bytes());
        bytes[12..14].copy_from_slice(&self.message_type.to_le_bytes());
        bytes[14] = u8::from(self.close);
        bytes
    }

    fn decode(bytes: [u8; ORDER_BYTES]) -> Self {
        let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        Self {
            handle: word(0),
            sid: word(4),
            version: word(8),
            message_type: i16::from_le_bytes([bytes[12], bytes[13]]),
            close: bytes[14] != 0,
        }
    }
}

/// What a partition saw of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub partition: u8,
    /// Which of its services was called.
    pub service: u32,
    pub client: ClientId,
    pub message_type: i32,
    pub reverse_handle: usize,
    pub in_sizes: [usize; 5],
    pub out_sizes: [usize; 5],
    pub inputs: Vec<Vec<u8>>,
}

pub struct Recorder {
    index: u8,
    shared: Rc<Shared>,
}

impl Recorder {
    pub fn new(index: u8, shared: Rc<Shared>) -> Self {
        Self { index, shared }
    }
}

impl Partition for Recorder {
    fn init(&mut self, framework: &impl Framework) -> Result<(), Status> {
        assert_eq!(framework.lifecycle_state(), LIFECYCLE_STATE);
        if self.index == BROKEN {
            return Err(Status::GENERIC_ERROR);
        }
        if self.index == MIDDLE {
            // A partition may use those that it depends on from its first moment.
            let handle = Handle::stateless(SECURE_ONLY, VERSION as u8);
            let status = framework.call(handle, ECHO, &[b"hello"], &mut []);
            assert_eq!(status, Status::SUCCESS);
        }
        Ok(())
    }

    fn call(&mut self, message: &mut impl Message, framework: &impl Framework) -> Status {
        let mut seen = Seen {
            partition: self.index,
            service: message.service(),
            client: message.client_id(),
            message_type: message.message_type(),
            reverse_handle: message.reverse_handle(),
            in_sizes: core::array::from_fn(|index| message.in_size(index)),
            out_sizes: core::array::from_fn(|index| message.out_size(index)),
            inputs: Vec::new(),
        };
        let status = match message.message_type() {
            CONNECT => {
                message.set_reverse_handle(0x7E57);
                self.shared.connect_answer.get()
            }
            DISCONNECT => Status::GENERIC_ERROR, // the status is ignored
            kind => act(kind as i16, message, framework, &mut seen),
        };
        self.shared.seen.borrow_mut().push(seen);
        status
    }
}

fn act(
    kind: i16,
    message: &mut impl Message,
    framework: &impl Framework,
    seen: &mut Seen,
) -> Status {
    match kind {
        ECHO => echo(message, seen),
        FAIL => {
            // In a fuzzed call there may be no room for it.
            let _ = message.write(0, b"abc");
            Status::DOES_NOT_EXIST
        }
        GREEDY => greedy(message),
        RETRACT => retract(message),
        MAP => map(message),
        MAP_AND_FORGET => {
            let mut output = message.map_output(0);
            output.write(b"abc").unwrap();
            Status::SUCCESS
        }
        MAP_AFTER_READ => {
            message.read(0, &mut [0]);
            message.map_input(0);
            Status::SUCCESS
        }
        MAP_TWICE => {
            message.map_input(0);
            message.map_input(0);
            Status::SUCCESS
        }
        MAP_NOTHING => {
            message.map_input(3);
            Status::SUCCESS
        }
        TIE => {
            let mut byte = [0];
            message.read(0, &mut byte);
            message.set_reverse_handle(usize::from(byte[0]));
            Status::SUCCESS
        }
        ACCUSE => Status::PROGRAMMER_ERROR,
        FORWARD => forward(message, framework),
        PANIC => framework.panic(),
        LIFECYCLE => Status(framework.lifecycle_state() as i32),
        _ => Status(i32::from(message.message_type() != 0)),
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

/// Echoes byte by byte, all vectors in turn, skipping every fourth byte.
fn map<M: Message>(message: &mut M) -> Status {
    let sizes: [usize; 4] = core::array::from_fn(|index| message.in_size(index));
    let rooms: [usize; 4] = core::array::from_fn(|index| message.out_size(index));
    let mut inputs: [Option<M::Input>; 4] =
        [0, 1, 2, 3].map(|index| (sizes[index] > 0).then(|| message.map_input(index)));
    let mut outputs: [Option<M::Output>; 4] =
        [0, 1, 2, 3].map(|index| (rooms[index] > 0).then(|| message.map_output(index)));
    for round in 0..sizes.into_iter().max().unwrap_or(0) {
        for (input, output) in inputs.iter_mut().zip(&mut outputs) {
            let Some(input) = input else { continue };
            let mut byte = [0];
            if round % 4 == 3 {
                let rest = input.rest_bytes();
                assert_eq!(input.skip(1), rest.min(1));
            } else if input.read(&mut byte) == 1
                && let Some(output) = output
            {
                let room = output.rest_bytes();
                assert_eq!(output.write(&byte).is_ok(), room > 0);
            }
        }
    }
    for index in 0..4 {
        assert_eq!(message.in_size(index), 0, "taken out of the message");
        assert_eq!(message.read(index, &mut [0]), 0);
        assert!(message.write(index, &[0]).is_err());
    }
    for mut input in inputs.into_iter().flatten() {
        assert_eq!(
            (input.rest_bytes(), input.skip(9), input.read(&mut [0])),
            (0, 0, 0)
        );
    }
    for mut output in outputs.into_iter().flatten() {
        let room = output.rest_bytes();
        assert_eq!(
            output.write(&vec![0; room + 1]),
            Err(Status::BUFFER_TOO_SMALL)
        );
        message.unmap_output(output);
    }
    Status::SUCCESS
}

fn forward(message: &mut impl Message, framework: &impl Framework) -> Status {
    let mut order = [0; ORDER_BYTES];
    if message.read(0, &mut order) != ORDER_BYTES {
        return Status::INVALID_ARGUMENT;
    }
    let order = Order::decode(order);
    let mut data = [0; 64];
    let bytes = message.read(1, &mut data);
    let handle = if order.handle == 0 {
        match framework.connect(order.sid, order.version) {
            Ok(handle) => handle,
            Err(status) => return status,
        }
    } else {
        Handle::from_bits(order.handle)
    };
    let mut room = [0; 64];
    let size = room.len().min(message.out_size(0));
    let mut outputs = [OutVector::new(&mut room[..size])];
    let status = framework.call(handle, order.message_type, &[&data[..bytes]], &mut outputs);
    if order.close {
        framework.close(handle);
    }
    message.write(0, outputs[0].written()).unwrap();
    let _ = message.write(1, &handle.bits().to_le_bytes());
    status
}
