// SPDX-License-Identifier: Apache-2.0
//! Cryptographic primitives of the boot ROM and the Crypto partition.
//!
//! The crate has no dependencies, no state and no hardware. Traits describe what it needs from a
//! board (`hash_drbg::Entropy`) and what a board can replace (`aes::BlockPairCipher`). No function
//! has a reachable panic or uses a heap. No branch, index or address depends on a secret; only the
//! verification of RSA and Ed25519, which handles public values, is not constant time.
//!
//! The release profile compiles this crate for speed, which matters for the compression function,
//! the cipher and modular arithmetic. The code around them is generic or `#[inline]`, so it becomes
//! part of the calling crate, which is compiled for size.
//!
//! Not here: kernels in assembly (`hardware/kernels`), keys and policies (`crypto`).
#![cfg_attr(not(test), no_std)]

pub mod aead;
pub mod aes;
pub mod ccm;
pub mod chacha20;
pub mod chacha20_poly1305;
pub mod chaining;
pub mod clear;
pub mod cmac;
pub mod comparison;
pub mod constant_time;
pub mod counter;
pub mod ed25519;
pub mod gcm;
pub mod ghash;
mod group;
pub mod hash;
pub mod hash_drbg;
pub mod hmac;
mod modular;
pub mod p256;
pub mod poly1305;
pub mod rsa;
pub mod sha2;
pub mod sha256;
pub mod sha512;
