// SPDX-License-Identifier: Apache-2.0
//! Cryptographic primitives: the boot ROM and the Crypto partition share this code.
//!
//! The crate is a leaf: it depends on nothing, keeps no state and knows no hardware; what it
//! needs from a board (`hash_drbg::Entropy`) or lets a board replace (`aes::BlockPairCipher`)
//! are traits. Every function is free of reachable panics and of heap use. No branch, index or
//! address depends on a secret; only the verification of RSA and Ed25519, which works on public
//! values alone, is not meant to run in constant time.
//!
//! The release profile compiles this crate for speed, which pays in the compression, the cipher
//! and the modular arithmetic. All that stands around them is generic or `#[inline]`: that makes
//! it part of the crate that calls it, which is compiled for size.
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
