// SPDX-License-Identifier: Apache-2.0
//! The memory for contexts of operations and for material of keys.

use super::wanted::{context_bytes, wanted};
use crate::effective::Effective;
use crypto::{LEAST_KEY_OBJECT_BYTES, sizes};

/// What `Crypto` leaves for each key that a client's quota leaves to others.
const LEFT_KEY_BYTES: u64 = 32;
/// Sizes are a whole number of words.
const WORD_BYTES: u64 = 4;

/// All operations at once, and in each slot the largest key that the algorithms usually have.
pub(super) fn derived_bytes(effective: &Effective) -> u64 {
    let number = |key: &str| effective.number(&format!("crypto.{key}"));
    let slots = number("key_slots");
    let own = number("keys_per_client").min(slots);
    let key_bytes = sizes::usual_key_bytes(&wanted(effective)) as u64;
    let left = (slots - own) * LEFT_KEY_BYTES.max(key_bytes);
    let keys = (own * key_bytes + left).max(least_key_bytes(effective));
    (contexts(effective) + keys).next_multiple_of(WORD_BYTES)
}

/// All operations at once, and the smallest key in each slot; with persistent keys one of them.
pub(crate) fn least_bytes(effective: &Effective) -> u64 {
    contexts(effective) + least_key_bytes(effective)
}

fn contexts(effective: &Effective) -> u64 {
    effective.number("crypto.concurrent_operations") * context_bytes(effective)
}

fn least_key_bytes(effective: &Effective) -> u64 {
    let slots = effective.number("crypto.key_slots") * sizes::LEAST_KEY_BYTES as u64;
    if effective.flag("crypto.persistent_keys") {
        slots.max(LEAST_KEY_OBJECT_BYTES as u64)
    } else {
        slots
    }
}
