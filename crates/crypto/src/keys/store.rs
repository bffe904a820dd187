// SPDX-License-Identifier: Apache-2.0
//! Keys and their material.
//!
//! The material of all keys lies in one arena, in the order of the table, without gaps: where
//! it begins is the sum of the sizes before it. When a key is destroyed, what stands behind it
//! moves down, in the table and in the arena, and the end of the arena that becomes free is
//! wiped: no fragment is ever lost, and no copy of a secret stays behind.
//!
//! A persistent key is here only while a call uses it, as a copy at the end (see `persistent`).

use core::{hint::black_box, marker::PhantomData, mem::swap};

use primitives::clear;
use psa::{
    ClientId, Framework,
    crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage},
};

use super::{attributes, builtin, object, policy};
use crate::{Backend, error::Error};

/// Ids of volatile keys are those of the implementation (`PSA_KEY_ID_VENDOR_MIN` and up) without
/// this bit, behind which the ids of builtin keys are.
const FIRST_VOLATILE_ID: u32 = 0x4000_0000;
const VOLATILE_ID_MASK: u32 = 0x1FFF_FFFF;

/// Material for each key that a client's quota leaves to the others.
const LEFT_KEY_BYTES: usize = 32;

/// A row of the table.
#[derive(Clone, Copy)]
pub(super) struct Key {
    pub(super) owner: ClientId,
    pub(super) attributes: KeyAttributes,
}

impl Key {
    const NONE: Self = Self {
        owner: ClientId::new(0),
        attributes: KeyAttributes::NONE,
    };

    /// Size of the material.
    pub(super) const fn bytes<B: Backend>(&self) -> usize {
        attributes::material_bytes::<B>(&self.attributes)
    }

    /// Whether this is the copy of a key in storage.
    pub(super) const fn is_copy(&self) -> bool {
        self.attributes.lifetime.is_stored()
    }
}

/// Where a key is.
#[derive(Clone, Copy)]
pub(super) struct Place {
    index: usize,
    pub(super) start: usize,
}

/// The keys of all clients.
pub(crate) struct Store<B, const KEYS: usize, const BYTES: usize> {
    last_id: u32,
    count: u16,
    pub(super) used_bytes: usize,
    keys: [Key; KEYS],
    pub(super) material: [u8; BYTES],
    backend: PhantomData<B>,
}

impl<B: Backend, const KEYS: usize, const BYTES: usize> Store<B, KEYS, BYTES> {
    /// The most material that a persistent key may have: an object has to have room for it, and
    /// the arena for that object.
    const MOST_STORED_BYTES: usize = match B::KEY_OBJECT_BYTES {
        Some(object_bytes) if object_bytes < BYTES => object::most_material_bytes(object_bytes),
        Some(_) => object::most_material_bytes(BYTES),
        None => 0,
    };

    pub(crate) const fn new() -> Self {
        const { assert!(KEYS <= u16::MAX as usize) };
        Self {
            last_id: 0,
            count: 0,
            used_bytes: 0,
            keys: [Key::NONE; KEYS],
            material: [0; BYTES],
            backend: PhantomData,
        }
    }

    /// A key of `client` that may be used so, with its material. One from storage
    /// was fetched before.
    pub(crate) fn usable(
        &mut self,
        client: ClientId,
        id: KeyId,
        usage: Usage,
        algorithm: Algorithm,
    ) -> Result<(&KeyAttributes, &[u8]), Error> {
        let found = self.held(client, id)?;
        policy::check::<B>(found.0, usage, algorithm)?;
        Ok(found)
    }

    /// A key of `client`, with its material. One from storage was fetched before.
    pub(crate) fn held(
        &self,
        client: ClientId,
        id: KeyId,
    ) -> Result<(&KeyAttributes, &[u8]), Error> {
        let Some((Place { start, .. }, key)) = self.place(client, id) else {
            return builtin::find::<B>(client, id);
        };
        let from = self.material.get(start..).unwrap_or_default();
        let material = from.get(..key.bytes::<B>()).unwrap_or_default();
        Ok((&key.attributes, material))
    }

    /// Begins to create a key, which becomes the last one: returns the room for its material,
    /// to be filled before [`Self::settle`] ends it.
    pub(super) fn create(
        &mut self,
        owner: ClientId,
        attributes: &KeyAttributes,
    ) -> Result<&mut [u8], Error> {
        let mut attributes = *attributes;
        if attributes.lifetime.is_volatile() {
            if !self.admits(owner, &attributes) {
                return Err(Error::InsufficientMemory);
            }
            attributes.id = self.unused_id();
            self.last_id = attributes.id.0;
        } else if attributes::material_bytes::<B>(&attributes) > Self::MOST_STORED_BYTES {
            return Err(Error::NotSupported);
        }
        let key = Key { owner, attributes };
        self.push(key).ok_or(Error::InsufficientMemory)
    }

