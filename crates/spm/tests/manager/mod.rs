// SPDX-License-Identifier: Apache-2.0
//! The manager as a caller meets it, over a fake non-secure memory. Every test runs for each
//! model of execution.

mod bad_calls;
mod calls;
mod connections;
mod faults;
mod fuzz;
mod hostile_client;
mod identity;
mod mapped;
mod partition;
mod secure_calls;
mod services;
mod start;
mod world;
