// SPDX-License-Identifier: Apache-2.0
//! Sizes that follow from other keys, unless a layer sets them.
//!
//! A rule holds for a key that no layer sets. What a layer sets holds for the choice that it was
//! made for: a later layer that changes the choice, as by adding an algorithm, has the size
//! derived again, unless it sets the size too. `docs/deriving.md` tells the rules.

mod engine_buffer;
mod lift;
mod room;
mod wanted;

pub(crate) use engine_buffer::least_bytes as least_engine_buffer_bytes;
pub(crate) use lift::lift;
pub(crate) use room::known_ram_bytes;
pub use wanted::is_served;
pub(crate) use wanted::{context_bytes, wanted};

use crate::effective::{DERIVED, Effective, Setting};
use crate::schema;
use crate::value::Value;

/// What the keys of algorithms begin with.
pub(crate) const ALGORITHM: &str = "crypto.psa_want_";

/// How a key is derived.
struct Rule {
    key: &'static str,
    /// What it follows from, as `config` shows it.
    from: &'static str,
    value: fn(&Effective) -> u64,
    /// The change of which other keys makes a value that was set before obsolete.
    outdated: Outdated,
}

/// What makes a size obsolete that an earlier layer has set.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outdated {
    /// Any other value of one of these keys, or another choice of algorithms.
    ByChange(&'static [&'static str]),
    /// An algorithm or a partition more, or one of these keys set to something else.
    ByMore(&'static [&'static str]),
}

/// The rules; a rule may use the values of those before it.
const RULES: &[Rule] = &[
    Rule {
        key: "budget.secure.flash_bytes",
        from: "flash.areas.primary.size_bytes",
        value: room::image_bytes,
        outdated: Outdated::ByMore(&["spm.backend"]),
    },
    Rule {
        key: "budget.secure.ram_bytes",
        from: "memory.secure_ram.size_bytes",
        value: room::secure_ram_bytes,
        outdated: Outdated::ByMore(&["spm.backend"]),
    },
    Rule {
        key: "crypto.engine_buffer_bytes",
        from: "crypto.concurrent_operations, crypto.key_slots, crypto.psa_want_*",
        value: engine_buffer::derived_bytes,
        outdated: Outdated::ByChange(&[
            "crypto.concurrent_operations",
            "crypto.key_slots",
            "crypto.keys_per_client",
            "crypto.persistent_keys",
            "crypto.aes",
        ]),
    },
    Rule {
        key: "stack.secure_process_bytes",
        from: "budget.secure.ram_bytes",
        value: room::process_stack_bytes,
        outdated: Outdated::ByMore(&["spm.backend"]),
    },
    Rule {
        key: "stack.secure_main_bytes",
        from: "budget.secure.ram_bytes",
        value: room::main_stack_bytes,
        outdated: Outdated::ByMore(&["spm.backend"]),
    },
    Rule {
        key: "stack.boot_bytes",
        from: "budget.boot.ram_bytes",
        value: room::boot_stack_bytes,
        outdated: Outdated::ByMore(&["boot.recovery", "boot.upgrade", "boot.signature"]),
    },
];

/// Whether a key is derived where no layer sets it.
pub fn is_derived(key: &str) -> bool {
    RULES.iter().any(|rule| rule.key == key)
}

/// What a key is derived from where no layer sets it.
pub fn source(key: &str) -> Option<&'static str> {
    let mut rules = RULES.iter();
    rules.find(|rule| rule.key == key).map(|rule| rule.from)
}

/// Gives each key without a value that has a rule the value of its rule. The others must be there.
pub(crate) fn fill(effective: &mut Effective) {
    for rule in RULES {
        let Some(key) = schema::find(rule.key) else {
            continue;
        };
        if effective.settings.contains_key(rule.key) {
            continue;
        }
        let setting = Setting {
            key,
            value: Value::Number((rule.value)(effective)),
            origin: format!("{DERIVED}{}", rule.from),
            overridden: effective.lifted.remove(rule.key).unwrap_or_default(),
        };
        effective.settings.insert(rule.key, setting);
    }
}

#[cfg(test)]
mod tests;
