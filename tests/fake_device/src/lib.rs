// SPDX-License-Identifier: Apache-2.0
//! A secure world on the host: the real Secure Partition Manager with the real Crypto and Internal
//! Trusted Storage partitions, behind the client's `Gateway`. The examples in the documentation
//! of `client` run on it, and so can the host tests of an application.
//!
//! Here is: [`FakeDevice`], its partitions, and the sources below them, flash in RAM
//! and a counter in place of entropy.
//! Not here: boot, attestation, isolation. Tests of those run on the emulated device.

mod gateway;
mod services;

pub use gateway::FakeDevice;
