// SPDX-License-Identifier: Apache-2.0
//! What no two partitions or services may share: names, partition ids, service ids, handles.

use super::Listed;
use crate::manifest::{Access, Service};
use crate::problems::Problems;
use std::collections::BTreeMap;

pub(super) fn check(all: &[Listed], problems: &mut Problems) {
    let mut names = Seen::new("name");
    let mut ids = Seen::new("pid");
    for listed in all {
        let name = &listed.manifest.name;
        names.see(name.value.clone(), listed, name.line, problems);
        let line = listed.manifest.id.as_ref().map_or(name.line, |id| id.line);
        ids.see(listed.id.to_string(), listed, line, problems);
    }
    let mut names = Seen::new("name");
    let mut sids = Seen::new("sid");
    let mut handles = Seen::new("stateless_handle");
    for (listed, service) in services(all) {
        let Service {
            name, sid, access, ..
        } = service;
        names.see(name.value.clone(), listed, name.line, problems);
        sids.see(format!("{:#010x}", sid.value), listed, sid.line, problems);
        if let Access::Stateless(handle) = access.value {
            handles.see(handle.to_string(), listed, access.line, problems);
        }
    }
}

fn services(all: &[Listed]) -> impl Iterator<Item = (&Listed, &Service)> {
    all.iter().flat_map(|listed| {
        let services = listed.manifest.services.iter();
        services.map(move |service| (listed, service))
    })
}

/// The values of one key and the place of each.
struct Seen {
    key: &'static str,
    places: BTreeMap<String, String>,
}

impl Seen {
    fn new(key: &'static str) -> Self {
        Self {
            key,
            places: BTreeMap::new(),
        }
    }

    fn see(&mut self, value: String, listed: &Listed, line: usize, problems: &mut Problems) {
        let place = listed.at(line);
        if let Some(first) = self.places.get(&value) {
            let key = self.key;
            problems.add(format!("{place}: `{key}` {value} is taken at {first}"));
        } else {
            self.places.insert(value, place);
        }
    }
}
