// SPDX-License-Identifier: Apache-2.0
//! The home of a partition's state: a static that one call at a time may change.
//!
//! The secure world has a single context (design of the Library and SFN models): the gateway
//! turns away every call that comes while one is open and every call from handler mode, so no
//! two borrows can race. Within that context a partition could still be asked to call itself
//! through the SPM; the borrow flag turns that into an error instead of a second reference.

use core::cell::{RefCell, RefMut};

/// A partition's state in a static.
pub struct PartitionCell<T>(RefCell<T>);

// SAFETY: only thread mode of the secure state borrows, and only one call is open at a time:
// the gateway checks this by comparing the process stack pointer with its idle value.
unsafe impl<T> Sync for PartitionCell<T> {}

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
