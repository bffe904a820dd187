// SPDX-License-Identifier: Apache-2.0
//! What every Armv8-M core does alike: halt, fail, hold the state of a partition. A host has no
//! core; there the functions panic, which ends a test.

#[cfg(target_arch = "arm")]
pub use armv8m::{
    partition_cell::PartitionCell,
    system::{fail, halt},
};

#[cfg(not(target_arch = "arm"))]
pub use host::{PartitionCell, fail, halt};

#[cfg(not(target_arch = "arm"))]
mod host {
    use core::cell::{RefCell, RefMut};

    /// The state of a partition.
    #[derive(Debug)]
    pub struct PartitionCell<T>(RefCell<T>);

    impl<T> PartitionCell<T> {
        /// Puts `state` into a cell.
        pub const fn new(state: T) -> Self {
            Self(RefCell::new(state))
        }

        /// The state, for the length of one call; `None` while it is in use.
        pub fn borrow(&self) -> Option<RefMut<'_, T>> {
            self.0.try_borrow_mut().ok()
        }
    }

    /// Stops for good.
    pub fn halt() -> ! {
        panic!("the device halts")
    }

    /// Ends in the handler of faults.
    pub fn fail() -> ! {
        panic!("a fault")
    }
}
