// SPDX-License-Identifier: Apache-2.0
//! The store: a log of records over the sectors of the flash.
//!
//! * `state` is what is known of the flash, `log` the end of the log.
//! * `read` finds objects and verifies them; `write` appends records.
//! * `quotas` limits what one client may have.
//! * `replay` reads the log and makes the index.
//! * `advance` opens the next sector and copies live records out of the oldest one.
//! * `mount` reads the flash before the first request, or formats it.
//!
//! The state in RAM can always be built again from the flash. When the flash reports an error, this
//! happens before the next request, as after a power cut.

mod advance;
mod log;
mod mount;
mod quotas;
mod read;
mod replay;
mod state;
mod write;

pub(crate) use state::Store;
pub(crate) use write::Record;
