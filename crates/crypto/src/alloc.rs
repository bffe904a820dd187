// SPDX-License-Identifier: Apache-2.0
//! Contexts of multipart operations: alloc, lookup, release.
//!
//! A client holds a handle, never a context. A handle is the number of the allocation and, in its
//! lowest bits, the slot: no two are the same, and one that was released names nothing until the
//! count has gone round. It opens its context only for the client that it was given to and for
//! the functions of the group that it was made by. A released context is wiped at once.
//!
//! A context knows its key. When the key is destroyed the context is released: the operation has
//! ended (PSA Crypto API 1.2, `psa_destroy_key`). What has no key, a hash, is never ended so.
//!
//! The service has no connections, and so no end of one by which contexts that a client forgot
//! could be released: they stay until they are aborted or the device resets.
//!
//! What one client may hold is limited by a quota, so that some contexts are left for the others.

use psa::{
    ClientId, Message,
    crypto::{Algorithm, Function, KeyId, Pack},
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

/// State of an operation, with the key that it uses or the null id. The kind stands in a byte of
/// its own, so that a table which was never used is all zero and costs RAM only; the key stands
/// where the alignment of the state leaves room behind that byte.
#[repr(u8)]
pub(crate) enum Context<B: Backend> {
    /// A hash or a message authentication code in the making; blank in a free slot. So is a
    /// slot that was never used.
    Code(KeyId, Code<B>),
    /// An authenticated encryption or decryption; over in a free slot, and ready to be started.
    Aead(KeyId, Aead<B>),
    /// An encryption or decryption without authentication, likewise.
    Cipher(KeyId, Cipher<B>),
    /// A key derivation; blank in a free slot.
    Derivation(KeyId, Of<B::KeyDerivation, Derivation<B>>),
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
        context: Context::Code(KeyId::NULL, Code::BLANK),
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

    /// Makes the context a blank code with a key or the null id, which has to be begun.
    #[inline(never)]
    pub(crate) fn open_code(&mut self, key: KeyId) -> Option<&mut Code<B>> {
        if !matches!(self.context, Context::Code(..)) {
            self.context = Context::Code(KeyId::NULL, Code::BLANK);
        }
        match &mut self.context {
            Context::Code(own, code) => {
                *own = key;
                Some(code)
            }
            _ => None,
        }
    }

    /// Makes the context an AEAD operation with this key, which has to be started.
    #[inline(never)]
    pub(crate) fn open_aead(&mut self, algorithm: Algorithm, key: KeyId) -> Option<&mut Aead<B>> {
        if !matches!(&self.context, Context::Aead(_, aead) if aead.is(algorithm)) {
            let wrap = |aead| Context::Aead(KeyId::NULL, aead);
            Aead::put(algorithm, &mut self.context, wrap);
        }
        match &mut self.context {
            Context::Aead(own, aead) => {
                *own = key;
                Some(aead)
            }
            _ => None,
        }
    }

    /// Makes the context a cipher operation with this key, which has to be started.
    #[inline(never)]
    pub(crate) fn open_cipher(&mut self, mode: cipher::Mode, key: KeyId) -> Option<&mut Cipher<B>> {
        if !matches!(&self.context, Context::Cipher(_, cipher) if cipher.is(mode)) {
            let wrap = |cipher| Context::Cipher(KeyId::NULL, cipher);
            Cipher::put(mode, &mut self.context, wrap);
        }
        match &mut self.context {
            Context::Cipher(own, cipher) => {
                *own = key;
                Some(cipher)
            }
            _ => None,
        }
    }

    /// Makes the context a blank key derivation, which has to be begun.
    #[inline(never)]
    pub(crate) fn open_derivation(&mut self) -> Option<&mut Derivation<B>> {
        if !matches!(self.context, Context::Derivation(..)) {
            let wrap = |derivation| Context::Derivation(KeyId::NULL, derivation);
            Room::put(&mut self.context, wrap);
        }
        match &mut self.context {
            Context::Derivation(own, derivation) => {
                *own = KeyId::NULL;
                Some(derivation.get())
            }
            _ => None,
        }
    }

    /// The group whose functions work on it.
    fn group(&self) -> u8 {
        match &self.context {
            Context::Code(_, code) => code.group(),
            Context::Aead(..) => Function::GROUP_AEAD,
            Context::Cipher(..) => Function::GROUP_CIPHER,
            Context::Derivation(..) => Function::GROUP_KEY_DERIVATION,
        }
    }

    /// The key that it uses, one of its owner's, or the null id.
    fn key(&mut self) -> &mut KeyId {
        let (Context::Code(key, _)
        | Context::Aead(key, _)
        | Context::Cipher(key, _)
        | Context::Derivation(key, _)) = &mut self.context;
        key
    }

    /// Ends the operation: forgets everything and gives the slot back.
    #[inline(always)] // an operation's end is on the way of a call, a key's seldom
    fn end(&mut self) {
        match &mut self.context {
            Context::Code(_, code) => code.clear(),
            Context::Aead(_, aead) => aead.clear(),
            Context::Cipher(_, cipher) => cipher.clear(),
            Context::Derivation(_, derivation) => derivation.get().clear(),
        }
        self.free();
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

    /// Begins another hash from the state of the one that a call is for, and returns its handle.
    pub(crate) fn clone_hash(&mut self, pack: &Pack, message: &impl Message) -> Result<u32, Error> {
        self.code(pack, message)?;
        let slot = self.alloc(message.client_id())?;
        slot.open_code(KeyId::NULL);
        let target = slot.handle;
        let (mut from, mut to) = (None, None);
        for slot in &mut self.slots {
            if slot.handle == pack.operation_handle() {
                from = Some(&slot.context);
            } else if slot.handle == target {
                to = Some(&mut slot.context);
            }
        }
        match (from, to) {
            (Some(Context::Code(_, from)), Some(Context::Code(_, to))) => {
                to.copy(from);
                Ok(target)
            }
            _ => Err(Error::BadState),
        }
    }

    /// The hash or message authentication code that a call is for.
    pub(crate) fn code(
        &mut self,
        pack: &Pack,
        message: &impl Message,
    ) -> Result<&mut Code<B>, Error> {
        match self.lookup(pack, message) {
            Some(Context::Code(_, code)) => Ok(code),
            _ => Err(Error::BadState),
        }
    }

    /// The authenticated encryption or decryption that a call is for.
    pub(crate) fn aead(
        &mut self,
        pack: &Pack,
        message: &impl Message,
    ) -> Result<&mut Aead<B>, Error> {
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
    ) -> Result<&mut Cipher<B>, Error> {
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
    ) -> Result<&mut Derivation<B>, Error> {
        match self.lookup(pack, message) {
            Some(Context::Derivation(_, derivation)) => Ok(derivation.get()),
            _ => Err(Error::BadState),
        }
    }

    /// Ends the operation that a call is for; any other handle is left alone.
    #[inline(never)]
    pub(crate) fn release(&mut self, pack: &Pack, message: &impl Message) {
        if let Some(slot) = self.slot(pack, message) {
            slot.end();
        }
    }

    /// The operation that a call is for uses this key from now on, or none: the null id.
    pub(crate) fn set_key(&mut self, key: KeyId, pack: &Pack, message: &impl Message) {
        if let Some(slot) = self.slot(pack, message) {
            *slot.key() = key;
        }
    }

    /// Ends the operations of the client of `message` that use this key.
    pub(crate) fn end_users_of(&mut self, key: KeyId, message: &impl Message) {
        let owner = message.client_id();
        for slot in &mut self.slots {
            if slot.owner == owner && *slot.key() == key {
                slot.end();
            }
        }
    }

    /// Refuses a setup on an operation that is active, which ends it, or without room for its
    /// handle, before anything has happened.
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

    /// Serves an abort: the operation has ended, if it was one of this client and kind, whatever
    /// else the message has.
    #[inline(never)]
    pub(crate) fn abort(&mut self, pack: &Pack, message: &mut impl Message) -> Result<(), Error> {
        self.release(pack, message);
        require_word_output(message)?;
        write_word(message, NO_HANDLE)
    }

    fn lookup(&mut self, pack: &Pack, message: &impl Message) -> Option<&mut Context<B>> {
        self.slot(pack, message).map(|slot| &mut slot.context)
    }

    /// The slot that the handle in the pack opens, if it is one of this client and of the group
    /// of the function.
    fn slot(&mut self, pack: &Pack, message: &impl Message) -> Option<&mut Slot<B>> {
        let handle = pack.operation_handle();
        let place = (handle % Self::PLACES) as usize;
        let slot = self.slots.get_mut(place)?;
        let is_open = handle != NO_HANDLE && slot.handle == handle;
        let is_own = slot.owner == message.client_id();
        (is_open && is_own && slot.group() == pack.function().group()).then_some(slot)
    }
}

#[cfg(test)]
mod tests;
