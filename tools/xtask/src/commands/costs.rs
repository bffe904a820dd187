// SPDX-License-Identifier: Apache-2.0
//! `cargo xtask costs`: what each key of the configuration costs, into `costs.json`.

use anyhow::Result;
use builder::firmware::{BuildContext, footprints_of};
use builder::options::Selection;
use builder::report::Progress;
use builder::workspace::{Workspace, read, write_if_changed};
use clap::Args;
use configure::costs::{self, Cost};
use configure::schema::{KEYS, Key, Kind};
use configure::{Effective, Value};
use std::collections::BTreeMap;

/// Measure what each key of the configuration costs: a build for each (about half an hour)
///
/// The figures are those of AN521. A key is changed alone, over the first profile that allows it.
#[derive(Args)]
pub struct Costs {
    /// Only keys that begin so
    #[arg(long, value_name = "KEY")]
    only: Option<String>,
}

/// What a change is tried over, in this order: profile and settings.
const BASES: [(&str, &[&str]); 4] = [
    ("small", &[]),
    ("small", &["partitions.attestation=false"]),
    ("hash_only", &[]),
    ("symmetric", &[]),
];
const FILE: &str = "firmware/configure/src/costs.json";

/// Flash and RAM of boot ROM and secure image, in bytes.
type Sizes = [i64; 4];

impl Costs {
    /// Builds, measures and writes.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        let mut bases = BTreeMap::new();
        let mut measured = Vec::new();
        let is_chosen = |key: &&Key| {
            self.only
                .as_deref()
                .is_none_or(|only| key.name.starts_with(only))
        };
        let keys: Vec<&Key> = KEYS.iter().filter(is_chosen).collect();
        let progress = Progress::start();
        for (done, key) in keys.iter().enumerate() {
            progress.show(key.name, done, keys.len());
            for base in BASES {
                let rows = measure(workspace, key, base, &mut bases)?;
                if !rows.is_empty() {
                    measured.extend(rows);
                    break;
                }
            }
        }
        progress.done();
        for (name, [boot_flash, boot_ram, secure_flash, secure_ram]) in bases {
            measured.push(Cost {
                key: costs::PROFILE.into(),
                change: format!("profile = \"{name}\""),
                over: name,
                boot_flash,
                boot_ram,
                secure_flash,
                secure_ram,
                step: 0,
            });
        }
        // The file may be newer than this program.
        let file = workspace.root.join(FILE);
        let mut rows = costs::parse(&String::from_utf8(read(&file)?)?);
        rows.retain(|row| measured.iter().all(|new| new.change != row.change));
        rows.retain(|row| !keys.iter().any(|key| key.name == row.key));
        rows.extend(measured);
        rows.sort_by_key(|row| KEYS.iter().position(|key| key.name == row.key));
        let rows: Vec<_> = rows.iter().map(Cost::to_json).collect();
        let text = serde_json::to_string_pretty(&rows)? + "\n";
        write_if_changed(&file, text.as_bytes())?;
        Ok(())
    }
}

/// The costs of the changes of a key that the profile with its settings allows.
fn measure(
    workspace: &Workspace,
    key: &Key,
    (profile, settings): (&str, &[&str]),
    bases: &mut BTreeMap<String, Sizes>,
) -> Result<Vec<Cost>> {
    let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
    let name = [&[profile.to_owned()], &settings[..]].concat().join(",");
    let base = selection(profile, &settings);
    let effective = base.load(workspace)?;
    let mut rows = Vec::new();
    for (change, step) in changes(key, &effective) {
        let own = [format!("{}={change}", key.name)];
        let changed = selection(profile, &[&settings[..], &own].concat());
        if changed.load(workspace).is_err() {
            continue;
        }
        let before = match bases.get(&name) {
            Some(sizes) => *sizes,
            None => {
                let sizes = sizes(workspace, &base)?;
                bases.insert(name.clone(), sizes);
                sizes
            }
        };
        // What does not link, for example for want of memory, has no cost.
        let Ok(after) = sizes(workspace, &changed) else {
            continue;
        };
        let delta = |place: usize| after[place] - before[place];
        rows.push(Cost {
            key: key.name.into(),
            change: format!("{} = {change}", key.name),
            over: name.clone(),
            boot_flash: delta(0),
            boot_ram: delta(1),
            secure_flash: delta(2),
            secure_ram: delta(3),
            step,
        });
        if matches!(key.kind, Kind::Count { .. } | Kind::Bytes) {
            break;
        }
    }
    Ok(rows)
}

fn selection(profile: &str, settings: &[String]) -> Selection {
    Selection {
        board: Some("an521".into()),
        profile: Some(profile.into()),
        files: Vec::new(),
        settings: settings.to_vec(),
    }
}

/// The changes of a key that are worth a figure, and by how much a number grows.
fn changes(key: &Key, effective: &Effective) -> Vec<(String, i64)> {
    let sections = ["stack.", "budget."];
    if key.belongs_to_board() || sections.iter().any(|section| key.name.starts_with(section)) {
        return Vec::new();
    }
    let Some(setting) = effective.setting(key.name) else {
        return Vec::new();
    };
    match (&setting.value, key.kind) {
        (Value::Flag(flag), _) => vec![((!flag).to_string(), 0)],
        (Value::Text(now), Kind::Choice(words)) => {
            let others = words.iter().filter(|word| **word != now);
            others.map(|word| (format!("\"{word}\""), 0)).collect()
        }
        (Value::Number(now), Kind::Count { .. }) => steps(*now, 1),
        (Value::Number(now), Kind::Bytes) => steps(*now, 64),
        _ => Vec::new(),
    }
}

/// The number with a step up, or down where up is not allowed.
fn steps(now: u64, step: i64) -> Vec<(String, i64)> {
    let steps = [step, -step];
    let moved = |step: i64| Some((now.checked_add_signed(step)?.to_string(), step));
    steps.into_iter().filter_map(moved).collect()
}

fn sizes(workspace: &Workspace, selection: &Selection) -> Result<Sizes> {
    let context = BuildContext::release(workspace, selection, false)?;
    let context = context.variant(selection, "costs")?;
    let footprints = footprints_of(&context.builder().secure_world()?)?;
    let of = |image: &str| {
        let found = footprints.iter().find(|(name, _)| *name == image);
        found.map_or([0, 0], |(_, footprint)| {
            [footprint.flash, footprint.ram].map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX))
        })
    };
    let ([boot_flash, boot_ram], [secure_flash, secure_ram]) = (of("boot"), of("secure"));
    Ok([boot_flash, boot_ram, secure_flash, secure_ram])
}
