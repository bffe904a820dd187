// SPDX-License-Identifier: Apache-2.0
//! What a firmware image is made of.

use crate::{backend::Backend, connection::Connection, memory::Memory, service::ServiceTable};

/// The parts of one firmware image. The manager is compiled for exactly these types.
pub trait System: Sized {
    /// The memory of the non-secure world.
    type Memory: Memory;
    /// The partitions, which implement [`Partitions`](crate::Partitions) too.
    type Partitions: ServiceTable;
    /// How a message reaches a partition: [`crate::Library`] or [`crate::Sfn`].
    type Backend: Backend;
    /// What the manager asks of the device.
    type Device: DeviceControl;
    /// Room for connections: an array, which may be empty.
    type Connections: AsRef<[Connection]>;

    /// Connections that one client may have at a time.
    const CONNECTIONS_PER_CLIENT: u32;

    /// Address of a word in non-secure memory where the non-secure operating system keeps the
    /// negative id of the running thread. Calls of a thread that may not read it, or whose id is
    /// not negative, are refused. With `None` the non-secure world is one client.
    const CLIENT_ID_WORD: Option<u32> = None;
}

/// What the manager asks of the device.
pub trait DeviceControl {
    /// The state of the device's life cycle, as `psa_rot_lifecycle_state` gives it.
    fn lifecycle_state(&self) -> u32;

    /// A partition has called `psa_panic` or made a programming error. The device records it like
    /// a fault and resets; no secure code may continue.
    fn panic(&self) -> !;
}
