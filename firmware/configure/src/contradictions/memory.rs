// SPDX-License-Identifier: Apache-2.0
//! Memory that is less than what is known to be needed.

use crate::derive;
use crate::effective::Effective;
use crate::problems::Problems;

const ENGINE_BUFFER: &str = "crypto.engine_buffer_bytes";
/// What it is derived from, with a number each.
const FROM: [&str; 2] = ["crypto.concurrent_operations", "crypto.key_slots"];
const BUDGET: &str = "budget.secure.ram_bytes";

/// Adds to `problems` an engine buffer without room for the operations and a key in each slot.
pub(super) fn engine_buffer(effective: &Effective, problems: &mut Problems) {
    let (bytes, least) = (
        effective.number(ENGINE_BUFFER),
        derive::least_engine_buffer_bytes(effective),
    );
    if bytes >= least {
        return;
    }
    let part = |key: &str| {
        let (value, origin) = (effective.number(key), effective.origin(key));
        format!("{value} of `{key}` ({origin})")
    };
    problems.add(format!(
        "{}: `{ENGINE_BUFFER}` is {bytes}, but {} of {} bytes each and {} take {least}: write \
         {ENGINE_BUFFER} = {least} or more, or leave it out, and it is derived",
        effective.origin(ENGINE_BUFFER),
        part("crypto.concurrent_operations"),
        derive::context_bytes(effective),
        part("crypto.key_slots"),
    ));
}

/// Adds to `problems` a budget of RAM below the sum of what is known.
pub(super) fn budget(effective: &Effective, problems: &mut Problems) {
    let parts = derive::known_ram_bytes(effective);
    let sum: u64 = parts.iter().map(|(_, bytes, _)| bytes).sum();
    let budget = effective.number(BUDGET);
    if sum <= budget {
        return;
    }
    let parts: Vec<String> = parts
        .iter()
        .map(|(key, bytes, what)| {
            let places: Vec<String> = match *key {
                ENGINE_BUFFER if effective.is_derived(ENGINE_BUFFER) => FROM.to_vec(),
                key => vec![key],
            }
            .iter()
            .map(|key| format!("`{key}` at {}", effective.origin(key)))
            .collect();
            format!("{bytes} for {what} ({})", places.join(", "))
        })
        .collect();
    problems.add(format!(
        "{}: `{BUDGET}` is {budget}, but {} are {sum}, before stacks and everything else",
        effective.origin(BUDGET),
        parts.join(" and "),
    ));
}
