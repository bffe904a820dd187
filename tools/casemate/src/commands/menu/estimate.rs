// SPDX-License-Identifier: Apache-2.0
//! What a choice is estimated to take: the measured size of the profile and the measured cost of each
//! change. Costs of several changes overlap, so the sum is near the truth and not it.

use configure::schema::{self, Kind};
use configure::{Effective, Value, costs};
use std::collections::BTreeMap;

/// Bytes of flash and RAM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// Flash of the secure image.
    pub secure_flash: i64,
    /// RAM of the secure image.
    pub secure_ram: i64,
    /// Flash of the boot ROM.
    pub boot_flash: i64,
    /// RAM of the boot ROM.
    pub boot_ram: i64,
    /// How many changes have no measured cost.
    pub unknown: usize,
}

impl Estimate {
    fn add(&mut self, cost: &costs::Cost, times: i64, of: i64) {
        let scaled = |bytes: i64| bytes * times / of;
        self.secure_flash += scaled(cost.secure_flash);
        self.secure_ram += scaled(cost.secure_ram);
        self.boot_flash += scaled(cost.boot_flash);
        self.boot_ram += scaled(cost.boot_ram);
    }
}

/// The estimate for `overrides`, values as TOML, over the configuration `without` of a profile that was
/// measured.
pub fn estimate(
    profile: &str,
    without: &Effective,
    overrides: &BTreeMap<&'static str, String>,
) -> Option<Estimate> {
    let mut sum = Estimate::default();
    sum.add(&costs::base(profile)?, 1, 1);
    for (name, value) in overrides {
        let costs = costs::of(name);
        let exact = format!("{name} = {value}");
        let kind = schema::find(name)?.kind;
        let linear = costs.first().filter(|cost| cost.step != 0);
        let before = without.setting(name).map(|setting| &setting.value);
        if let (Some(cost), Some(Value::Number(before))) = (linear, before) {
            if let Ok(Value::Number(now)) = Value::parse(value, kind) {
                let difference = now.cast_signed() - before.cast_signed();
                sum.add(cost, difference, cost.step);
            }
        } else if let Some(cost) = costs.iter().find(|cost| cost.change == exact) {
            sum.add(cost, 1, 1);
        } else if let (Kind::Switch, Some(cost)) = (kind, costs.first()) {
            // Measured the other way round.
            sum.add(cost, -1, 1);
        } else {
            sum.unknown += 1;
        }
    }
    Some(sum)
}
