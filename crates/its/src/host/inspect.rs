// SPDX-License-Identifier: Apache-2.0
//! Reports what a flash holds: sectors, objects and their owners, and damage. It uses the code of the
//! device and writes nothing.

use core::marker::PhantomData;
use std::{string::String, vec, vec::Vec};

use flash::{Flash, Geometry};

use crate::{
    configuration::{Configuration, Foreign},
    fit::is_supported,
    format::{identity::Identity, sector::Found},
    memory::{buffer::Buffer, index::Assets},
    store::Store,
};

/// More objects than this are not shown.
const MOST_OBJECTS: usize = 512;
const BUFFER_BYTES: usize = 512;

/// The role of a sector in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// New records are appended here.
    Newest,
    /// Its records count.
    InUse,
    /// It is free: it will be erased and filled again.
    Waiting,
    /// All of it is erased.
    Erased,
    /// It never belonged to the store, or its header is damaged.
    WithoutHeader,
    /// It belongs to a store of another version or geometry.
    Unknown,
}

/// A sector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sector {
    /// Its role in the store.
    pub role: Role,
    /// Its number in the log.
    pub sequence: Option<u32>,
    /// How often it was erased, by its header.
    pub erase_count: Option<u32>,
}

/// An object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its owner and uid; unknown if its header is damaged.
    pub identity: Option<Identity>,
    /// Sector in which it stands.
    pub sector: u32,
    /// Its creation flags.
    pub flags: u32,
    /// Its data; `None` if it is damaged.
    pub data: Option<Vec<u8>>,
}

/// All that an area holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The sectors in the order of the flash.
    pub sectors: Vec<Sector>,
    /// The objects in no particular order.
    pub objects: Vec<Object>,
    /// What is wrong, in words; empty for a sound store.
    pub problems: Vec<String>,
}

/// A flash that can only be read: to write to it is an error.
struct ReadOnly<'a, F>(&'a F);

impl<F: Flash> Flash for ReadOnly<'_, F> {
    fn geometry(&self) -> Geometry {
        self.0.geometry()
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), flash::Error> {
        self.0.read(offset_bytes, destination)
    }

    fn program(&mut self, _: usize, _: &[u8]) -> Result<(), flash::Error> {
        Err(flash::Error::Failed)
    }

    fn erase(&mut self, _: usize) -> Result<(), flash::Error> {
        Err(flash::Error::Failed)
    }
}

/// The largest store that can be shown.
struct LargestStore<'a, F>(PhantomData<&'a F>);

impl<'a, F: Flash> Configuration for LargestStore<'a, F> {
    type Flash = ReadOnly<'a, F>;
    type Assets = Assets<MOST_OBJECTS>;
    type Buffer = Buffer<BUFFER_BYTES>;
    const MAX_ASSET_BYTES: usize = usize::MAX;
    const FOREIGN: Foreign = Foreign::Refuse;
}

/// Reports what an area holds.
pub fn inspect(flash: &impl Flash) -> Report {
    let mut report = Report::default();
    if !is_supported(flash.geometry()) {
        report
            .problems
            .push("no geometry that a store can have".into());
        return report;
    }
    let mut store: Store<LargestStore<_>> = Store::new(ReadOnly(flash));
    let has_store = store.mount().is_ok();
    store.report_sectors(&mut report);
    let is_erased = report
        .sectors
        .iter()
        .all(|sector| sector.role == Role::Erased);
    if !has_store && !is_erased {
        let problem = "no store of this version and geometry, or too large a one";
        report.problems.push(problem.into());
    }
    store.report_objects(&mut report);
    report
}

impl<F: Flash> Store<LargestStore<'_, F>> {
    fn report_sectors(&self, report: &mut Report) {
        let layout = self.layout();
        for number in 0..layout.sector_count {
            let offset = number * layout.sector_bytes;
            let sector = match self.sector_header(offset) {
                Found::Header(header) => Sector {
                    role: match self.number_in_log(&Found::Header(header)) {
                        Some(_) if offset == self.newest_sector() => Role::Newest,
                        Some(_) => Role::InUse,
                        None => Role::Waiting,
                    },
                    sequence: Some(header.sequence),
                    erase_count: Some(header.erase_count),
                },
                found => Sector {
                    role: match found {
                        Found::Unknown => Role::Unknown,
                        _ if self.is_erased(offset, offset + layout.sector_bytes) => Role::Erased,
                        _ => Role::WithoutHeader,
                    },
                    sequence: None,
                    erase_count: None,
                },
            };
            report.sectors.push(sector);
        }
    }

    fn report_objects(&mut self, report: &mut Report) {
        let sector_bytes = self.layout().sector_bytes;
        for entry in self.entries() {
            let header = self.header(entry.slot);
            let is_lost = entry.extent.is_lost();
            let mut data = vec![];
            let mut transfer = self.transfer(entry.slot, entry.extent);
            while !is_lost && transfer.rest_bytes > 0 {
                match self.load(&mut transfer) {
                    Ok(part) => data.extend_from_slice(part),
                    Err(_) => break,
                }
            }
            let is_whole = !is_lost && header.is_some() && self.verify(&entry, &transfer).is_ok();
            let sector = entry.slot / sector_bytes;
            if !is_whole {
                let slot = entry.slot % sector_bytes;
                let problem = std::format!("damaged object: sector {sector}, slot at {slot:#x}");
                report.problems.push(problem);
            }
            report.objects.push(Object {
                identity: header.map(|header| header.identity),
                sector,
                flags: if is_lost {
                    0
                } else {
                    entry.extent.attributes()
                },
                data: is_whole.then_some(data),
            });
        }
    }
}
