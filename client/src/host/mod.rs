// SPDX-License-Identifier: Apache-2.0
//! Host only: what stands in for the device's side of a call, so that an application and its tests
//! run on a computer.

pub mod vectors;
