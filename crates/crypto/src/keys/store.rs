// SPDX-License-Identifier: Apache-2.0
//! Keys and their material.
//!
//! The material of all keys is in one arena, in the order of the table, without gaps. When a key is
//! destroyed, the keys behind it move down, in the table and in the arena, and the end of the arena
//! that becomes free is wiped: there is no fragmentation, and no copy of a secret remains.
//!
//! A persistent key is here only while a call uses it, as a copy at the end (see `persistent`).

use core::{hint::black_box, mem::swap};

use primitives::clear;
use psa::{
    ClientId,
    crypto::{Algorithm, KeyAttributes, KeyId, KeyType, Usage},
};

use super::{attributes, builtin, object, policy};
use crate::{
    configuration::{Configuration, capacity::Capacity, presence::Blank},
    error::Error,
};

/// Ids of volatile keys are in the vendor range (`PSA_KEY_ID_VENDOR_MIN` and up), below the ids of
/// builtin keys.
const FIRST_VOLATILE_ID: u32 = 0x4000_0000;
const VOLATILE_ID_MASK: u32 = 0x1FFF_FFFF;

/// Bytes of material that are reserved for each key that a client's quota leaves to others.
const LEFT_KEY_BYTES: usize = 32;

/// A row of the table.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    pub(crate) owner: ClientId,
    pub(crate) attributes: KeyAttributes,
}

impl Blank for Key {
    const BLANK: Self = Self {
        owner: ClientId::new(0),
        attributes: KeyAttributes::NONE,
    };
}

impl Key {
    /// Size of the material.
    pub(crate) const fn bytes<C: Configuration>(&self) -> usize {
        attributes::material_bytes::<C>(&self.attributes)
    }

    /// Whether this is the copy of a key in storage.
    pub(crate) const fn is_copy(&self) -> bool {
        self.attributes.lifetime.is_stored()
    }
}

/// Where a key is.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    index: usize,
    pub(crate) start: usize,
}

/// The keys of all clients.
pub(crate) struct Store<C: Configuration> {
    last_id: u32,
    count: u16,
    pub(crate) used_bytes: usize,
    keys: <C::Keys as Capacity>::Of<Key>,
    pub(super) material: <C::KeyMaterial as Capacity>::Of<u8>,
}

impl<C: Configuration> Store<C> {
    /// The maximum of material of a persistent key, in bytes: it must fit an object, and the
    /// object must fit the arena.
    const MOST_STORED_BYTES: usize = match C::KEY_OBJECT_BYTES {
        Some(object_bytes) if object_bytes < C::KeyMaterial::NUMBER => {
            object::most_material_bytes(object_bytes)
        }
        Some(_) => object::most_material_bytes(C::KeyMaterial::NUMBER),
        None => 0,
    };

    pub(crate) const fn new() -> Self {
        const { assert!(C::Keys::NUMBER <= u16::MAX as usize) };
        Self {
            last_id: 0,
            count: 0,
            used_bytes: 0,
            keys: Blank::BLANK,
            material: Blank::BLANK,
        }
    }

    /// A key of `client` and its material, if the policy permits this use. A persistent key was
    /// loaded before.
    pub(crate) fn usable(
        &mut self,
        client: ClientId,
        id: KeyId,
        usage: Usage,
        algorithm: Algorithm,
    ) -> Result<(&KeyAttributes, &[u8]), Error> {
        let found = self.held(client, id)?;
        policy::check::<C>(found.0, usage, algorithm)?;
        Ok(found)
    }

    /// A key of `client` and its material. A persistent key was loaded before.
    pub(crate) fn held(
        &self,
        client: ClientId,
        id: KeyId,
    ) -> Result<(&KeyAttributes, &[u8]), Error> {
        let Some((Place { start, .. }, key)) = self.place(client, id) else {
            return builtin::find::<C>(client, id);
        };
        let from = self.material.as_ref().get(start..).unwrap_or_default();
        let material = from.get(..key.bytes::<C>()).unwrap_or_default();
        Ok((&key.attributes, material))
    }

