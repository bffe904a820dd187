// SPDX-License-Identifier: Apache-2.0
//! A secure world on the host: the real Secure Partition Manager with the real Crypto and Internal
//! Trusted Storage partitions, behind the client's `Gateway`. The examples in the documentation
//! of `client` run on it, and so can the host tests of an application.
//!
//! Here is: [`FakeDevice`], and the sources below its partitions, flash in RAM and a counter in
//! place of entropy; [`image`], with which tests of Crypto bring a storage of their own.
//! Not here: boot, attestation, isolation. Tests of those run on the emulated device.

mod gateway;
pub mod image;
mod services;

pub use gateway::FakeDevice;
