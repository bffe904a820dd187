// SPDX-License-Identifier: Apache-2.0
//! The partitions of a firmware and their services, as tables or as an object.

use anyhow::Result;
use builder::{report, table};
use configure::partitions::{Partition, Service};
use serde_json::{Value, json};

const PARTITIONS: &[&str] = &[
    "partition",
    "module",
    "id",
    "type",
    "priority",
    "stack",
    "calls",
];
const SERVICES: &[&str] = &[
    "service",
    "partition",
    "sid",
    "version",
    "reached by",
    "clients",
];

/// Two tables: partitions in their order, then services.
pub fn print_tables(partitions: &[Partition]) {
    let rows: Vec<Vec<String>> = partitions.iter().map(partition_row).collect();
    table::print(&head(PARTITIONS), &rows);
    report::say("");
    let services = partitions.iter().flat_map(|partition| {
        let services = partition.services.iter();
        services.map(|service| service_row(partition, service))
    });
    table::print(&head(SERVICES), &services.collect::<Vec<_>>());
}

/// One object with a list.
pub fn print_json(partitions: &[Partition]) -> Result<()> {
    let partitions: Vec<Value> = partitions.iter().map(object).collect();
    report::say_json(&json!({ "partitions": partitions }))
}

fn head(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

fn partition_row(partition: &Partition) -> Vec<String> {
    let names = partition.dependencies.iter().map(|(name, _)| name.as_str());
    let names: Vec<&str> = names.collect();
    vec![
        partition.name.clone(),
        partition.module.clone(),
        partition.id.to_string(),
        partition.partition_type.word().into(),
        partition.priority.word().into(),
        partition
            .stack_bytes
            .map_or("-".into(), |bytes| bytes.to_string()),
        if names.is_empty() {
            "-".into()
        } else {
            names.join(", ")
        },
    ]
}

fn service_row(partition: &Partition, service: &Service) -> Vec<String> {
    let version = format!("{} {}", service.version, service.version_policy.word());
    let handle = |handle| format!("handle {handle}");
    let worlds = if service.non_secure_clients {
        "both worlds"
    } else {
        "secure"
    };
    vec![
        service.name.clone(),
        partition.name.clone(),
        format!("{:#010x}", service.sid),
        version,
        service.stateless_handle.map_or("connection".into(), handle),
        worlds.into(),
    ]
}

fn object(partition: &Partition) -> Value {
    let services = partition.services.iter().map(|service| {
        json!({
            "name": service.name,
            "sid": service.sid,
            "version": service.version,
            "version_policy": service.version_policy.word(),
            "connection_based": service.stateless_handle.is_none(),
            "stateless_handle": service.stateless_handle,
            "non_secure_clients": service.non_secure_clients,
        })
    });
    let dependencies = partition.dependencies.iter().map(|(name, _)| name.as_str());
    json!({
        "name": partition.name,
        "module": partition.module,
        "manifest": partition.manifest,
        "pid": partition.id,
        "type": partition.partition_type.word(),
        "priority": partition.priority.word(),
        "stack_size": partition.stack_bytes,
        "services": services.collect::<Vec<_>>(),
        "dependencies": dependencies.collect::<Vec<_>>(),
    })
}
