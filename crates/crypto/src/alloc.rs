// SPDX-License-Identifier: Apache-2.0
//! Contexts of multipart operations: alloc, lookup, release.
//!
//! A client holds a handle, never a context. A handle is the number of the allocation and, in its
//! lowest bits, the slot: no two are the same, and one that was released names nothing until the
//! count has gone round. It opens its context only for the client that it was given to and for the kind of
//! operation that it was made for. A released context is wiped at once.
//!
//! The service has no connections, and so no end of one by which contexts that a client forgot
//! could be released: they stay until they are aborted or the device resets.
//!
//! What one client may hold is limited by a quota, so that some contexts are left for the others.

use psa::{
    ClientId, Message,
    crypto::{Algorithm, Pack},
};

use crate::{
    Backend,
    aead::Aead,
    choice::{Of, Room},
    cipher::{self, Cipher},
    code::Code,
    derivation::Derivation,
    error::Error,
    vectors::{require_word_output, write_word},
};

/// The handle of a free slot, and of no operation.
const NO_HANDLE: u32 = 0;
/// The owner of a free slot, which no client is.
const NOBODY: ClientId = ClientId::new(0);

/// Kinds of operations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Hash,
    Mac,
    Aead,
    Cipher,
    Derivation,
}

/// State of an operation. The kind stands in a byte of its own, so that a table which was
/// never used is all zero and costs RAM only.
#[repr(u8)]
pub(crate) enum Context<B: Backend> {
    /// A hash or a message authentication code in the making; blank in a free slot. So is a
    /// slot that was never used.
    Code(Code<B>),
    /// An authenticated encryption or decryption; over in a free slot, and ready to be started.
    Aead(Aead<B>),
    /// An encryption or decryption without authentication, likewise.
    Cipher(Cipher<B>),
    /// A key derivation; blank in a free slot.
    Derivation(Of<B::KeyDerivation, Derivation<B>>),
}

/// Room for one operation.
pub(crate) struct Slot<B: Backend> {
    handle: u32,
    owner: ClientId,
    context: Context<B>,
}

impl<B: Backend> Slot<B> {
    const FREE: Self = Self {
        handle: NO_HANDLE,
        owner: NOBODY,
        context: Context::Code(Code::BLANK),
    };

    /// The handle that opens this slot.
    pub(crate) const fn handle(&self) -> u32 {
        self.handle
    }

    /// Gives the slot back; what was in it has been wiped.
    pub(crate) fn free(&mut self) {
        self.handle = NO_HANDLE;
        self.owner = NOBODY;
    }

    /// Makes the context a blank code, which has to be begun.
    #[inline(never)]
    pub(crate) fn open_code(&mut self) -> Option<&mut Code<B>> {
        if !matches!(self.context, Context::Code(_)) {
            self.context = Context::Code(Code::BLANK);
        }
        match &mut self.context {
            Context::Code(code) => Some(code),
            _ => None,
        }
    }

    /// Makes the context an AEAD operation, which has to be started.
    #[inline(never)]
    pub(crate) fn open_aead(&mut self, algorithm: Algorithm) -> Option<&mut Aead<B>> {
        if !matches!(&self.context, Context::Aead(aead) if aead.is(algorithm)) {
            Aead::put(algorithm, &mut self.context, Context::Aead);
        }
        match &mut self.context {
            Context::Aead(aead) => Some(aead),
            _ => None,
        }
    }

    /// Makes the context a cipher operation, which has to be started.
    #[inline(never)]
    pub(crate) fn open_cipher(&mut self, mode: cipher::Mode) -> Option<&mut Cipher<B>> {
        if !matches!(&self.context, Context::Cipher(cipher) if cipher.is(mode)) {
            Cipher::put(mode, &mut self.context, Context::Cipher);
        }
        match &mut self.context {
            Context::Cipher(cipher) => Some(cipher),
            _ => None,
        }
    }

    /// Makes the context a blank key derivation, which has to be begun.
    #[inline(never)]
    pub(crate) fn open_derivation(&mut self) -> Option<&mut Derivation<B>> {
        if !matches!(self.context, Context::Derivation(_)) {
            Room::put(&mut self.context, Context::Derivation);
        }
        match &mut self.context {
            Context::Derivation(derivation) => Some(derivation.get()),
            _ => None,
        }
    }

    fn is(&self, kind: Kind) -> bool {
        match &self.context {
            Context::Code(code) => code.kind() == kind,
            Context::Aead(_) => kind == Kind::Aead,
            Context::Cipher(_) => kind == Kind::Cipher,
            Context::Derivation(_) => kind == Kind::Derivation,
        }
    }
}

/// The operations of all clients.
pub(crate) struct Operations<B: Backend, const N: usize> {
    last_number: u32,
    slots: [Slot<B>; N],
}

impl<B: Backend, const N: usize> Operations<B, N> {
    /// How many slots the lowest bits of a handle can tell.
    const PLACES: u32 = N.next_power_of_two() as u32;

    pub(crate) const fn new() -> Self {
        Self {
            last_number: 0,
            slots: [const { Slot::FREE }; N],
        }
    }

