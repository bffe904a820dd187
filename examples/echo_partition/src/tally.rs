// SPDX-License-Identifier: Apache-2.0
//! A service with connections: the sum of all bytes since the client connected.
//!
//! The state of a connection is its reverse handle, a number that the manager keeps until the
//! connection closes. A partition with more state would store the index of a slot there.

use psa::message::{CONNECT, DISCONNECT};
use psa::{MappedInput, Message, Status};

use crate::{ADD, CHUNK_BYTES};

/// Serves one message to the service with connections.
pub(crate) fn serve(message: &mut impl Message) -> Result<(), Status> {
    match message.message_type() {
        // Every client may connect. The sum begins at zero, as every reverse handle does.
        CONNECT | DISCONNECT => Ok(()),
        kind if kind == i32::from(ADD) => add(message),
        _ => Err(Status::NOT_SUPPORTED),
    }
}

/// Adds the bytes of input 0 to the sum of the connection, and writes the sum to output 0.
fn add(message: &mut impl Message) -> Result<(), Status> {
    let mut sum = message.reverse_handle();
    // A vector without bytes can't be mapped.
    if message.in_size(0) != 0 {
        let mut input = message.map_input(0);
        let mut chunk = [0; CHUNK_BYTES];
        while input.rest_bytes() != 0 {
            let taken = input.read(&mut chunk);
            for byte in chunk.iter().take(taken) {
                sum = sum.wrapping_add(usize::from(*byte));
            }
        }
    }
    message.set_reverse_handle(sum);
    message.write(0, &(sum as u32).to_le_bytes())
}
