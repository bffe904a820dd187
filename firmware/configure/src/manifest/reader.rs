// SPDX-License-Identifier: Apache-2.0
//! From a document to a manifest: every mistake is told, each with file, line and key.

use super::fields::{Fields, Reader};
use super::{
    Access, Dependency, Form, Manifest, PartitionType, Placed, Priority, Service, VersionPolicy,
    keys,
};
use crate::document::{Content, Node};
use crate::problems::Problems;

/// Versions are counted from one; a stateless handle has room for eight bits of them.
const MAXIMUM_STATELESS_VERSION: u64 = 0xFF;
/// As in the reference: handles from 1 to 32.
pub(crate) const MAXIMUM_STATELESS_HANDLE: u8 = 32;

pub(super) fn read(file: &str, form: Form, document: &Node) -> Result<Manifest, Problems> {
    let mut reader = Reader {
        file,
        form,
        problems: Problems::default(),
    };
    match reader.partition(document) {
        Some(manifest) => reader.problems.or(manifest),
        None => Err(reader.problems),
    }
}

impl Reader<'_> {
    fn partition(&mut self, document: &Node) -> Option<Manifest> {
        let table = self.fields(document, keys::PARTITION, keys::REFERENCE_PARTITION)?;
        let name = self.name(table);
        let partition_type = self.word(table, "type", None, PARTITION_TYPES);
        let priority = self.word(
            table,
            "priority",
            self.default(Priority::Normal),
            PRIORITIES,
        );
        self.model(table);
        self.no_interrupts(table);
        let id = table.find("pid").map(|_| {
            let most = i32::MAX.unsigned_abs().into();
            let id = self.number(table, "pid", None, 1, most)?;
            Some(id.map(|id| id as i32))
        });
        if id.is_none() && self.form == Form::Own {
            self.wrong(table.line, "`pid` is missing");
        }
        let stack_bytes = self.stack(table);
        let services = self.services(table);
        let mut dependencies = self.dependencies(table, "dependencies", false);
        dependencies.extend(self.dependencies(table, "weak_dependencies", true));
        Some(Manifest {
            file: self.file.into(),
            name: name?,
            partition_type: partition_type?.value,
            priority: priority?.value,
            id: match id {
                Some(id) => Some(id?),
                None => None,
            },
            stack_bytes: stack_bytes?,
            services: services?,
            dependencies,
            rust_type: self.rust(table, "rust_type"),
            rust_state: self.rust(table, "rust_state"),
        })
    }

    fn service(&mut self, node: &Node) -> Option<Service> {
        let table = self.fields(node, keys::SERVICE, keys::REFERENCE_SERVICE)?;
        let name = self.name(table);
        let sid = self.number(table, "sid", None, 0, u32::MAX.into());
        let connection_based = self.flag(table, "connection_based", self.default(true));
        let access = connection_based.and_then(|flag| self.access(table, flag));
        let stateless = connection_based == Some(false);
        let most = if stateless {
            MAXIMUM_STATELESS_VERSION
        } else {
            u32::MAX.into()
        };
        let version = self.number(table, "version", self.default(1), 1, most);
        let policy = self.default(VersionPolicy::Strict);
        let version_policy = self.word(table, "version_policy", policy, VERSION_POLICIES);
        let non_secure_clients = self.flag(table, "non_secure_clients", None);
        // Left out in both forms it is off, as FF-M says.
        let mapped_vectors = self.word(table, "mm_iovec", Some(false), MAPPED_VECTORS);
        Some(Service {
            name: name?,
            sid: sid?.map(|sid| sid as u32),
            version: version?.value as u32,
            version_policy: version_policy?.value,
            access: access?,
            non_secure_clients: non_secure_clients?,
            mapped_vectors: mapped_vectors?.value,
        })
    }

    fn name(&mut self, table: Fields<'_>) -> Option<Placed<String>> {
        let expected = "a name of letters, digits and underscores";
        self.get(table, "name", None, expected, |content| {
            content.identifier().map(Into::into)
        })
    }

    /// Rust that is taken over as it is; whoever generates the table asks for it.
    fn rust(&mut self, table: Fields<'_>, key: &str) -> Option<String> {
        table.find(key)?;
        let taken = self.get(
            table,
            key,
            None,
            "Rust in quotes",
            |content| match content {
                Content::Text(text) if !text.trim().is_empty() => Some(text.clone()),
                _ => None,
            },
        );
        taken.map(|placed| placed.value)
    }

    /// Partitions with threads of their own can't be served.
    fn model(&mut self, table: Fields<'_>) {
        let words: &[(&str, ())] = match self.form {
            Form::Own => &[("SFN", ())],
            Form::Reference => &[("SFN", ()), ("dual", ())],
        };
        self.word(table, "model", None, words);
    }

    fn no_interrupts(&mut self, table: Fields<'_>) {
        if let Some(entry) = table.find("irqs")
            && entry.value.content != Content::List(Vec::new())
            && self.form == Form::Reference
        {
            self.wrong(
                entry.line,
                "`irqs` must be empty: no partition owns an interrupt here",
            );
        }
    }

    /// The inner `None` is a macro of the reference's build.
    fn stack(&mut self, table: Fields<'_>) -> Option<Option<u64>> {
        let may_be_macro = self.form == Form::Reference;
        let expected = "a size in bytes of at most 32 bits";
        let taken = self.get(
            table,
            "stack_size",
            None,
            expected,
            |content| match content.number() {
                Some(bytes) => (bytes <= u32::MAX.into()).then_some(Some(bytes)),
                None if may_be_macro => content.identifier().map(|_| None),
                None => None,
            },
        );
        taken.map(|placed| placed.value)
    }

    fn access(&mut self, table: Fields<'_>, connection_based: bool) -> Option<Placed<Access>> {
        if !connection_based {
            let default = self.default(Access::StatelessAuto);
            let expected = format!("a number from 1 to {MAXIMUM_STATELESS_HANDLE} or \"auto\"");
            return self.get(table, "stateless_handle", default, &expected, |content| {
                if content.is("auto") {
                    return Some(Access::StatelessAuto);
                }
                let handle = u8::try_from(content.number()?).ok()?;
                let known = (1..=MAXIMUM_STATELESS_HANDLE).contains(&handle);
                known.then_some(Access::Stateless(handle))
            });
        }
        if let Some(entry) = table.find("stateless_handle") {
            let text = "`stateless_handle` is for services that are not `connection_based`";
            self.wrong(entry.line, text);
        }
        Some(Placed {
            value: Access::Connection,
            line: table.line,
        })
    }

    fn services(&mut self, table: Fields<'_>) -> Option<Vec<Service>> {
        let expected = "a list of at least one service";
        let found = self.get(table, "services", None, expected, |content| match content {
            Content::List(items) if !items.is_empty() => Some(items.clone()),
            _ => None,
        })?;
        let services = found.value.iter().map(|item| self.service(item));
        // Every service is read, so that every mistake is told.
        let services: Vec<Option<Service>> = services.collect();
        services.into_iter().collect()
    }

    fn dependencies(&mut self, table: Fields<'_>, key: &str, weak: bool) -> Vec<Dependency> {
        let expected = "a list of names of services";
        let found = self.get(
            table,
            key,
            Some(Vec::new()),
            expected,
            |content| match content {
                Content::List(items) => items
                    .iter()
                    .map(|item| {
                        let value = item.content.identifier()?.into();
                        Some(Placed {
                            value,
                            line: item.line,
                        })
                    })
                    .collect(),
                _ => None,
            },
        );
        let services = found.map_or(Vec::new(), |placed| placed.value);
        let dependency = |service| Dependency { service, weak };
        services.into_iter().map(dependency).collect()
    }
}

const PARTITION_TYPES: &[(&str, PartitionType)] = &[
    ("PSA-ROT", PartitionType::PsaRot),
    ("APPLICATION-ROT", PartitionType::ApplicationRot),
];
const PRIORITIES: &[(&str, Priority)] = &[
    ("HIGH", Priority::High),
    ("NORMAL", Priority::Normal),
    ("LOW", Priority::Low),
];
const MAPPED_VECTORS: &[(&str, bool)] = &[("enable", true), ("disable", false)];
const VERSION_POLICIES: &[(&str, VersionPolicy)] = &[
    ("STRICT", VersionPolicy::Strict),
    ("RELAXED", VersionPolicy::Relaxed),
];
