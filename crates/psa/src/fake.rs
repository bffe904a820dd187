// SPDX-License-Identifier: Apache-2.0
//! What a partition needs around it in a test on the host: a message and a framework.
//!
//! * [`FakeMessage`] holds the client's vectors. It behaves like memory that a hostile client
//!   changes: each byte has another value after it was read.
//! * [`FakeFramework`] answers the calls of the partition with a function of the test.
//!
//! Nothing here is compiled for a device.

mod framework;
mod mapped;
mod message;

pub use framework::{FakeFramework, fill};
pub use mapped::{FakeInput, FakeOutput};
pub use message::FakeMessage;