    /// Begins an operation in a free slot, which has to be opened.
    pub(crate) fn alloc(&mut self, owner: ClientId) -> Result<&mut Slot<B>, Error> {
        let quota = B::OPERATIONS_PER_CLIENT;
        let held = self.slots.iter().map(|slot| (slot.owner, 1));
        if quota.leaves(N) != 0 && !quota.admits(owner, held, 1) {
            return Err(Error::InsufficientMemory);
        }
        let mut places = self.slots.iter_mut().zip(0u32..);
        let free = places.find(|(slot, _)| slot.handle == NO_HANDLE);
        let (slot, place) = free.ok_or(Error::InsufficientMemory)?;
        // Zero is the number of no allocation: no handle is `NO_HANDLE`.
        let greatest = u32::MAX / Self::PLACES;
        self.last_number = self.last_number.wrapping_add(1) & greatest;
        self.last_number = self.last_number.max(1);
        slot.handle = self.last_number.wrapping_mul(Self::PLACES) | place;
        slot.owner = owner;
        Ok(slot)
    }

    /// Begins another hash from the state of the hash `source`, and returns its handle.
    pub(crate) fn clone_hash(&mut self, source: u32, owner: ClientId) -> Result<u32, Error> {
        self.code(Kind::Hash, source, owner)?;
        let slot = self.alloc(owner)?;
        slot.open_code();
        let target = slot.handle;
        let (mut from, mut to) = (None, None);
        for slot in &mut self.slots {
            if slot.handle == source {
                from = Some(&slot.context);
            } else if slot.handle == target {
                to = Some(&mut slot.context);
            }
        }
        match (from, to) {
            (Some(Context::Code(from)), Some(Context::Code(to))) => {
                to.copy(from);
                Ok(target)
            }
            _ => Err(Error::BadState),
        }
    }

    /// Looks up a hash or a message authentication code.
    pub(crate) fn code(
        &mut self,
        kind: Kind,
        handle: u32,
        owner: ClientId,
    ) -> Result<&mut Code<B>, Error> {
        match self.lookup(handle, owner) {
            Some(Context::Code(code)) if code.kind() == kind => Ok(code),
            _ => Err(Error::BadState),
        }
    }

    /// Looks up an authenticated encryption or decryption.
    pub(crate) fn aead(&mut self, handle: u32, owner: ClientId) -> Result<&mut Aead<B>, Error> {
        match self.lookup(handle, owner) {
            Some(Context::Aead(aead)) => Ok(aead),
            _ => Err(Error::BadState),
        }
    }

    /// Looks up an encryption or decryption without authentication.
    pub(crate) fn cipher(&mut self, handle: u32, owner: ClientId) -> Result<&mut Cipher<B>, Error> {
        match self.lookup(handle, owner) {
            Some(Context::Cipher(cipher)) => Ok(cipher),
            _ => Err(Error::BadState),
        }
    }

    /// Looks up a key derivation.
    pub(crate) fn derivation(
        &mut self,
        handle: u32,
        owner: ClientId,
    ) -> Result<&mut Derivation<B>, Error> {
        match self.lookup(handle, owner) {
            Some(Context::Derivation(derivation)) => Ok(derivation.get()),
            _ => Err(Error::BadState),
        }
    }

    /// Ends an operation of this kind and client; any other handle is left alone.
    pub(crate) fn release(&mut self, kind: Kind, handle: u32, owner: ClientId) {
        let Some(slot) = self.slot(handle, owner) else {
            return;
        };
        if slot.is(kind) {
            match &mut slot.context {
                Context::Code(code) => code.clear(),
                Context::Aead(aead) => aead.clear(),
                Context::Cipher(cipher) => cipher.clear(),
                Context::Derivation(derivation) => derivation.get().clear(),
            }
            slot.free();
        }
    }

    /// Refuses a setup on an operation that is active, which ends it, or without room for its
    /// handle, before anything has happened.
    #[inline(never)]
    pub(crate) fn require_inactive(
        &mut self,
        kind: Kind,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        require_word_output(message)?;
        if pack.operation_handle() == NO_HANDLE {
            return Ok(());
        }
        self.abort(kind, pack, message)?;
        Err(Error::BadState)
    }

    /// Serves an abort: the operation has ended, if it was one of this client and kind.
    #[inline(never)]
    pub(crate) fn abort(
        &mut self,
        kind: Kind,
        pack: &Pack,
        message: &mut impl Message,
    ) -> Result<(), Error> {
        require_word_output(message)?;
        self.release(kind, pack.operation_handle(), message.client_id());
        write_word(message, NO_HANDLE)
    }

    fn lookup(&mut self, handle: u32, owner: ClientId) -> Option<&mut Context<B>> {
        self.slot(handle, owner).map(|slot| &mut slot.context)
    }

    fn slot(&mut self, handle: u32, owner: ClientId) -> Option<&mut Slot<B>> {
        let place = (handle % Self::PLACES) as usize;
        let slot = self.slots.get_mut(place)?;
        let is_open = handle != NO_HANDLE && slot.handle == handle;
        (is_open && slot.owner == owner).then_some(slot)
    }
}

#[cfg(test)]
mod tests;
