// SPDX-License-Identifier: Apache-2.0
//! The name of an object: its owner, and the number that the owner chose.

/// The identity of an object: its owner and its uid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identity(pub(super) [u32; 3]);

impl Identity {
    /// The object that `owner` calls `uid`.
    #[must_use]
    pub const fn new(owner: i32, uid: u64) -> Self {
        Self([owner as u32, uid as u32, (uid >> 32) as u32])
    }

    /// Client id of the owner.
    #[must_use]
    pub const fn owner(self) -> i32 {
        self.0[0] as i32
    }

    /// Number that the owner chose; never zero.
    #[must_use]
    pub const fn uid(self) -> u64 {
        (self.0[2] as u64) << 32 | self.0[1] as u64
    }

    /// A hash of the identity. A commit holds the lower half; it is easy to find two uids with the
    /// same lower half. The upper half is the lowest bytes of the owner and of the uid's upper word,
    /// which is the client in the uid of a key. If one of them differs, the tags differ, so the
    /// requests of one client do not read the objects of another.
    #[inline(never)]
    pub(crate) const fn tag(&self) -> u32 {
        const SPREAD: u32 = 0x9E37_79B1;
        let [owner, low, high] = self.0;
        let mixed = owner.rotate_left(16) ^ low ^ high.rotate_left(8);
        owner << 24 | (high & 0xFF) << 16 | mixed.wrapping_mul(SPREAD) >> 16
    }
}
