// SPDX-License-Identifier: Apache-2.0
//! The keys of the configuration, a file for each part of it: one entry for each key.
//!
//! Everything that is said of a key follows from its entry: the checks, `cargo xtask config --explain`,
//! the menu, the JSON schema for editors and docs/configuration.md. A key is here only when something
//! uses it. `profiles/base.toml` repeats the meaning of a profile's key as its comment; a test keeps
//! the two alike.

mod algorithms;
mod attestation;
mod board;
mod boot;
mod budget;
mod build;
mod crypto;
mod extremes;
mod find;
mod flash;
mod its;
mod key;
mod kind;
mod memory;
mod modules;
mod nonsecure;
mod places;
mod spm;
mod stack;
mod test;

pub use find::find;
pub use key::Key;
pub use kind::Kind;
pub use places::{AREAS, REGIONS};

/// The parts of the configuration, in the order in which they are shown.
const PARTS: &[&[Key]] = &[
    board::KEYS,
    memory::KEYS,
    flash::KEYS,
    spm::KEYS,
    crypto::KEYS,
    modules::KEYS,
    algorithms::KEYS,
    its::KEYS,
    attestation::KEYS,
    boot::KEYS,
    nonsecure::KEYS,
    build::KEYS,
    stack::KEYS,
    budget::KEYS,
    test::KEYS,
];

/// All keys in the order in which they are shown.
pub const KEYS: &[Key] = &joined::<{ count() }>();

const fn count() -> usize {
    let (mut count, mut part) = (0, 0);
    while part < PARTS.len() {
        count += PARTS[part].len();
        part += 1;
    }
    count
}

const fn joined<const ALL: usize>() -> [Key; ALL] {
    let mut all = [PARTS[0][0]; ALL];
    let (mut part, mut place) = (0, 0);
    while part < PARTS.len() {
        let mut row = 0;
        while row < PARTS[part].len() {
            all[place] = PARTS[part][row];
            (row, place) = (row + 1, place + 1);
        }
        part += 1;
    }
    all
}
