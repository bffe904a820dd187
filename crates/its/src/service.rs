// SPDX-License-Identifier: Apache-2.0
//! Requests: reads messages and calls the store (PSA Secure Storage API 1.0, "Internal Trusted Storage API").
//!
//! [`psa::storage`] has the form of the messages. The owner is the caller, of
//! either world. `PSA_STORAGE_FLAG_NO_CONFIDENTIALITY` and `PSA_STORAGE_FLAG_NO_REPLAY_PROTECTION` are stored
//! and reported, and have no other effect.

use psa::storage::{self, CreateFlags, Info};
use psa::storage::{DATA_INPUT, DATA_OUTPUT, FLAGS_INPUT, INFO_OUTPUT, OFFSET_INPUT, UID_INPUT};
use psa::{Framework, Message};

use crate::{
    configuration::Configuration,
    error::Error,
    format::{
        identity::Identity,
        slot::{Extent, REMOVED},
    },
    memory::{buffer::TransientBuffer as _, index::Entry},
    store::{Record, Store},
};

const SET: i32 = storage::SET as i32;
const GET: i32 = storage::GET as i32;
const GET_INFO: i32 = storage::GET_INFO as i32;
const REMOVE: i32 = storage::REMOVE as i32;

/// Serves one message.
#[inline(always)] // called once
pub(crate) fn call<C: Configuration>(
    store: &mut Store<C>,
    message: &mut impl Message,
    framework: &impl Framework,
) -> Result<(), Error> {
    let mut uid = [0; 8];
    take(message, UID_INPUT, &mut uid)?;
    let uid = u64::from_le_bytes(uid);
    if uid == 0 {
        return Err(Error::InvalidArgument);
    }
    let identity = Identity::new(message.client_id().value(), uid);
    match message.message_type() {
        SET => {
            let flags = take_number(message, FLAGS_INPUT)?;
            if !CreateFlags(flags).are_known() {
                return Err(Error::NotSupported);
            }
            let size_bytes = message.in_size(DATA_INPUT);
            if size_bytes > C::MAX_ASSET_BYTES {
                return Err(Error::InvalidArgument);
            }
            let extent = Extent::new(size_bytes as u32, 0, flags);
            change(store, &identity, message, framework, extent)
        }
        GET => {
            let skipped_bytes = take_number(message, OFFSET_INPUT)?;
            get(store, &identity, message, skipped_bytes)
        }
        GET_INFO => get_info(store, &identity, message),
        REMOVE => {
            let extent = Extent::new(0, 0, REMOVED);
            change(store, &identity, message, framework, extent)
        }
        _ => Err(Error::NotSupported),
    }
}

/// Creates, replaces or removes an object.
#[inline(never)]
fn change<C: Configuration>(
    store: &mut Store<C>,
    identity: &Identity,
    message: &mut impl Message,
    framework: &impl Framework,
    extent: Extent,
) -> Result<(), Error> {
    let place = store.claim(framework, identity, extent)?;
    store.make_room(extent)?;
    let entry = Entry {
        extent,
        tag: identity.tag(),
        ..Entry::FREE
    };
    let mut record = Record::new(place, entry);
    store.begin(&mut record, identity)?;
    while record.transfer.rest_bytes > 0 {
        let bytes = message.read(DATA_INPUT, store.buffer(record.transfer.rest_bytes));
        // A caller that has less than it said ends here.
        if bytes == 0 {
            return Err(Error::Programmer);
        }
        store.append(&mut record.transfer, bytes)?;
    }
    store.program_commit(&record, record.transfer.checksum)?;
    Ok(())
}

#[inline(never)] // not in the frame that changes have above them
fn get<C: Configuration>(
    store: &mut Store<C>,
    identity: &Identity,
    message: &mut impl Message,
    skipped_bytes: u32,
) -> Result<(), Error> {
    let entry = *store.object(identity)?;
    if skipped_bytes > entry.extent.size_bytes() {
        return Err(Error::InvalidArgument);
    }
    let outcome = give(store, &entry, message, skipped_bytes as usize);
    if outcome.is_err() {
        message.erase(DATA_OUTPUT);
    }
    outcome
}

/// Reads the whole data, because its checksum covers all of it, and writes the requested part.
fn give<C: Configuration>(
    store: &mut Store<C>,
    entry: &Entry,
    message: &mut impl Message,
    mut skipped_bytes: usize,
) -> Result<(), Error> {
    let mut room_bytes = message.out_size(DATA_OUTPUT);
    let mut transfer = store.transfer(entry.slot, entry.extent);
    while transfer.rest_bytes > 0 {
        let part = store.load(&mut transfer)?;
        if let Some(part) = part.get(skipped_bytes..) {
            let wanted = part.get(..room_bytes).unwrap_or(part);
            room_bytes = room_bytes.wrapping_sub(wanted.len());
            let written = message.write(DATA_OUTPUT, wanted);
            written.map_err(|_| Error::Programmer)?;
        }
        skipped_bytes = skipped_bytes.saturating_sub(C::Buffer::BYTES);
    }
    store.verify(entry, &transfer)
}

fn get_info<C: Configuration>(
    store: &mut Store<C>,
    identity: &Identity,
    message: &mut impl Message,
) -> Result<(), Error> {
    if message.out_size(INFO_OUTPUT) != Info::BYTES {
        return Err(Error::Programmer);
    }
    let extent = store.object(identity)?.extent;
    // The capacity of an object that was set in one piece is its size.
    let info = Info {
        capacity_bytes: extent.size_bytes(),
        size_bytes: extent.size_bytes(),
        flags: CreateFlags(extent.attributes()),
    };
    let written = message.write(INFO_OUTPUT, info.to_words().as_flattened());
    written.map_err(|_| Error::Programmer)
}

/// Fills `bytes` from an input vector of exactly this size.
#[inline(never)]
fn take(message: &mut impl Message, index: usize, bytes: &mut [u8]) -> Result<(), Error> {
    if message.in_size(index) == bytes.len() && message.read(index, bytes) == bytes.len() {
        Ok(())
    } else {
        Err(Error::Programmer)
    }
}

/// The number in an input vector of four bytes.
#[inline(always)]
fn take_number(message: &mut impl Message, index: usize) -> Result<u32, Error> {
    let mut bytes = [0; 4];
    take(message, index, &mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}
