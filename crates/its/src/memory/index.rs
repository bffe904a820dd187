// SPDX-License-Identifier: Apache-2.0
//! The index: where each object is on flash, in twelve bytes of RAM. The first call builds it from
//! the flash.
//!
//! An entry holds a tag of the identity, not the identity itself, which is read from the flash if
//! the tags are equal. So an entry can also represent an object whose slot is damaged and of which
//! only the tag is known.

use crate::format::slot::{Extent, REMOVED, WRITE_ONCE};

/// No slot has this offset: a sector begins with its header.
const NOWHERE: u32 = 0;

/// One object.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Offset of its slot in the area; [`NOWHERE`] in a free entry.
    pub(crate) slot: u32,
    /// Size, place and flags; [`Extent::LOST`] if its slot is damaged.
    pub(crate) extent: Extent,
    /// Tag of its identity; of a lost object only the lower half.
    pub(crate) tag: u32,
}

impl Entry {
    pub(crate) const FREE: Self = Self {
        slot: NOWHERE,
        extent: Extent::NONE,
        tag: 0,
    };

    pub(crate) const fn is_used(&self) -> bool {
        self.slot != NOWHERE
    }
}

/// Memory for an index of a fixed count of objects: [`Assets`] is the one kind.
pub trait AssetTable: Clone {
    /// How many objects there may be, those of all clients together.
    const PLACES: usize;
    /// An index without objects.
    const FREE: Self;

    #[doc(hidden)]
    fn entries(&self) -> &[Entry];

    #[doc(hidden)]
    fn entries_mut(&mut self) -> &mut [Entry];
}

/// Memory for an index of `COUNT` objects, twelve bytes each.
#[derive(Clone, Debug)]
pub struct Assets<const COUNT: usize>([Entry; COUNT]);

impl<const COUNT: usize> AssetTable for Assets<COUNT> {
    const PLACES: usize = COUNT;
    const FREE: Self = Self([Entry::FREE; COUNT]);

    #[inline(always)]
    fn entries(&self) -> &[Entry] {
        &self.0
    }

    #[inline(always)]
    fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.0
    }
}

/// The objects of all clients.
#[derive(Clone, Debug)]
pub(crate) struct Index<A> {
    assets: A,
}

impl<A: AssetTable> Index<A> {
    pub(crate) const fn new() -> Self {
        Self { assets: A::FREE }
    }

    pub(crate) fn clear(&mut self) {
        self.assets.entries_mut().fill(Entry::FREE);
    }

    /// All entries, free ones included; the place of an object is its number here.
    #[inline(always)]
    pub(crate) fn entries(&self) -> &[Entry] {
        self.assets.entries()
    }

    /// A free place.
    pub(crate) fn free_place(&self) -> Option<usize> {
        self.entries().iter().position(|entry| !entry.is_used())
    }

    /// The place of a lost object.
    pub(crate) fn lost_place(&self) -> Option<usize> {
        let mut entries = self.entries().iter();
        entries.position(|entry| entry.extent.is_lost())
    }

    /// Puts `entry` at a place, or frees the place if the entry says that its object was removed.
    #[inline(never)]
    pub(crate) fn put(&mut self, place: usize, entry: &Entry) {
        if let Some(kept) = self.assets.entries_mut().get_mut(place) {
            *kept = *entry;
            if entry.extent.attributes() & REMOVED != 0 {
                kept.slot = NOWHERE;
            }
        }
    }

    /// Marks the object with this tag as damaged, because `slot` is. Another object with this tag may
    /// be the version before and is dropped, unless it was written once: such an object was never
    /// replaced.
    #[inline(never)]
    pub(crate) fn lose(&mut self, tag: u32, slot: u32) {
        for entry in self.assets.entries_mut() {
            if entry.tag as u16 == tag as u16 && entry.extent.attributes() & WRITE_ONCE == 0 {
                entry.slot = NOWHERE;
            }
        }
        if let Some(place) = self.free_place()
            && let Some(entry) = self.assets.entries_mut().get_mut(place)
        {
            entry.slot = slot;
            entry.tag = tag;
            entry.extent = Extent::LOST;
        }
    }
}
