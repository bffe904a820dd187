// SPDX-License-Identifier: Apache-2.0
//! The answer of each veneer while a call is open.

use client::Gateway;
use client::veneers::Veneers;
use psa::Status;
use psa::client::FRAMEWORK_VERSION;
use psa::service::CRYPTO;

use super::raw_calls;

/// Checks that every veneer refuses the caller as busy, and that the framework version is
/// available.
pub fn assert_busy() {
    let busy = Status::CONNECTION_BUSY;
    assert_eq!(Veneers.version(CRYPTO.sid).cast_signed(), busy.0);
    assert_eq!(raw_calls::call(CRYPTO.handle().bits(), 0, 0, 0), busy);
    assert_eq!(raw_calls::connect(CRYPTO.sid, 1), busy);
    raw_calls::close(1);
    assert_eq!(Veneers.framework_version(), FRAMEWORK_VERSION);
}
