// SPDX-License-Identifier: Apache-2.0
//! Flash and RAM of the secure images, and the budgets of the profile.

use super::{Builder, SecureWorld};
use crate::workspace::read;
use anyhow::Result;
use configure::Effective;
use footprint::budget::Budget;
use footprint::component::ComponentMap;
use footprint::fields::Fields;
use footprint::size::{Footprint, measure};
use std::path::Path;

/// An image's name and what it costs.
pub type Footprints = Vec<(&'static str, Footprint)>;

/// Each secure image's name and what it costs.
pub fn footprints_of(world: &SecureWorld) -> Result<Footprints> {
    measure_images(world.images(), &Fields::default())
}

/// The same, with the RAM of the secure image taken apart; that takes one more build.
pub fn detailed_footprints(builder: &Builder<'_>, world: &SecureWorld) -> Result<Footprints> {
    let objects = read(&builder.described_objects()?)?;
    measure_images(world.images(), &Fields::read(&objects)?)
}

/// Measures images by their names: the boot ROM, if there is one, and the secure image.
pub fn measure_images(images: Vec<(&'static str, &Path)>, fields: &Fields) -> Result<Footprints> {
    let map = ComponentMap::default();
    let measured = images.into_iter();
    measured
        .map(|(image, file)| Ok((image, measure(&read(file)?, &map, fields)?)))
        .collect()
}

/// What an image may take beyond its limit where a key has a certain value: image, key, value, and
/// the name of the allowance.
const ALLOWANCES: [[&str; 4]; 7] = [
    ["boot", "boot.signature", "ecdsa_p256", "ecdsa_p256_bytes"],
    ["boot", "boot.signature", "ed25519", "ed25519_bytes"],
    ["boot", "boot.key", "builtin", "builtin_bytes"],
    ["boot", "boot.keys", "2", "second_key_bytes"],
    ["secure", "test.secure", "true", "test_bytes"],
    ["boot", "boot.image_number", "2", "second_image_bytes"],
    ["boot", "boot.image_number", "2", "second_image_ram_bytes"],
];

/// The limits that the profile sets for an image.
pub fn budget(effective: &Effective, image: &str) -> Budget {
    let limit = |name: &str| Some(effective.number(&format!("budget.{image}.{name}")));
    let allowed = ALLOWANCES.into_iter().filter(|[of_image, key, value, _]| {
        let is_chosen = effective.settings().any(|setting| {
            let chosen = setting.value.to_toml(setting.key.kind);
            setting.key.name == *key && chosen.trim_matches('"') == *value
        });
        *of_image == image && is_chosen
    });
    let is_ram = |[.., name]: &[&'static str; 4]| name.ends_with("_ram_bytes");
    let (ram, flash): (Vec<_>, Vec<_>) = allowed.partition(is_ram);
    let more = |names: &[[&'static str; 4]]| -> u64 {
        names.iter().filter_map(|[.., name]| limit(name)).sum()
    };
    Budget {
        flash_bytes: limit("flash_bytes").map(|bytes| bytes + more(&flash)),
        ram_bytes: limit("ram_bytes").map(|bytes| bytes + more(&ram)),
    }
}

/// Fails when an image takes more than its budget.
pub fn check_budgets(effective: &Effective, footprints: &[(&str, Footprint)]) -> Result<()> {
    for (image, footprint) in footprints {
        budget(effective, image).check(&format!("budget.{image}"), footprint)?;
    }
    Ok(())
}