    /// Begins to create a key, which becomes the last one. Returns the room for its material; the
    /// caller fills it and then calls [`Self::settle`].
    pub(crate) fn create(
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
        } else if attributes::material_bytes::<C>(&attributes) > Self::MOST_STORED_BYTES {
            return Err(Error::NotSupported);
        }
        let key = Key { owner, attributes };
        self.push(key).ok_or(Error::InsufficientMemory)
    }

    /// Copies the material of a key of this client to the last key, which has the same size. The
    /// copy of a persistent source is removed: `dismiss_copies` looks only at the end of the table.
    pub(crate) fn copy_to_last(&mut self, client: ClientId, source: KeyId) -> Result<(), Error> {
        let (place, key) = self.place(client, source).ok_or(Error::InvalidHandle)?;
        let (bytes, is_fetched) = (key.bytes::<C>(), key.is_copy());
        let target = self.used_bytes.saturating_sub(bytes);
        // The source is before its copy: the table and the arena have the same order.
        if let Some((before, behind)) = self.material.as_mut().split_at_mut_checked(target) {
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

    /// The type of the last key, and the room for its material.
    pub(crate) fn last_material(&mut self) -> (KeyType, &mut [u8]) {
        let Some((place, key)) = self.last() else {
            return (KeyType::NONE, &mut []);
        };
        let key_type = key.attributes.key_type;
        let room = self.material.as_mut().get_mut(place.start..self.used_bytes);
        (key_type, room.unwrap_or_default())
    }

    /// The last key.
    pub(crate) fn last(&self) -> Option<(Place, &Key)> {
        let index = usize::from(self.count).checked_sub(1)?;
        let key = self.keys.as_ref().get(index)?;
        let start = self.used_bytes.saturating_sub(key.bytes::<C>());
        Some((Place { index, start }, key))
    }

    pub(super) fn place(&self, client: ClientId, id: KeyId) -> Option<(Place, &Key)> {
        let mut start = 0;
        for (index, key) in self.keys().enumerate() {
            if key.attributes.id == id && key.owner == client {
                return Some((Place { index, start }, key));
            }
            start += key.bytes::<C>();
        }
        None
    }

    /// Removes a key and its material.
    #[inline(never)]
    pub(crate) fn remove(&mut self, Place { index, start }: Place) {
        let bytes = self.keys.as_ref().get(index).map_or(0, Key::bytes::<C>);
        self.close_gap(start, bytes);
        let keys = self.keys.as_mut().get_mut(index..usize::from(self.count));
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

    /// Moves the material behind the gap to its start. `black_box` keeps the compiler from calling
    /// `memmove`, whose code would be larger than this module.
    fn close_gap(&mut self, start: usize, bytes: usize) {
        let mut place = start;
        let mut next = start.saturating_add(bytes);
        while next < self.used_bytes {
            let Some(byte) = self.material.as_ref().get(next).copied() else {
                return;
            };
            if let Some(place) = self.material.as_mut().get_mut(place) {
                *place = black_box(byte);
            }
            place += 1;
            next += 1;
        }
    }

    /// Appends a key and returns the room for its material; `None` if there is no room.
    pub(crate) fn push(&mut self, key: Key) -> Option<&mut [u8]> {
        let slot = self.keys.as_mut().get_mut(usize::from(self.count))?;
        let room = self.material.as_mut().get_mut(self.used_bytes..)?;
        let room = room.get_mut(..key.bytes::<C>())?;
        *slot = key;
        self.count += 1;
        self.used_bytes += room.len();
        Some(room)
    }

    /// Whether the table can take one more key.
    pub(crate) const fn has_free_row(&self) -> bool {
        (self.count as usize) < C::Keys::NUMBER
    }

    /// The part of the arena that no key has.
    pub(crate) fn free(&mut self) -> &mut [u8] {
        self.material
            .as_mut()
            .get_mut(self.used_bytes..)
            .unwrap_or_default()
    }

    /// Wipes the first bytes of the free part.
    #[inline(never)] // in three places
    pub(crate) fn wipe_free(&mut self, bytes: usize) {
        clear::bytes(self.free().get_mut(..bytes).unwrap_or_default());
    }

    /// Whether a client may have one more volatile key with these attributes: within its quota of
    /// keys, and without the material that is reserved for other clients.
    fn admits(&self, client: ClientId, attributes: &KeyAttributes) -> bool {
        let left_keys = C::KEYS_PER_CLIENT.leaves(C::Keys::NUMBER);
        if left_keys == 0 {
            return true;
        }
        let mut keys = left_keys + 1;
        let mut bytes = left_keys * LEFT_KEY_BYTES + attributes::material_bytes::<C>(attributes);
        for key in self.keys() {
            if key.owner == client {
                keys += 1;
                bytes += key.bytes::<C>();
            }
        }
        keys <= C::Keys::NUMBER && bytes <= C::KeyMaterial::NUMBER
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.as_ref().iter().take(usize::from(self.count))
    }

    /// The next id that is not in use.
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
