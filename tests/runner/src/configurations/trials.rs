// SPDX-License-Identifier: Apache-2.0
//! The list of configurations to try, made from the schema.

use builder::options::Selection;
use configure::schema::{KEYS, Key};

/// What the keys of algorithms begin with.
const ALGORITHM: &str = "crypto.psa_want_";
/// The profile that has all of them, and one with a few services and one hash.
const ALL: &str = "full";
const LEAST: &str = "hash_only";
/// What the latter has for keys: a profile without needs none.
const ROOM: [&str; 3] = [
    "crypto.key_slots=8",
    "crypto.engine_buffer_bytes=0x1400",
    "stack.secure_process_bytes=5120",
];

/// What shows that a configuration works.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Its secure world is built.
    Build,
    /// Its suite passes.
    Suite,
}

/// A configuration.
pub struct Trial {
    /// What it is called.
    pub name: String,
    /// The key that it is about.
    pub key: &'static str,
    pub goal: Goal,
    profile: Option<&'static str>,
    settings: Vec<String>,
}

impl Trial {
    /// The configuration on the board of the others.
    pub fn selection(&self, plain: &Selection) -> Selection {
        let profile = self.profile.map(String::from);
        Selection {
            profile: profile.or(plain.profile.clone()),
            settings: [plain.settings.clone(), self.settings.clone()].concat(),
            ..plain.clone()
        }
    }
}

/// All of them.
pub fn trials() -> Vec<Trial> {
    let algorithms: Vec<_> = KEYS
        .iter()
        .filter(|key| key.name.starts_with(ALGORITHM))
        .collect();
    let others = KEYS.iter().filter(|key| !key.name.starts_with(ALGORITHM));
    let mut trials = Vec::new();
    for key in &algorithms {
        trials.push(without(key));
        trials.push(alone(key, &algorithms));
    }
    trials.extend(others.flat_map(extremes));
    trials
}

fn short(key: &Key) -> &'static str {
    key.name.strip_prefix("crypto.").unwrap_or(key.name)
}

/// All algorithms but one.
fn without(key: &Key) -> Trial {
    Trial {
        name: format!("all without {}", short(key)),
        key: key.name,
        goal: Goal::Suite,
        profile: Some(ALL),
        settings: vec![format!("{}=false", key.name)],
    }
}

/// No algorithm but one.
fn alone(key: &Key, algorithms: &[&Key]) -> Trial {
    let room = ROOM.iter().map(ToString::to_string);
    let switches = algorithms
        .iter()
        .map(|other| format!("{}={}", other.name, other.name == key.name));
    Trial {
        name: format!("{} alone", short(key)),
        key: key.name,
        goal: Goal::Suite,
        profile: Some(LEAST),
        settings: room.chain(switches).collect(),
    }
}

/// A key at each end of what it takes.
fn extremes(key: &Key) -> impl Iterator<Item = Trial> {
    let name = key.name;
    let settings = key.extremes().into_iter();
    settings.map(move |value| Trial {
        name: format!("{name}={}", value.chars().take(20).collect::<String>()),
        key: name,
        goal: Goal::Build,
        profile: None,
        settings: vec![format!("{name}={value}")],
    })
}
