// SPDX-License-Identifier: Apache-2.0
//! The image under test: four partitions and what they offer, in the form in which the
//! configuration of a board emits it.

use std::{
    cell::{Cell, RefCell, RefMut},
    rc::Rc,
};

use psa::{ClientId, Status};
use spm::{
    Call, Connection, DeviceControl, Partitions, SecureClient, Service, ServiceTable, Spm, System,
    VersionPolicy, fake::FakeMemory,
};

use super::partition::{Recorder, Seen};
use crate::Model;

/// Partitions, by index. Each depends on those before it.
pub const LEAF: u8 = 0;
pub const MIDDLE: u8 = 1;
pub const TOP: u8 = 2;
pub const BROKEN: u8 = 3;

/// Stateless services.
pub const STRICT: u8 = 1;
pub const RELAXED: u8 = 2;
pub const SECURE_ONLY: u8 = 3;
pub const FORWARDING: u8 = 4;
pub const UNAVAILABLE: u8 = 5;
pub const UNMAPPED: u8 = 32;
/// Services with connections, strict but the second.
pub const CONNECTED_SID: u32 = 0x1010;
pub const RELAXED_CONNECTED_SID: u32 = 0x1011;
pub const SECURE_CONNECTED_SID: u32 = 0x1012;
pub const UNAVAILABLE_CONNECTED_SID: u32 = 0x1013;
pub const VERSION: u32 = 3;

pub const LIFECYCLE_STATE: u32 = 0x3000;
/// Where the operating system of the other world keeps its thread.
pub const CLIENT_ID_WORD: u32 = 0x2800_0FF0;

pub const CONNECTIONS: usize = 5;
pub const CONNECTIONS_PER_CLIENT: usize = 3;

/// Id of a partition as a client.
pub const fn id(partition: u8) -> ClientId {
    ClientId::new(256 + partition as i32)
}

pub const fn sid(stateless_handle: u8) -> u32 {
    0x1000 + stateless_handle as u32
}

pub struct Image;

impl System for Image {
    type Memory = FakeMemory;
    type Partitions = Services;
    type Backend = Model;
    type Device = Board;
    type Connections = [Connection; CONNECTIONS];
    const CONNECTIONS_PER_CLIENT: u32 = CONNECTIONS_PER_CLIENT as u32;
    const CLIENT_ID_WORD: Option<u32> = Some(CLIENT_ID_WORD);
}

pub struct Board;

impl DeviceControl for Board {
    fn lifecycle_state(&self) -> u32 {
        LIFECYCLE_STATE
    }

    fn panic(&self) -> ! {
        panic!("a partition has failed")
    }
}

/// What the partitions share for the sake of the tests.
pub struct Shared {
    pub seen: RefCell<Vec<Seen>>,
    /// What a partition answers when a client connects.
    pub connect_answer: Cell<Status>,
}

pub struct Services {
    pub shared: Rc<Shared>,
    partitions: [RefCell<Recorder>; 4],
}

impl Services {
    pub fn new() -> Self {
        let shared = Rc::new(Shared {
            seen: RefCell::default(),
            connect_answer: Cell::new(Status::SUCCESS),
        });
        let partition = |index| RefCell::new(Recorder::new(index, Rc::clone(&shared)));
        Self {
            partitions: [LEAF, MIDDLE, TOP, BROKEN].map(partition),
            shared,
        }
    }

    fn borrow(&self, partition: u8) -> Option<RefMut<'_, Recorder>> {
        let cell = self.partitions.get(usize::from(partition));
        cell.expect("a partition").try_borrow_mut().ok()
    }
}

/// The partitions as clients.
pub enum LeafClient {}
pub enum MiddleClient {}
pub enum TopClient {}
pub enum BrokenClient {}

/// As no configuration would have it: the leaf depends on itself and on a partition that
/// depends on it.
impl<S: System<Partitions = Services>> SecureClient<S> for LeafClient {
    const ID: ClientId = id(LEAF);
    const DEPENDENCIES: &'static [u32] = &[sid(SECURE_ONLY), sid(FORWARDING)];

    fn deliver(partitions: &Services, partition: u8, call: Call<'_, S>) -> Status {
        partitions.deliver(partition, call)
    }
}

