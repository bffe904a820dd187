// SPDX-License-Identifier: Apache-2.0
//! Who depends on whom: services that exist, no circle, the longest way.

use super::{Listed, Partition, owner};
use crate::nearest::nearest;
use crate::problems::Problems;

pub(super) fn dependencies_exist(all: &[Listed], problems: &mut Problems) {
    let services = || {
        let services = all.iter().flat_map(|listed| &listed.manifest.services);
        services.map(|service| service.name.value.as_str())
    };
    for listed in all {
        let strong = listed
            .manifest
            .dependencies
            .iter()
            .filter(|dependency| !dependency.weak);
        for dependency in strong.filter(|dependency| owner(all, dependency).is_none()) {
            let service = &dependency.service.value;
            let meant = nearest(service, services()).unwrap_or_default();
            problems.add(format!(
                "{}: `dependencies` of `partitions.{}`, listed at {}, names the service \
                 {service}, which no listed partition offers; the nearest is {meant}",
                listed.at(dependency.service.line),
                listed.line.module,
                listed.line.origin,
            ));
        }
    }
}

/// Puts each partition behind those that it depends on, lower ids first.
pub(super) fn sort(all: &mut Vec<Listed>) -> Result<(), Problems> {
    all.sort_by_key(|listed| listed.id);
    let mut rest: Vec<usize> = (0..all.len()).collect();
    let mut order: Vec<usize> = Vec::new();
    while !rest.is_empty() {
        let free = |index: &usize| owners(all, *index).iter().all(|on| order.contains(on));
        let Some(place) = rest.iter().position(free) else {
            return Err(circle(all, &rest));
        };
        order.push(rest.remove(place));
    }
    let mut rank = vec![0; order.len()];
    order
        .iter()
        .enumerate()
        .for_each(|(at, index)| rank[*index] = at);
    let mut ranked: Vec<(usize, Listed)> = rank.into_iter().zip(all.drain(..)).collect();
    ranked.sort_by_key(|(at, _)| *at);
    all.extend(ranked.into_iter().map(|(_, listed)| listed));
    Ok(())
}

/// The partitions that a partition depends on.
fn owners(all: &[Listed], index: usize) -> Vec<usize> {
    let dependencies = all[index].manifest.dependencies.iter();
    dependencies
        .filter_map(|dependency| owner(all, dependency))
        .collect()
}

/// Walks from any partition that waits to one that it waits for, until one comes again.
fn circle(all: &[Listed], waiting: &[usize]) -> Problems {
    let mut way = vec![waiting[0]];
    loop {
        let last = way[way.len() - 1];
        let on = owners(all, last);
        let next = on
            .into_iter()
            .find(|index| waiting.contains(index))
            .unwrap_or(last);
        if let Some(start) = way.iter().position(|index| *index == next) {
            way.push(next);
            let names: Vec<&str> = way[start..]
                .iter()
                .map(|index| all[*index].name())
                .collect();
            let first = &all[next];
            let line = first.manifest.dependencies.first();
            let line = line.map_or(1, |dependency| dependency.service.line);
            return Problems::one(format!(
                "{}: `dependencies` go round in a circle: {}",
                first.at(line),
                names.join(" -> ")
            ));
        }
        way.push(next);
    }
}

/// The greatest sum of stack sizes along dependencies, and the partitions on that way.
pub(crate) fn deepest(partitions: &[Partition]) -> (u64, Vec<String>) {
    let mut ways: Vec<(u64, Vec<String>)> = Vec::new();
    for partition in partitions {
        let offers = |other: &Partition| {
            let mut services = other.services.iter();
            services.any(|own| {
                partition
                    .dependencies
                    .iter()
                    .any(|(_, sid)| *sid == own.sid)
            })
        };
        // Dependencies stand before those that depend on them.
        let below = partitions
            .iter()
            .zip(&ways)
            .filter(|(other, _)| offers(other));
        let (bytes, way) = below
            .map(|(_, way)| way)
            .max_by_key(|(bytes, _)| *bytes)
            .cloned()
            .unwrap_or_default();
        let shown = format!(
            "{} ({})",
            partition.name,
            partition.stack_bytes.unwrap_or(0)
        );
        let way = std::iter::once(shown).chain(way).collect();
        ways.push((partition.stack_bytes.unwrap_or(0) + bytes, way));
    }
    ways.into_iter()
        .max_by_key(|(bytes, _)| *bytes)
        .unwrap_or_default()
}
