// SPDX-License-Identifier: Apache-2.0
//! The part of CBOR (RFC 8949) that the firmware needs.
//!
//! * Heads of items in their shortest form, and sizes of items before they are written: tokens use
//!   them.
//! * [`Writer`] writes items to a buffer, and reports when one does not fit.
//! * [`Map`] reads an untrusted map: without recursion, without sums of lengths that could wrap,
//!   and with progress by a byte in every step, so that reading ends.
//!
//! Not here: floating-point numbers, and decoding to a tree.
#![cfg_attr(not(test), no_std)]

mod head;
mod map;
mod writer;

pub use head::{head, head_bytes, integer, integer_bytes, major, string_bytes};
pub use map::{Malformed, Map, Value};
pub use writer::Writer;
