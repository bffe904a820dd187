// SPDX-License-Identifier: Apache-2.0
//! Quotas: the most that one client may hold of a shared resource, such as connections, operation
//! contexts, key slots and bytes of storage.
//!
//! There are no counters that could become wrong: each check counts the entries in the table itself.

use crate::client::ClientId;

/// The most that one client may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    most: u32,
}

impl Quota {
    /// At most `most` entries, or bytes, for each client.
    #[must_use]
    pub const fn new(most: u32) -> Self {
        Self { most }
    }

    /// No limit.
    pub const ALL: Self = Self::new(u32::MAX);

    /// How much of `total` is reserved for other clients. If it is zero, no check is needed, and
    /// no code.
    #[must_use]
    pub const fn leaves(&self, total: usize) -> usize {
        total.saturating_sub(self.most as usize)
    }

    /// Whether `client` may have `wanted` more. `held` lists the entries of the table: owner and
    /// amount.
    pub fn admits(
        &self,
        client: ClientId,
        held: impl IntoIterator<Item = (ClientId, u32)>,
        wanted: u32,
    ) -> bool {
        let mut sum = wanted;
        for (owner, amount) in held {
            if owner == client {
                sum = sum.saturating_add(amount);
            }
        }
        sum <= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ClientId = ClientId::NON_SECURE;
    const B: ClientId = ClientId::new(-2);

    #[test]
    fn a_client_pays_for_what_it_holds_itself() {
        let quota = Quota::new(3);
        assert!(quota.admits(A, [], 3));
        assert!(!quota.admits(A, [], 4));
        assert!(quota.admits(A, [(A, 1), (B, 100), (A, 1)], 1));
        assert!(!quota.admits(A, [(A, 1), (B, 1), (A, 1)], 2));
        assert!(quota.admits(B, [(A, 3)], 3));
    }

    #[test]
    fn a_quota_of_all_there_is_is_none() {
        assert_eq!(Quota::new(3).leaves(5), 2);
        assert_eq!(Quota::new(4).leaves(4), 0);
        assert_eq!(Quota::ALL.leaves(1 << 31), 0);
        assert!(Quota::ALL.admits(A, [(A, u32::MAX - 1)], 1));
    }

    #[test]
    fn sums_do_not_wrap_around() {
        let quota = Quota::new(u32::MAX - 1);
        assert!(!quota.admits(A, [(A, u32::MAX)], 1));
        assert!(!quota.admits(A, [(A, 1 << 31), (A, 1 << 31)], 1));
    }

    #[test]
    fn a_quota_of_nothing_admits_nothing() {
        assert!(Quota::new(0).admits(A, [], 0));
        assert!(!Quota::new(0).admits(A, [], 1));
    }
}
