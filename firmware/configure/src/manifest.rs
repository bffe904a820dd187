// SPDX-License-Identifier: Apache-2.0
//! The manifest of a partition (FF-M 1.1, "Secure Partition manifest"), one file in its folder.
//!
//! Two forms. Ours is TOML: every key is written out and no other is allowed. The reference's is
//! JSON or YAML (TF-M v1.6 to v2.3): its defaults hold, and the keys that say nothing to this
//! firmware are passed over (see [`keys`]). What is asked of a partition is the same in both.

mod fields;
pub mod keys;
mod reader;

pub(crate) use reader::MAXIMUM_STATELESS_HANDLE;

use crate::document;
use crate::problems::Problems;
use std::path::Path;

/// A value and the line of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Counted from one.
    pub line: usize,
}

/// `type`: which root of trust a partition belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartitionType {
    /// `PSA-ROT`.
    PsaRot,
    /// `APPLICATION-ROT`.
    ApplicationRot,
}

/// `priority`, which a firmware with a single secure context shows and does not use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// `HIGH`.
    High,
    /// `NORMAL`.
    Normal,
    /// `LOW`.
    Low,
}

/// `version_policy`: which versions a client may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionPolicy {
    /// `STRICT`: that of the service.
    Strict,
    /// `RELAXED`: that of the service, or an older one.
    Relaxed,
}

/// How a client reaches a service: `connection_based` and `stateless_handle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It connects first.
    Connection,
    /// By this handle, from 1 to 32.
    Stateless(u8),
    /// By a handle that `configure` gives.
    StatelessAuto,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// `name`, by which others depend on it.
    pub name: Placed<String>,
    /// `sid`.
    pub sid: Placed<u32>,
    /// `version`, from one.
    pub version: u32,
    /// `version_policy`.
    pub version_policy: VersionPolicy,
    /// `connection_based` and `stateless_handle`.
    pub access: Placed<Access>,
    /// `non_secure_clients`: whether the non-secure world may use it.
    pub non_secure_clients: bool,
    /// `mm_iovec`: whether the service may map vectors.
    pub mapped_vectors: bool,
}

/// A service that the partition calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// Name of the service.
    pub service: Placed<String>,
    /// Whether the partition does without where the service is missing.
    pub weak: bool,
}

/// A manifest, each value within its limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The file, as messages name it.
    pub file: String,
    /// `name`.
    pub name: Placed<String>,
    /// `type`.
    pub partition_type: PartitionType,
    /// `priority`.
    pub priority: Priority,
    /// `pid`: its client id when it calls a service.
    pub id: Option<Placed<i32>>,
    /// `stack_size`: the most that a call to it takes of the stack, in bytes. `None` where a
    /// manifest of the reference names a macro instead.
    pub stack_bytes: Option<u64>,
    /// `services`, at least one.
    pub services: Vec<Service>,
    /// `dependencies` and `weak_dependencies`.
    pub dependencies: Vec<Dependency>,
    /// `rust_type`: the type of the partition's state. In scope are `Board`, `Configured` and the
    /// crates that the package of the image depends on.
    pub rust_type: Option<String>,
    /// `rust_state`: the state at start, an expression. `areas` is in scope too: what the board has
    /// for the partitions (`firmware::Areas`).
    pub rust_state: Option<String>,
}

/// Which keys and which defaults hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Own,
    Reference,
}

impl PartitionType {
    /// The word of the manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::PsaRot => "PSA-ROT",
            Self::ApplicationRot => "APPLICATION-ROT",
        }
    }
}

impl Priority {
    /// The word of the manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::High => "HIGH",
            Self::Normal => "NORMAL",
            Self::Low => "LOW",
        }
    }
}

impl VersionPolicy {
    /// The word of the manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strict => "STRICT",
            Self::Relaxed => "RELAXED",
        }
    }
}

/// Reads the text of a manifest; `file` is its name in messages, and its end says its form.
pub fn parse(file: &str, text: &str) -> Result<Manifest, Problems> {
    let end = Path::new(file).extension().unwrap_or_default();
    let (form, document) = match end.to_str() {
        Some("toml") => (Form::Own, document::from_toml(file, text)?),
        Some("json" | "yaml" | "yml") => (Form::Reference, document::from_yaml(file, text)?),
        _ => {
            return Err(Problems::one(format!(
                "{file}: a manifest ends in .toml (ours), .json, .yaml or .yml (the reference's)"
            )));
        }
    };
    reader::read(file, form, &document)
}

#[cfg(test)]
mod tests;
