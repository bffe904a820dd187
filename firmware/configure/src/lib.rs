// SPDX-License-Identifier: Apache-2.0
//! From the TOML that a user edits to the constants and linker fragments that a build uses.
//!
//! Principles: a value is set in exactly one place and remembers which; everything else is
//! derived. Layers, the last one wins: `profiles/base.toml`, the profile (and what it
//! inherits), the board's `board.toml`, the `casemate.toml` of a product, extra files, `key=value`
//! of the command line. The keys are those of [`schema::KEYS`] and no others; a mistake is an error that names file,
//! line, key and the nearest key that exists.
//!
//! The table `[partitions]` of a profile lists manifests instead of values: [`manifest`] reads
//! one, [`partitions`] checks them against each other, and a board takes in the table that comes
//! out as Rust.

pub mod areas;
mod boards;
mod boot_loader;
pub mod build_script;
mod call_depth;
mod contradictions;
pub mod costs;
pub mod derive;
mod document;
pub mod effective;
mod emit_configuration;
pub mod emit_linker;
mod emit_partitions;
mod emit_rust;
mod excluded;
pub mod gates;
mod layer;
mod layout;
mod link;
pub mod manifest;
mod merge;
mod nearest;
mod packages;
pub mod partitions;
mod persistent_keys;
mod places;
mod problems;
pub mod product;
mod product_keys;
pub mod reference;
pub mod schema;
pub mod stacks;
mod storage;
mod two_images;
mod value;

pub use effective::{Effective, Setting};
pub use merge::{Defaults, Request, defaults, load, resolved};
pub use nearest::nearest;
pub use packages::version as package_version;
pub use partitions::is_module_name;
pub use places::Places;
pub use problems::Problems;
pub use product::Product;
pub use value::{Value, expected};

#[cfg(test)]
mod tests;
