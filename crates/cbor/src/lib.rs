// SPDX-License-Identifier: Apache-2.0
//! As much of CBOR (RFC 8949) as the firmware speaks.
//!
//! * The heads of items in their shortest form, and the sizes of items, which are known before
//!   they are written: what tokens are made of.
//! * [`Writer`] puts items into a buffer, and says when one does not fit.
//! * [`Map`] reads a map that somebody else wrote. Nothing in it is believed: no recursion, no
//!   sum of lengths that could wrap, and every step takes a byte, so that reading ends.
#![cfg_attr(not(test), no_std)]

mod head;
mod map;
mod writer;

pub use head::{head, head_bytes, integer, integer_bytes, major, string_bytes};
pub use map::{Malformed, Map, Value};
pub use writer::Writer;
