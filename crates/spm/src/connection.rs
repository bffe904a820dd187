// SPDX-License-Identifier: Apache-2.0
//! Connections of clients to services (FF-M 1.1, `psa_connect` and `psa_close`).
//!
//! A handle contains the index of an entry in the table and the generation of its use. Only the
//! client that owns the entry now can use it. A handle of another client, of a closed connection,
//! or an invented one is refused.
//!
//! The entries are atomics because they are in a static, without unsafe code. There is one secure
//! context, so nothing races.

use core::sync::atomic::{AtomicBool, AtomicI32, AtomicU8, AtomicU32, AtomicUsize, Ordering};

use psa::{ClientId, Handle, Quota, client::ConnectionHandle};

use crate::error::Error;

/// The id of no client.
const FREE: i32 = 0;

/// Room for one connection.
#[derive(Debug)]
pub struct Connection {
    owner: AtomicI32,
    generation: AtomicU32,
    reverse_handle: AtomicUsize,
    service: AtomicU8,
    /// The service has ended the connection: the client can only close it.
    terminated: AtomicBool,
}

impl Connection {
    /// An entry that is free.
    #[must_use]
    pub const fn free() -> Self {
        Self {
            owner: AtomicI32::new(FREE),
            generation: AtomicU32::new(0),
            reverse_handle: AtomicUsize::new(0),
            service: AtomicU8::new(0),
            terminated: AtomicBool::new(false),
        }
    }

    /// Index of the service in the table of services.
    pub(crate) fn service(&self) -> u8 {
        self.service.load(Ordering::Relaxed)
    }

    pub(crate) fn reverse_handle(&self) -> usize {
        self.reverse_handle.load(Ordering::Relaxed)
    }

    pub(crate) fn set_reverse_handle(&self, reverse_handle: usize) {
        self.reverse_handle.store(reverse_handle, Ordering::Relaxed);
    }

    pub(crate) fn is_terminated(&self) -> bool {
        self.terminated.load(Ordering::Relaxed)
    }

    pub(crate) fn terminate(&self) {
        self.terminated.store(true, Ordering::Relaxed);
    }

    /// Frees the entry.
    pub(crate) fn release(&self) {
        self.owner.store(FREE, Ordering::Relaxed);
        self.reverse_handle.store(0, Ordering::Relaxed);
    }

    fn owner(&self) -> Option<ClientId> {
        let owner = self.owner.load(Ordering::Relaxed);
        (owner != FREE).then_some(ClientId::new(owner))
    }

    /// Begins a new use of the entry, by a client whose id is not zero.
    fn take(&self, client: ClientId, service: u8) -> u32 {
        let last = self.generation.load(Ordering::Relaxed);
        let generation = if last < ConnectionHandle::MAX_GENERATION {
            last.wrapping_add(1)
        } else {
            1
        };
        self.generation.store(generation, Ordering::Relaxed);
        self.owner.store(client.value(), Ordering::Relaxed);
        self.service.store(service, Ordering::Relaxed);
        self.terminated.store(false, Ordering::Relaxed);
        generation
    }
}

/// Opens a connection, with its handle.
///
/// # Errors
/// [`Error::Busy`] when the client has reached its quota, or all entries are in use.
pub(crate) fn open(
    table: &[Connection],
    client: ClientId,
    service: u8,
    quota: Quota,
) -> Result<(Handle, &Connection), Error> {
    let held = table.iter().filter_map(Connection::owner);
    if client.value() == FREE || !quota.admits(client, held.map(|owner| (owner, 1)), 1) {
        return Err(Error::Busy);
    }
    let mut entries = (0..=u8::MAX).zip(table);
    let free = entries.find(|(_, entry)| entry.owner().is_none());
    let (index, entry) = free.ok_or(Error::Busy)?;
    let generation = entry.take(client, service);
    Ok((
        Handle::connection(ConnectionHandle { index, generation }),
        entry,
    ))
}

/// The connection that a handle names, if it is one of this client's.
pub(crate) fn find(table: &[Connection], client: ClientId, handle: Handle) -> Option<&Connection> {
    let handle = handle.decode_connection()?;
    let entry = table.get(usize::from(handle.index))?;
    let current = entry.generation.load(Ordering::Relaxed) == handle.generation;
    (current && entry.owner() == Some(client)).then_some(entry)
}
