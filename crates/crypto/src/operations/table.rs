// SPDX-License-Identifier: Apache-2.0
//! The table of multipart operations: allocation, lookup, release.
//!
//! A client has a handle, never a context. A handle is the number of the allocation and, in its
//! lowest bits, the slot. All handles are different until the number wraps around, so a released
//! handle is invalid. A handle is valid only for the client that got it and for functions of the
//! group that created it. A released context is wiped at once.
//!
//! A context has the id of its key. When the key is destroyed, the operation ends (PSA Crypto API
//! 1.2, `psa_destroy_key`). A hash has no key and is not affected.
//!
//! The service has no connections whose end could release forgotten contexts: they stay until they
//! are aborted or the device resets. A quota limits the contexts of one client, so that others have
//! some left.

use psa::{
    ClientId, Message,
    crypto::{KeyId, Pack},
};

use super::{
    aead::Aead,
    cipher::Cipher,
    derivation::Derivation,
    digest::Digest,
    slot::{Context, NO_HANDLE, Slot},
};
use crate::{
    configuration::{
        Configuration,
        capacity::Capacity,
        presence::{Blank, Room},
    },
    error::Error,
    vectors::{require_word_output, write_word},
};

/// The operations of all clients.
pub(crate) struct Operations<C: Configuration> {
    last_number: u32,
    slots: <C::Operations as Capacity>::Of<Slot<C>>,
}

impl<C: Configuration> Operations<C> {
    /// Number of values of the lowest bits of a handle, which give the slot.
    const PLACES: u32 = C::Operations::NUMBER.next_power_of_two() as u32;

    pub(crate) const fn new() -> Self {
        Self {
            last_number: 0,
            slots: Blank::BLANK,
        }
    }

    /// Allocates a slot for an operation; the caller opens it.
    pub(crate) fn alloc(&mut self, owner: ClientId) -> Result<&mut Slot<C>, Error> {
        let quota = C::OPERATIONS_PER_CLIENT;
        let held = self.slots.as_ref().iter().map(|slot| (slot.owner, 1));
        if quota.leaves(C::Operations::NUMBER) != 0 && !quota.admits(owner, held, 1) {
            return Err(Error::InsufficientMemory);
        }
        let mut places = self.slots.as_mut().iter_mut().zip(0u32..);
        let free = places.find(|(slot, _)| slot.handle == NO_HANDLE);
        let (slot, place) = free.ok_or(Error::InsufficientMemory)?;
        // Zero is not used as a number: no handle is `NO_HANDLE`.
        let greatest = u32::MAX / Self::PLACES;
        self.last_number = self.last_number.wrapping_add(1) & greatest;
        self.last_number = self.last_number.max(1);
        slot.handle = self.last_number.wrapping_mul(Self::PLACES) | place;
        slot.owner = owner;
        Ok(slot)
    }

    /// Clones the hash that a call is for, and returns the handle of the clone.
    pub(crate) fn clone_hash(&mut self, pack: &Pack, message: &impl Message) -> Result<u32, Error> {
        self.digest(pack, message)?;
        let slot = self.alloc(message.client_id())?;
        slot.open_digest(KeyId::NULL);
        let target = slot.handle;
        let (mut from, mut to) = (None, None);
        for slot in self.slots.as_mut() {
            if slot.handle == pack.operation_handle() {
                from = Some(&slot.context);
            } else if slot.handle == target {
                to = Some(&mut slot.context);
            }
        }
        match (from, to) {
            (Some(Context::Digest(_, from)), Some(Context::Digest(_, to))) => {
                to.copy(from);
                Ok(target)
            }
            _ => Err(Error::BadState),
        }
    }

    /// The hash or message authentication code that a call is for.
    pub(crate) fn digest(
        &mut self,
        pack: &Pack,
        message: &impl Message,
    ) -> Result<&mut Digest<C>, Error> {
        match self.lookup(pack, message) {
            Some(Context::Digest(_, code)) => Ok(code),
            _ => Err(Error::BadState),
        }
    }

