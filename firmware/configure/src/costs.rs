// SPDX-License-Identifier: Apache-2.0
//! What a key costs: measured by `cargo xtask costs`, which writes `costs.json`.

use serde_json::{Value, json};

/// By how many bytes the images grow when one key alone is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The key.
    pub key: String,
    /// The change, for example `crypto.psa_want_alg_gcm = true`.
    pub change: String,
    /// The profile that it was measured over, and settings of that behind commas.
    pub over: String,
    /// Flash of the boot ROM.
    pub boot_flash: i64,
    /// RAM of the boot ROM.
    pub boot_ram: i64,
    /// Flash of the secure image.
    pub secure_flash: i64,
    /// RAM of the secure image.
    pub secure_ram: i64,
    /// By how much a number is changed for the costs above; for switches and words 0.
    pub step: i64,
}

impl Cost {
    /// Image, memory and bytes of each figure.
    pub fn deltas(&self) -> [(&'static str, &'static str, i64); 4] {
        [
            ("secure", "flash", self.secure_flash),
            ("secure", "RAM", self.secure_ram),
            ("boot ROM", "flash", self.boot_flash),
            ("boot ROM", "RAM", self.boot_ram),
        ]
    }

    /// The row of the file.
    pub fn to_json(&self) -> Value {
        json!({
            "key": self.key,
            "change": self.change,
            "over": self.over,
            "step": self.step,
            "secure_flash_bytes": self.secure_flash,
            "secure_ram_bytes": self.secure_ram,
            "boot_flash_bytes": self.boot_flash,
            "boot_ram_bytes": self.boot_ram,
        })
    }
}

/// What all of the profile takes, in the place of what it grows by.
pub fn base(profile: &str) -> Option<Cost> {
    let mut costs = all().into_iter();
    costs.find(|cost| cost.key == PROFILE && cost.over == profile)
}

/// What stands in the place of a key in the row of a whole profile.
pub const PROFILE: &str = "profile";

/// The costs of a key that were measured: one for each change.
pub fn of(key: &str) -> Vec<Cost> {
    let mut costs = all();
    costs.retain(|cost| cost.key == key);
    costs
}

/// All costs that were measured.
pub fn all() -> Vec<Cost> {
    parse(include_str!("costs.json"))
}

/// The costs in the text of such a file.
pub fn parse(text: &str) -> Vec<Cost> {
    let rows: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    let number = |row: &Value, name: &str| row[name].as_i64().unwrap_or(0);
    let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let of = |row: &Value| Cost {
        key: text(row, "key"),
        change: text(row, "change"),
        over: text(row, "over"),
        boot_flash: number(row, "boot_flash_bytes"),
        boot_ram: number(row, "boot_ram_bytes"),
        secure_flash: number(row, "secure_flash_bytes"),
        secure_ram: number(row, "secure_ram_bytes"),
        step: number(row, "step"),
    };
    rows.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn every_cost_is_of_a_key_and_stands_once() {
        let costs = all();
        for (place, cost) in costs.iter().enumerate() {
            let is_known = cost.key == PROFILE || schema::find(&cost.key).is_some();
            assert!(is_known, "{}", cost.key);
            assert!(
                costs[..place]
                    .iter()
                    .all(|other| other.change != cost.change)
            );
            assert!(cost.change.starts_with(&cost.key), "{}", cost.change);
            assert_eq!(cost.to_json()["key"], cost.key);
        }
    }
}
