// SPDX-License-Identifier: Apache-2.0
//! From a message to the function that it asks for ("Init" in the design of the service).
//!
//! The choice is a `match` on group and function, not a table of function pointers: calls
//! stay known at compile time, which the static bound of the stack needs, and a group that a
//! profile leaves out costs nothing. The compiler makes a table of it where that is smaller.

use psa::{
    Message,
    crypto::{Function, MESSAGE_TYPE, Pack},
};

use crate::{alloc::Operations, error::Error, hash};

/// Index of the input vector that holds the pack.
const PACK_INPUT: usize = 0;

/// Serves one message.
pub(crate) fn dispatch<const N: usize>(
    operations: &mut Operations<N>,
    message: &mut impl Message,
) -> Result<(), Error> {
    if message.message_type() != i32::from(MESSAGE_TYPE) {
        return Err(Error::NotSupported);
    }
    let mut pack = Pack::BLANK;
    let pack_bytes = message.read(PACK_INPUT, pack.bytes_mut());
    if pack_bytes != pack.bytes().len() || message.in_size(PACK_INPUT) != pack_bytes {
        return Err(Error::Programmer);
    }
    match pack.function().group() {
        Function::GROUP_HASH => hash::call(operations, &pack, message),
        _ => Err(Error::NotSupported),
    }
}
