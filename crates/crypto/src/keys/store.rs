// SPDX-License-Identifier: Apache-2.0
//! Keys and their material.
//!
//! The material of all keys lies in one arena, in the order of the table, without gaps: where
//! it begins is the sum of the sizes before it. When a key is destroyed, what stands behind it
//! moves down, in the table and in the arena, and the end of the arena that becomes free is
//! wiped: no fragment is ever lost, and no copy of a secret stays behind.

use core::{hint::black_box, marker::PhantomData};

use primitives::clear;
use psa::{
    ClientId, Message,
    crypto::{Algorithm, KeyAttributes, KeyId, Usage},
};

use super::{builtin, policy};
use crate::{Backend, error::Error};

/// Ids of volatile keys are those of the implementation (`PSA_KEY_ID_VENDOR_MIN` and up) without
/// this bit, behind which the ids of builtin keys are.
const FIRST_VOLATILE_ID: u32 = 0x4000_0000;
const VOLATILE_ID_MASK: u32 = 0x1FFF_FFFF;

/// Material for each key that a client's quota leaves to the others.
const LEFT_KEY_BYTES: usize = 32;

#[derive(Clone, Copy)]
struct Key {
    owner: ClientId,
    attributes: KeyAttributes,
}

impl Key {
    const NONE: Self = Self {
        owner: ClientId::new(0),
        attributes: KeyAttributes::NONE,
    };

    /// Size of the material.
    const fn bytes(&self) -> usize {
        self.attributes.bits as usize / 8
    }
}

/// Where a key is.
#[derive(Clone, Copy)]
struct Place {
    index: usize,
    start: usize,
}

/// The keys of all clients.
pub(crate) struct Store<B, const KEYS: usize, const BYTES: usize> {
    last_id: u32,
    count: usize,
    used_bytes: usize,
    keys: [Key; KEYS],
    material: [u8; BYTES],
    backend: PhantomData<B>,
}

impl<B: Backend, const KEYS: usize, const BYTES: usize> Store<B, KEYS, BYTES> {
    pub(crate) const fn new() -> Self {
        Self {
            last_id: 0,
            count: 0,
            used_bytes: 0,
            keys: [Key::NONE; KEYS],
            material: [0; BYTES],
            backend: PhantomData,
        }
    }

    /// A key of the client of `message` that may be used so, with its material.
    pub(crate) fn usable(
        &mut self,
        message: &impl Message,
        id: KeyId,
        usage: Usage,
        algorithm: Algorithm,
    ) -> Result<(&KeyAttributes, &[u8]), Error> {
        let found = self.find(message.client_id(), id)?;
        policy::check::<B>(found.0, usage, algorithm)?;
        Ok(found)
    }

    /// A key of this client, with its material.
    pub(super) fn find(
        &self,
        client: ClientId,
        id: KeyId,
    ) -> Result<(&KeyAttributes, &[u8]), Error> {
        let Ok(place) = self.place(client, id) else {
            return builtin::find::<B>(client, id);
        };
        let key = self.keys.get(place.index);
        let from = self.material.get(place.start..);
        match (key, from) {
            (Some(key), Some(from)) => {
                Ok((&key.attributes, from.get(..key.bytes()).unwrap_or_default()))
            }
            _ => Err(Error::InvalidHandle),
        }
    }

    /// Creates a volatile key and returns its id and the room for its material, which is to be
    /// filled.
    pub(super) fn create(
        &mut self,
        client: ClientId,
        attributes: &KeyAttributes,
    ) -> Result<(KeyId, &mut [u8]), Error> {
        if !self.admits(client, attributes) {
            return Err(Error::InsufficientMemory);
        }
        let id = self.unused_id();
        let key = Key {
            owner: client,
            attributes: KeyAttributes { id, ..*attributes },
        };
        let slot = self.keys.get_mut(self.count);
        let free = self.material.get_mut(self.used_bytes..);
        let room = free.and_then(|free| free.get_mut(..key.bytes()));
        let (Some(slot), Some(room)) = (slot, room) else {
            return Err(Error::InsufficientMemory);
        };
        *slot = key;
        self.last_id = id.0;
        self.count += 1;
        self.used_bytes += room.len();
        Ok((id, room))
    }

