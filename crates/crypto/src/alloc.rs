// SPDX-License-Identifier: Apache-2.0
//! Contexts of multipart operations: alloc, lookup, release.
//!
//! A client holds a handle, never a context. A handle is the number of the allocation, counted
//! over 32 bits without zero and without handles in use, so that one which was released names
//! nothing. It opens its context only for the client that it was given to and for the kind of
//! operation that it was made for. A released context is wiped at once.

use primitives::sha256::Sha256;
use psa::ClientId;

use crate::{clear, error::Error};

/// The handle of a free slot, and of no operation.
const NO_HANDLE: u32 = 0;

/// State of an operation. That of a free slot is new: the next operation of the same kind
/// finds it ready.
enum Context {
    /// Never used. A table of these is all zero, so that it costs RAM only.
    Empty,
    /// A hash in the making.
    Hash(Sha256),
}

struct Slot {
    handle: u32,
    owner: ClientId,
    context: Context,
}

impl Slot {
    const FREE: Self = Self {
        handle: NO_HANDLE,
        owner: ClientId::new(0),
        context: Context::Empty,
    };
}

/// The operations of all clients.
pub(crate) struct Operations<const N: usize> {
    last_handle: u32,
    slots: [Slot; N],
}

impl<const N: usize> Operations<N> {
    pub(crate) const fn new() -> Self {
        Self {
            last_handle: NO_HANDLE,
            slots: [Slot::FREE; N],
        }
    }

    /// Begins a hash and returns its handle.
    pub(crate) fn alloc_hash(&mut self, owner: ClientId) -> Result<u32, Error> {
        let slot = self.alloc(owner)?;
        if !matches!(slot.context, Context::Hash(_)) {
            slot.context = const { Context::Hash(Sha256::new()) };
        }
        Ok(slot.handle)
    }

    /// Begins another hash from the state of the hash `source`, and returns its handle.
    pub(crate) fn clone_hash(&mut self, source: u32, owner: ClientId) -> Result<u32, Error> {
        let context = Context::Hash(self.hash(source, owner)?.clone());
        let slot = self.alloc(owner)?;
        slot.context = context;
        Ok(slot.handle)
    }

    /// Looks up a hash.
    pub(crate) fn hash(&mut self, handle: u32, owner: ClientId) -> Result<&mut Sha256, Error> {
        match self.lookup(handle, owner) {
            Some(Slot {
                context: Context::Hash(hash),
                ..
            }) => Ok(hash),
            _ => Err(Error::BadState),
        }
    }

    /// Ends an operation of this client; any other handle is left alone.
    pub(crate) fn release(&mut self, handle: u32, owner: ClientId) {
        if let Some(slot) = self.lookup(handle, owner) {
            if let Context::Hash(hash) = &mut slot.context {
                clear::hash(hash);
            }
            slot.handle = NO_HANDLE;
        }
    }

    fn alloc(&mut self, owner: ClientId) -> Result<&mut Slot, Error> {
        // A free slot is found first: it makes `NO_HANDLE` a handle in use for the count.
        let free = self.position(NO_HANDLE).ok_or(Error::InsufficientMemory)?;
        loop {
            self.last_handle = self.last_handle.wrapping_add(1);
            if self.position(self.last_handle).is_none() {
                break;
            }
        }
        let slot = self.slots.get_mut(free).ok_or(Error::InsufficientMemory)?;
        slot.handle = self.last_handle;
        slot.owner = owner;
        Ok(slot)
    }

    fn lookup(&mut self, handle: u32, owner: ClientId) -> Option<&mut Slot> {
        if handle == NO_HANDLE {
            return None;
        }
        let mut slots = self.slots.iter_mut();
        slots.find(|slot| slot.handle == handle && slot.owner == owner)
    }

    fn position(&self, handle: u32) -> Option<usize> {
        self.slots.iter().position(|slot| slot.handle == handle)
    }
}

/// Shows how much is in use, never what is in it.
impl<const N: usize> core::fmt::Debug for Operations<N> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let used = self.slots.iter().filter(|slot| slot.handle != NO_HANDLE);
        write!(formatter, "{} of {N} operations", used.count())
    }
}

#[cfg(test)]
mod tests;
