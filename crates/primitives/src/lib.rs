// SPDX-License-Identifier: Apache-2.0
//! Cryptographic primitives that are needed both before and after the secure firmware
//! starts: the boot ROM and the Crypto partition share this code.
//!
//! The crate is a leaf: it depends on nothing, keeps no state and knows no hardware. Every
//! function is free of reachable panics and of heap use. Nothing but the comparison handles
//! secrets here yet: the RSA verification works on public values only and is not meant to
//! run in constant time.
#![cfg_attr(not(test), no_std)]

pub mod constant_time;
pub mod rsa;
pub mod sha256;
