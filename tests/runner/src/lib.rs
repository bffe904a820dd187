// SPDX-License-Identifier: Apache-2.0
//! The tests on the device: a list of scenarios, each on a device of its own.
//!
//! A scenario that hangs is a failed test. To add one is to add a line to `scenarios`.

pub mod break_ins;
pub mod constant_time;
pub mod coprocessors;
pub mod debug_port;
pub mod device;
pub mod endings;
pub mod factory;
pub mod glitches;
pub mod host;
pub mod images;
pub mod kit;
pub mod power_cuts;
pub mod products;
pub mod recovery;
pub mod scenarios;
pub mod swap_cuts;
pub mod tally;
pub mod tokens;
pub mod updates;
pub mod upgrade_cuts;
pub mod upgrades;
pub mod variants;

pub use tally::Tally;