    /// The authenticated encryption or decryption that a call is for.
    pub(crate) fn aead(
        &mut self,
        pack: &Pack,
        message: &impl Message,
    ) -> Result<&mut Aead<C>, Error> {
        match self.lookup(pack, message) {
            Some(Context::Aead(_, aead)) => Ok(aead),
            _ => Err(Error::BadState),
        }
    }

    /// The encryption or decryption without authentication that a call is for.
    pub(crate) fn cipher(
        &mut self,
        pack: &Pack,
        message: &impl Message,
    ) -> Result<&mut Cipher<C>, Error> {
        match self.lookup(pack, message) {
            Some(Context::Cipher(_, cipher)) => Ok(cipher),
            _ => Err(Error::BadState),
        }
    }

    /// The key derivation that a call is for.
    pub(crate) fn derivation(
        &mut self,
        pack: &Pack,
        message: &impl Message,
    ) -> Result<&mut Derivation<C>, Error> {
        match self.lookup(pack, message) {
            Some(Context::Derivation(_, derivation)) => Ok(derivation.get()),
            _ => Err(Error::BadState),
        }
    }

    /// Ends the operation that a call is for; an invalid handle has no effect.
    #[inline(never)]
    pub(crate) fn release(&mut self, pack: &Pack, message: &impl Message) {
        if let Some(slot) = self.slot(pack, message) {
            slot.end();
        }
    }

    /// The result of a call between setup and end. An error ends the operation and erases the output
    /// of the call.
    pub(crate) fn after_step(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        result: Result<(), Error>,
    ) -> Result<(), Error> {
        if result.is_err() {
            self.release(pack, message);
            message.erase(0);
        }
        result
    }

    /// The result of the last call of an operation, which ends in any case: the caller has no
    /// handle any more.
    pub(crate) fn after_end(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
        result: Result<(), Error>,
    ) -> Result<(), Error> {
        self.release(pack, message);
        write_word(message, NO_HANDLE)?;
        result
    }

    /// Sets the key of the operation that a call is for; the null id is no key.
    pub(crate) fn set_key(&mut self, key: KeyId, pack: &Pack, message: &impl Message) {
        if let Some(slot) = self.slot(pack, message) {
            *slot.key() = key;
        }
    }

    /// Ends the operations of the client of `message` that use this key.
    pub(crate) fn end_users_of(&mut self, key: KeyId, message: &impl Message) {
        let owner = message.client_id();
        for slot in self.slots.as_mut() {
            if slot.owner == owner && *slot.key() == key {
                slot.end();
            }
        }
    }

    /// Refuses a setup without room for the handle, and a setup of an active operation, which
    /// ends. Nothing else has happened then.
    #[inline(never)]
    pub(crate) fn require_inactive(
        &mut self,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        require_word_output(message)?;
        if pack.operation_handle() == NO_HANDLE {
            return Ok(());
        }
        self.abort(pack, message)?;
        Err(Error::BadState)
    }

    /// Serves an abort: the operation ends if it belongs to this client and group, even if the
    /// rest of the message is wrong.
    #[inline(never)]
    pub(crate) fn abort(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        self.release(pack, message);
        require_word_output(message)?;
        write_word(message, NO_HANDLE)
    }

    fn lookup(&mut self, pack: &Pack, message: &impl Message) -> Option<&mut Context<C>> {
        self.slot(pack, message).map(|slot| &mut slot.context)
    }

    /// The slot of the handle in the pack, if it belongs to this client and to the group of the
    /// function.
    fn slot(&mut self, pack: &Pack, message: &impl Message) -> Option<&mut Slot<C>> {
        let handle = pack.operation_handle();
        let place = (handle % Self::PLACES) as usize;
        let slot = self.slots.as_mut().get_mut(place)?;
        let is_open = handle != NO_HANDLE && slot.handle == handle;
        let is_own = slot.owner == message.client_id();
        (is_open && is_own && slot.group() == pack.function().group()).then_some(slot)
    }
}

#[cfg(test)]
mod tests;
