// SPDX-License-Identifier: Apache-2.0
//! Runs the tests: those on the host, then those on the emulated device, and counts them.
//!
//! A `scenario` is a device with an image and the expected result; `scenarios` is their list. To
//! add one is to add a line there. What needs more than lines of the console has a file of its own.
//! A device that hangs is a failed test.
//!
//! Not here: what the device executes (`tests/on_target`, `tests/c`), boots with a skipped
//! instruction (`glitch`), measurements (`bench`).

mod break_ins;
mod configurations;
mod constant_time;
mod coprocessors;
mod cuts;
mod debug_port;
pub mod device_tests;
mod endings;
mod extent;
mod factory;
mod figures;
mod glitches;
pub mod host;
mod image_series;
mod images;
mod imgtool;
mod kit;
mod own_loader;
mod pages;
mod plain_tests;
mod power_cuts;
mod products;
mod recovery;
mod scenario;
mod scenarios;
mod session;
mod silence;
mod swap_cuts;
mod tally;
mod test_bed;
mod tokens;
mod tool;
mod two_images;
mod typed;
mod updates;
mod upgrade_cuts;
mod upgraded_device;
mod upgrades;
mod variant_tests;
mod variants;
mod wanted;

pub use extent::Extent;
pub use session::Session;
pub use tally::Tally;
pub use wanted::Wanted;
