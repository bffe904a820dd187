// SPDX-License-Identifier: Apache-2.0
//! Which call is open, for the record of a fault. The fault handler can't take a lock, so these
//! are two words with atomic loads and stores.

use core::sync::atomic::{AtomicI32, AtomicU32, Ordering};

use psa::{ClientId, Handle};

/// The client and the handle of the open call; with the null handle no call is open.
#[derive(Debug)]
pub(crate) struct OpenCall {
    client: AtomicI32,
    handle: AtomicU32,
}

impl OpenCall {
    /// No call.
    pub(crate) const fn none() -> Self {
        Self {
            client: AtomicI32::new(0),
            handle: AtomicU32::new(Handle::NULL.bits()),
        }
    }

    pub(crate) fn set(&self, client: ClientId, handle: Handle) {
        self.client.store(client.value(), Ordering::Relaxed);
        self.handle.store(handle.bits(), Ordering::Relaxed);
    }

    pub(crate) fn clear(&self) {
        self.handle.store(Handle::NULL.bits(), Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> Option<(ClientId, Handle)> {
        let handle = Handle::from_bits(self.handle.load(Ordering::Relaxed));
        let client = ClientId::new(self.client.load(Ordering::Relaxed));
        (handle != Handle::NULL).then_some((client, handle))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_open_from_set_to_clear() {
        let open = OpenCall::none();
        assert_eq!(open.get(), None);
        let call = (ClientId::NON_SECURE, Handle::stateless(1, 1));
        open.set(call.0, call.1);
        assert_eq!(open.get(), Some(call));
        open.clear();
        assert_eq!(open.get(), None);
    }
}