impl<S: System<Partitions = Services>> SecureClient<S> for MiddleClient {
    const ID: ClientId = id(MIDDLE);
    const DEPENDENCIES: &'static [u32] = &[sid(SECURE_ONLY), SECURE_CONNECTED_SID];

    fn deliver(partitions: &Services, partition: u8, call: Call<'_, S>) -> Status {
        match partition {
            LEAF => call.serve::<LeafClient, _>(partitions.borrow(LEAF)),
            _ => Status::CONNECTION_REFUSED,
        }
    }
}

impl<S: System<Partitions = Services>> SecureClient<S> for TopClient {
    const ID: ClientId = id(TOP);
    const DEPENDENCIES: &'static [u32] = &[sid(FORWARDING), SECURE_CONNECTED_SID];

    fn deliver(partitions: &Services, partition: u8, call: Call<'_, S>) -> Status {
        match partition {
            LEAF => call.serve::<LeafClient, _>(partitions.borrow(LEAF)),
            MIDDLE => call.serve::<MiddleClient, _>(partitions.borrow(MIDDLE)),
            _ => Status::CONNECTION_REFUSED,
        }
    }
}

impl<S: System<Partitions = Services>> SecureClient<S> for BrokenClient {
    const ID: ClientId = id(BROKEN);
    const DEPENDENCIES: &'static [u32] = &[];
}

const STATELESS: Service = Service {
    sid: 0,
    version: VERSION,
    version_policy: VersionPolicy::Strict,
    non_secure_clients: true,
    connection_based: false,
    mapped_vectors: true,
    stateless_handle: 0,
    partition: TOP,
};

const fn stateless(stateless_handle: u8) -> Service {
    Service {
        sid: sid(stateless_handle),
        stateless_handle,
        ..STATELESS
    }
}

const fn connected(sid: u32) -> Service {
    Service {
        sid,
        connection_based: true,
        ..STATELESS
    }
}

impl ServiceTable for Services {
    const SERVICES: &'static [Service] = &[
        stateless(STRICT),
        Service {
            version_policy: VersionPolicy::Relaxed,
            ..stateless(RELAXED)
        },
        Service {
            mapped_vectors: false,
            ..stateless(UNMAPPED)
        },
        Service {
            non_secure_clients: false,
            partition: LEAF,
            ..stateless(SECURE_ONLY)
        },
        Service {
            partition: MIDDLE,
            ..stateless(FORWARDING)
        },
        Service {
            partition: BROKEN,
            ..stateless(UNAVAILABLE)
        },
        connected(CONNECTED_SID),
        Service {
            version_policy: VersionPolicy::Relaxed,
            ..connected(RELAXED_CONNECTED_SID)
        },
        Service {
            non_secure_clients: false,
            partition: LEAF,
            ..connected(SECURE_CONNECTED_SID)
        },
        Service {
            partition: BROKEN,
            ..connected(UNAVAILABLE_CONNECTED_SID)
        },
    ];
    const IDS: &'static [ClientId] = &[id(LEAF), id(MIDDLE), id(TOP), id(BROKEN)];
}

impl<S: System<Partitions = Self>> Partitions<S> for Services {
    fn deliver(&self, partition: u8, call: Call<'_, S>) -> Status {
        match partition {
            LEAF => call.serve::<LeafClient, _>(self.borrow(LEAF)),
            MIDDLE => call.serve::<MiddleClient, _>(self.borrow(MIDDLE)),
            TOP => call.serve::<TopClient, _>(self.borrow(TOP)),
            BROKEN => call.serve::<BrokenClient, _>(self.borrow(BROKEN)),
            _ => unreachable!("no partition {partition}"),
        }
    }

    fn init(&self, partition: u8, spm: &Spm<S>) -> Status {
        match partition {
            LEAF => spm.init_partition::<LeafClient, _>(self.borrow(LEAF)),
            MIDDLE => spm.init_partition::<MiddleClient, _>(self.borrow(MIDDLE)),
            TOP => spm.init_partition::<TopClient, _>(self.borrow(TOP)),
            BROKEN => spm.init_partition::<BrokenClient, _>(self.borrow(BROKEN)),
            _ => unreachable!("no partition {partition}"),
        }
    }
}