    /// Copies the material of a key of this client to the last key, which has the same size.
    pub(super) fn copy_to_last(&mut self, client: ClientId, source: KeyId) -> Result<(), Error> {
        let Place { index, start } = self.place(client, source)?;
        let bytes = self.keys.get(index).map_or(0, Key::bytes);
        let target = self.used_bytes.saturating_sub(bytes);
        // The source lies before its copy, for the order of the table is that of the arena.
        if let Some((before, behind)) = self.material.split_at_mut_checked(target) {
            let source = before.get(start..).unwrap_or_default();
            let target = behind.get_mut(..bytes).unwrap_or_default();
            target
                .iter_mut()
                .zip(source)
                .for_each(|(to, from)| *to = *from);
        }
        Ok(())
    }

    /// Destroys a key of this client.
    pub(super) fn destroy(&mut self, client: ClientId, id: KeyId) -> Result<(), Error> {
        let Ok(Place { index, start }) = self.place(client, id) else {
            return Err(builtin::refusal::<B>(id));
        };
        let bytes = self.keys.get(index).map_or(0, Key::bytes);
        close_gap(&mut self.material, start, bytes, self.used_bytes);
        close_gap(&mut self.keys, index, 1, self.count);
        self.used_bytes = self.used_bytes.saturating_sub(bytes);
        self.count = self.count.saturating_sub(1);
        if let Some(free) = self.material.get_mut(self.used_bytes..) {
            clear::bytes(free.get_mut(..bytes).unwrap_or_default());
        }
        Ok(())
    }

    /// Whether a client may have one more key, with these attributes: no more keys than its quota
    /// says, and not the material that the keys which are left to others may need.
    fn admits(&self, client: ClientId, attributes: &KeyAttributes) -> bool {
        let left_keys = B::KEYS_PER_CLIENT.leaves(KEYS);
        if left_keys == 0 {
            return true;
        }
        let mut keys = left_keys + 1;
        let mut bytes = left_keys * LEFT_KEY_BYTES + attributes.bits as usize / 8;
        for key in self.keys.iter().take(self.count) {
            if key.owner == client {
                keys += 1;
                bytes += key.bytes();
            }
        }
        keys <= KEYS && bytes <= BYTES
    }

    fn place(&self, client: ClientId, id: KeyId) -> Result<Place, Error> {
        let mut start = 0;
        for (index, key) in self.keys.iter().take(self.count).enumerate() {
            if key.attributes.id == id && key.owner == client {
                return Ok(Place { index, start });
            }
            start += key.bytes();
        }
        Err(Error::InvalidHandle)
    }

    /// The id after the last one, without those in use when the count has gone round.
    fn unused_id(&self) -> KeyId {
        let mut id = self.last_id;
        loop {
            id = FIRST_VOLATILE_ID | id.wrapping_add(1) & VOLATILE_ID_MASK;
            let mut keys = self.keys.iter().take(self.count);
            if keys.all(|key| key.attributes.id.0 != id) {
                return KeyId(id);
            }
        }
    }
}

/// Moves what stands behind the gap down to its start. The compiler must not take the loop for
/// a `memmove`, whose code would be larger than all of this module.
#[inline(always)] // twice, and most often with nothing to move
fn close_gap<T: Copy>(items: &mut [T], start: usize, length: usize, end: usize) {
    let mut place = start;
    let mut next = start.saturating_add(length);
    while next < end {
        let Some(item) = items.get(next).copied() else {
            return;
        };
        if let Some(place) = items.get_mut(place) {
            *place = black_box(item);
        }
        place += 1;
        next += 1;
    }
}

#[cfg(test)]
mod tests;
