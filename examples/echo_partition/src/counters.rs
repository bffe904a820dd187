// SPDX-License-Identifier: Apache-2.0
//! How many calls each client has made.

use psa::ClientId;

/// The counts of up to `CLIENTS` clients.
#[derive(Debug)]
pub struct Counters<const CLIENTS: usize> {
    slots: [Option<(ClientId, u32)>; CLIENTS],
}

impl<const CLIENTS: usize> Counters<CLIENTS> {
    /// No client has called.
    pub const fn new() -> Self {
        Self {
            slots: [None; CLIENTS],
        }
    }

    /// Counts a call of `client` and returns its count; `None` when other clients have all slots.
    pub fn count(&mut self, client: ClientId) -> Option<u32> {
        let own = |slot: &&mut Option<(ClientId, u32)>| match slot {
            Some((owner, _)) => *owner == client,
            None => true,
        };
        // Slots are never freed, so the first free one is behind all others.
        let slot = self.slots.iter_mut().find(own)?;
        let (_, count) = slot.get_or_insert((client, 0));
        *count = count.saturating_add(1);
        Some(*count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_its_own_count_and_the_room_is_bounded() {
        let mut counters = Counters::<2>::new();
        let [first, second, third] = [-1, -2, 7].map(ClientId::new);
        assert_eq!(counters.count(first), Some(1));
        assert_eq!(counters.count(second), Some(1));
        assert_eq!(counters.count(first), Some(2));
        assert_eq!(counters.count(third), None);
        assert_eq!(counters.count(second), Some(2));
        assert_eq!(Counters::<0>::new().count(first), None);
    }

    #[test]
    fn a_count_stops_at_its_end() {
        let mut counters = Counters {
            slots: [Some((ClientId::NON_SECURE, u32::MAX))],
        };
        assert_eq!(counters.count(ClientId::NON_SECURE), Some(u32::MAX));
    }
}
