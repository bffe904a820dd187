// SPDX-License-Identifier: Apache-2.0
//! What manifests leave open: handles of stateless services, ids of partitions.

use super::{Listed, Partition, Service, owner};
use crate::manifest::MAXIMUM_STATELESS_HANDLE;
use crate::manifest::{Access, Dependency, Manifest};
use crate::problems::Problems;
use std::collections::BTreeSet;

/// Ids that are made from names lie above all that manifests name.
const MADE_IDS: u32 = 0x4000_0000;

/// The id of a partition whose manifest names none: the same whatever else the profile lists, so
/// that what the partition has stored stays its own (FNV-1a of the name).
pub(super) fn id(name: &str) -> i32 {
    let hash = name.bytes().fold(0x811C_9DC5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (MADE_IDS | hash & (MADE_IDS - 1)) as i32
}

/// The partitions, each stateless service with its handle: "auto" takes the lowest that is free,
/// in order of partitions and then of the manifest.
pub(super) fn partitions(all: &[Listed]) -> Result<Vec<Partition>, Problems> {
    let services = all.iter().flat_map(|listed| &listed.manifest.services);
    let mut taken: BTreeSet<u8> = services
        .filter_map(|service| match service.access.value {
            Access::Stateless(handle) => Some(handle),
            _ => None,
        })
        .collect();
    let mut problems = Problems::default();
    let partition = |listed| partition(all, listed, &mut taken, &mut problems);
    let partitions = all.iter().map(partition).collect();
    problems.or(partitions)
}

fn partition(
    all: &[Listed],
    listed: &Listed,
    taken: &mut BTreeSet<u8>,
    problems: &mut Problems,
) -> Partition {
    let Manifest {
        name,
        partition_type,
        priority,
        stack_bytes,
        services,
        dependencies,
        rust_type,
        rust_state,
        ..
    } = &listed.manifest;
    let services = services.iter().map(|service| {
        let stateless_handle = match service.access.value {
            Access::Connection => None,
            Access::Stateless(handle) => Some(handle),
            Access::StatelessAuto => {
                let handle = (1..=MAXIMUM_STATELESS_HANDLE).find(|handle| taken.insert(*handle));
                if handle.is_none() {
                    let place = listed.at(service.access.line);
                    problems.add(format!(
                        "{place}: `stateless_handle`: all {MAXIMUM_STATELESS_HANDLE} are taken"
                    ));
                }
                handle
            }
        };
        Service {
            name: service.name.value.clone(),
            sid: service.sid.value,
            version: service.version,
            version_policy: service.version_policy,
            stateless_handle,
            non_secure_clients: service.non_secure_clients,
            mapped_vectors: service.mapped_vectors,
        }
    });
    Partition {
        module: listed.line.module.clone(),
        manifest: listed.line.manifest.clone(),
        name: name.value.clone(),
        partition_type: *partition_type,
        priority: *priority,
        id: listed.id,
        stack_bytes: *stack_bytes,
        services: services.collect(),
        dependencies: known(all, dependencies),
        rust: rust_type.clone().zip(rust_state.clone()).map(Into::into),
    }
}

/// Name and id of each service that is there, once.
fn known(all: &[Listed], dependencies: &[Dependency]) -> Vec<(String, u32)> {
    let mut known = Vec::new();
    for dependency in dependencies {
        let name = &dependency.service.value;
        let services = owner(all, dependency).map(|index| all[index].manifest.services.iter());
        let found = services.and_then(|mut services| services.find(|own| own.name.value == *name));
        if let Some(service) = found
            && known.iter().all(|(_, sid)| *sid != service.sid.value)
        {
            known.push((name.clone(), service.sid.value));
        }
    }
    known
}
