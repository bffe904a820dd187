// SPDX-License-Identifier: Apache-2.0
//! Persistent keys (PSA Crypto API 1.2, "Key lifetimes"): created, found and destroyed in storage.
//!
//! One request stores a whole key, so after a power failure the key exists completely or not at
//! all. A call that uses a key loads a copy to the end of the table and removes it at its end: no
//! key stays in memory, with or without `PSA_KEY_USAGE_CACHE`, and there is nothing to purge.
//!
//! Without `Configuration::KEY_OBJECT_BYTES` each function here returns at once, and the image has
//! no code of it.

use psa::{
    ClientId, Framework,
    crypto::{KeyId, Lifetime},
};

use super::{
    builtin,
    object::{self, TRAILER_BYTES},
    storage::Object,
    store::{Key, Store},
};
use crate::{configuration::Configuration, error::Error};

impl<C: Configuration> Store<C> {
    const IS_PERSISTENT: bool = C::KEY_OBJECT_BYTES.is_some();

    /// Completes the creation of the last key and returns its id. A key that was not filled, or
    /// is persistent and can't be stored, is removed.
    pub(crate) fn settle(
        &mut self,
        framework: &impl Framework,
        filled: Result<(), Error>,
    ) -> Result<KeyId, Error> {
        let (place, key) = self.last().ok_or(Error::InvalidHandle)?;
        let (owner, id) = (key.owner, key.attributes.id);
        let settled = match filled {
            Ok(()) if key.is_copy() => match self.require_new(owner, framework, id) {
                Ok(()) => self.store_last(framework),
                refused => refused,
            },
            filled => filled,
        };
        match settled {
            Ok(()) => Ok(id),
            Err(error) => {
                self.remove(place);
                Err(error)
            }
        }
    }

    /// Destroys a key of `owner`.
    pub(crate) fn destroy(
        &mut self,
        owner: ClientId,
        framework: &impl Framework,
        id: KeyId,
    ) -> Result<(), Error> {
        match self.place(owner, id) {
            Some((place, _)) => {
                self.remove(place);
                Ok(())
            }
            None if id.is_user() => self.destroy_stored(owner, framework, id),
            None => Err(builtin::refusal::<C>(id)),
        }
    }

    /// Refuses to create a persistent key over another one of its owner.
    #[inline(never)] // calls storage: its frame must not be below the others
    pub(crate) fn require_new(
        &self,
        owner: ClientId,
        framework: &impl Framework,
        id: KeyId,
    ) -> Result<(), Error> {
        if !Self::IS_PERSISTENT {
            return Err(Error::NotSupported);
        }
        match Object::of(owner, framework, id).get(&mut []) {
            Err(Error::InvalidHandle) => Ok(()),
            Ok(_) => Err(Error::AlreadyExists),
            Err(error) => Err(error),
        }
    }

    /// Stores the last key of the table.
    #[inline(never)] // calls storage: its frame must not be below the others
    pub(crate) fn store_last(&mut self, framework: &impl Framework) -> Result<(), Error> {
        if !Self::IS_PERSISTENT {
            return Ok(());
        }
        self.add_trailer()?;
        let Some((place, Key { owner, attributes })) = self.last() else {
            return Ok(());
        };
        let object = self
            .material
            .as_ref()
            .get(place.start..self.used_bytes + TRAILER_BYTES);
        let for_good = attributes.lifetime == Lifetime::READ_ONLY;
        let stored =
            Object::of(*owner, framework, attributes.id).set(object.unwrap_or_default(), for_good);
        self.wipe_free(TRAILER_BYTES);
        stored
    }

    /// Writes the trailer of the last key behind it.
    #[inline(never)] // as `admit_object`
    fn add_trailer(&mut self) -> Result<(), Error> {
        match self.last() {
            Some((_, &Key { attributes, .. })) => object::write_trailer(&attributes, self.free()),
            None => Ok(()),
        }
    }

    /// Loads a key of `owner` into the table if it is persistent.
    #[inline(always)]
    pub(crate) fn fetch(
        &mut self,
        owner: ClientId,
        framework: &impl Framework,
        id: KeyId,
    ) -> Result<(), Error> {
        if Self::IS_PERSISTENT && id.is_user() {
            self.load(owner, framework, id)
        } else {
            Ok(())
        }
    }

    /// Copies a persistent key to the end of the table.
    #[inline(never)]
    fn load(
        &mut self,
        owner: ClientId,
        framework: &impl Framework,
        id: KeyId,
    ) -> Result<(), Error> {
        if !self.has_free_row() {
            return Err(Error::InsufficientMemory);
        }
        let length_bytes = Object::of(owner, framework, id).get(self.free())?;
        self.admit_object(owner, id, length_bytes)
    }

    /// Makes a key of the object that was read into the free part.
    #[inline(never)] // not in the frame that has storage below it
    fn admit_object(
        &mut self,
        owner: ClientId,
        id: KeyId,
        length_bytes: usize,
    ) -> Result<(), Error> {
        let free = self.free();
        // An object that fills the free part may have been longer.
        let otherwise = if length_bytes == free.len() {
            Error::InsufficientMemory
        } else {
            Error::DataInvalid
        };
        let attributes = object::attributes::<C>(free.get(..length_bytes).unwrap_or_default(), id);
        let room = attributes.and_then(|attributes| self.push(Key { owner, attributes }));
        let (result, rest_bytes) = match room {
            Some(_) => (Ok(()), TRAILER_BYTES),
            None => (Err(otherwise), length_bytes),
        };
        self.wipe_free(rest_bytes);
        result
    }

    /// Destroys a key in storage.
    #[inline(never)] // calls storage: its frame must not be below the others
    pub(crate) fn destroy_stored(
        &self,
        owner: ClientId,
        framework: &impl Framework,
        id: KeyId,
    ) -> Result<(), Error> {
        if Self::IS_PERSISTENT {
            Object::of(owner, framework, id).remove()
        } else {
            Err(Error::InvalidHandle)
        }
    }

    /// Ends a call: removes the copies of stored keys from the end of the table.
    #[inline(always)]
    pub(crate) fn dismiss_copies(&mut self) {
        while Self::IS_PERSISTENT
            && let Some((place, key)) = self.last()
            && key.is_copy()
        {
            self.remove(place);
        }
    }
}
