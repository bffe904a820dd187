// SPDX-License-Identifier: Apache-2.0
//! Where the parts of the area stand, in bytes from its beginning.

use core::ops::Range;

/// The record that is written once.
pub const RECORD: Range<usize> = 0x000..0x1E0;
/// Erased, or the first signing key is revoked.
pub const REVOCATION: Range<usize> = 0x1E0..0x200;
/// The log of the lifecycle.
pub const LIFECYCLE: Range<usize> = 0x200..0x400;
/// The log of the security counter reaches from here to the end of the area.
pub const SECURITY_COUNTER_START: usize = 0x400;
/// An area must be at least as large.
pub const MINIMUM_BYTES: usize = 0x800;
