// SPDX-License-Identifier: Apache-2.0
//! The inner loops of AES-128 and SHA-256 in Armv8-M assembly.
//!
//! `aes128::Aes128` implements `primitives::aes::BlockPairCipher`, `sha256::Assembly`
//! implements `primitives::sha256::Compression`. A board names them in its configuration of the
//! Crypto partition and of its boot ROM; `primitives` has a portable implementation of each.
//!
//! Principles:
//! * Constant time: no branch and no address depends on a key or on data.
//! * Assembly functions state their stack use in `.stack_sizes`, as the compiler does for its
//!   own, so that the static stack bound covers them.
//!
//! Not here: modes, key lengths and everything else that is not an inner loop (`primitives`), and
//! the processor itself (`armv8m`).
//!
//! The crate is empty on other targets; the suites on the device test it with published vectors.
#![no_std]
#![allow(unsafe_code)]
#![cfg(target_arch = "arm")]

pub mod aes128;
pub mod sha256;
