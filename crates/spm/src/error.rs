// SPDX-License-Identifier: Apache-2.0
//! Why the manager refuses a call.

use psa::Status;

/// Why a call was refused, and so what happens to the caller. The numbers are those of [`Status`],
/// so that the conversion costs no instruction.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The caller broke a rule of FF-M: a non-secure one gets `PSA_ERROR_PROGRAMMER_ERROR`, a
    /// secure one is stopped.
    Programmer = Status::PROGRAMMER_ERROR.0,
    /// The service is not for this caller.
    Refused = Status::CONNECTION_REFUSED.0,
    /// The service or a connection is not available now.
    Busy = Status::CONNECTION_BUSY.0,
}

impl From<Error> for Status {
    fn from(error: Error) -> Self {
        Self(error as i32)
    }
}