    /// Ends the creation of the last key and returns its id. If it was not filled, or it is
    /// persistent and can't be stored, it is gone.
    pub(super) fn settle(
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

    /// Copies the material of a key of this client to the last key, which has the same size. What
    /// was fetched from storage for it is gone then: behind a key that stays nobody would look
    /// for it.
    pub(super) fn copy_to_last(&mut self, client: ClientId, source: KeyId) -> Result<(), Error> {
        let (place, key) = self.place(client, source).ok_or(Error::InvalidHandle)?;
        let (bytes, is_fetched) = (key.bytes::<B>(), key.is_copy());
        let target = self.used_bytes.saturating_sub(bytes);
        // The source lies before its copy, for the order of the table is that of the arena.
        if let Some((before, behind)) = self.material.split_at_mut_checked(target) {
            let source = before.get(place.start..).unwrap_or_default();
            let target = behind.get_mut(..bytes).unwrap_or_default();
            target
                .iter_mut()
                .zip(source)
                .for_each(|(to, from)| *to = *from);
        }
        if is_fetched {
            self.remove(place);
        }
        Ok(())
    }

    /// Destroys a key of `owner`.
    pub(super) fn destroy(
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
            None => Err(builtin::refusal::<B>(id)),
        }
    }

    /// The room for the material of the last key, and what type the key has.
    pub(super) fn last_material(&mut self) -> (KeyType, &mut [u8]) {
        let Some((place, key)) = self.last() else {
            return (KeyType::NONE, &mut []);
        };
        let key_type = key.attributes.key_type;
        let room = self.material.get_mut(place.start..self.used_bytes);
        (key_type, room.unwrap_or_default())
    }

    /// The last key.
    pub(super) fn last(&self) -> Option<(Place, &Key)> {
        let index = usize::from(self.count).checked_sub(1)?;
        let key = self.keys.get(index)?;
        let start = self.used_bytes.saturating_sub(key.bytes::<B>());
        Some((Place { index, start }, key))
    }

    fn place(&self, client: ClientId, id: KeyId) -> Option<(Place, &Key)> {
        let mut start = 0;
        for (index, key) in self.keys().enumerate() {
            if key.attributes.id == id && key.owner == client {
                return Some((Place { index, start }, key));
            }
            start += key.bytes::<B>();
        }
        None
    }

    /// Takes a key out, with its material.
    #[inline(never)]
    pub(super) fn remove(&mut self, Place { index, start }: Place) {
        let bytes = self.keys.get(index).map_or(0, Key::bytes::<B>);
        self.close_gap(start, bytes);
        let keys = self.keys.get_mut(index..usize::from(self.count));
        let mut rest = keys.unwrap_or_default();
        while let Some((key, behind)) = rest.split_first_mut() {
            if let Some(next) = behind.first_mut() {
                swap(key, next);
            }
            rest = behind;
        }
        self.used_bytes = self.used_bytes.saturating_sub(bytes);
        self.count = self.count.saturating_sub(1);
        self.wipe_free(bytes);
    }

    /// Moves the material behind the gap down to its start. The compiler must not take the loop
    /// for a `memmove`, whose code would be larger than all of this module.
    fn close_gap(&mut self, start: usize, bytes: usize) {
        let mut place = start;
        let mut next = start.saturating_add(bytes);
        while next < self.used_bytes {
            let Some(byte) = self.material.get(next).copied() else {
                return;
            };
            if let Some(place) = self.material.get_mut(place) {
                *place = black_box(byte);
            }
            place += 1;
            next += 1;
        }
    }

    /// Puts a key behind the last one and returns the room for its material, if there is any.
    pub(super) fn push(&mut self, key: Key) -> Option<&mut [u8]> {
        let slot = self.keys.get_mut(usize::from(self.count))?;
        let room = self.material.get_mut(self.used_bytes..)?;
        let room = room.get_mut(..key.bytes::<B>())?;
        *slot = key;
        self.count += 1;
        self.used_bytes += room.len();
        Some(room)
    }

    /// Whether the table can take one more key.
    pub(super) const fn has_free_row(&self) -> bool {
        (self.count as usize) < KEYS
    }

    /// The part of the arena that no key has.
    pub(super) fn free(&mut self) -> &mut [u8] {
        self.material.get_mut(self.used_bytes..).unwrap_or_default()
    }

    /// Wipes the beginning of what is free.
    #[inline(never)] // in three places
    pub(super) fn wipe_free(&mut self, bytes: usize) {
        clear::bytes(self.free().get_mut(..bytes).unwrap_or_default());
    }

    /// Whether a client may have one more volatile key, with these attributes: no more keys than
    /// its quota says, and not the material that the keys which are left to others may need.
    fn admits(&self, client: ClientId, attributes: &KeyAttributes) -> bool {
        let left_keys = B::KEYS_PER_CLIENT.leaves(KEYS);
        if left_keys == 0 {
            return true;
        }
        let mut keys = left_keys + 1;
        let mut bytes = left_keys * LEFT_KEY_BYTES + attributes::material_bytes::<B>(attributes);
        for key in self.keys() {
            if key.owner == client {
                keys += 1;
                bytes += key.bytes::<B>();
            }
        }
        keys <= KEYS && bytes <= BYTES
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().take(usize::from(self.count))
    }

    /// The id after the last one, without those in use when the count has gone round.
    fn unused_id(&self) -> KeyId {
        let mut id = self.last_id;
        loop {
            id = FIRST_VOLATILE_ID | id.wrapping_add(1) & VOLATILE_ID_MASK;
            if self.keys().all(|key| key.attributes.id.0 != id) {
                return KeyId(id);
            }
        }
    }
}

#[cfg(test)]
mod tests;
