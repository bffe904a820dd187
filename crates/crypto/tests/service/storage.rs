// SPDX-License-Identifier: Apache-2.0
//! Internal Trusted Storage as the Crypto partition meets it: objects in memory, which outlive a
//! restart, and faults on demand.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use psa::storage::{self, CreateFlags};
use psa::{Framework, Message, Partition, Status, service::CRYPTO};

/// Flag of an object that is there for good.
pub const WRITE_ONCE: u32 = CreateFlags::WRITE_ONCE.0;
/// Objects that there is room for.
pub const MOST_OBJECTS: usize = 6;

const SET: i32 = storage::SET as i32;
const GET: i32 = storage::GET as i32;
const REMOVE: i32 = storage::REMOVE as i32;

/// An object: its flags and its data.
pub type Object = (u32, Vec<u8>);

/// What outlives a restart, and what a test does to it.
#[derive(Default)]
pub struct State {
    pub objects: BTreeMap<u64, Object>,
    /// What requests of a type are answered, without being served.
    pub faults: BTreeMap<i32, Status>,
    /// The types of all requests.
    pub requests: Vec<i32>,
}

/// The partition; clones share their state.
#[derive(Clone, Default)]
pub struct Storage(Rc<RefCell<State>>);

impl Storage {
    /// Looks at the state or changes it.
    pub fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.0.borrow_mut())
    }

    /// Answers all requests to create an object so, or serves them again.
    pub fn fail_to_set(&self, status: Option<Status>) {
        self.fail(SET, status);
    }

    /// Answers all requests to read an object so, or serves them again.
    pub fn fail_to_get(&self, status: Option<Status>) {
        self.fail(GET, status);
    }

    /// Answers all requests to remove an object so, or serves them again.
    pub fn fail_to_remove(&self, status: Option<Status>) {
        self.fail(REMOVE, status);
    }

    fn fail(&self, message_type: i32, status: Option<Status>) {
        self.with(|state| match status {
            Some(status) => state.faults.insert(message_type, status),
            None => state.faults.remove(&message_type),
        });
    }

    /// How many objects were created.
    pub fn sets(&self) -> usize {
        self.count(SET)
    }

    /// How many requests to read there were.
    pub fn gets(&self) -> usize {
        self.count(GET)
    }

    fn count(&self, message_type: i32) -> usize {
        let is_it = |one: &&i32| **one == message_type;
        self.with(|state| state.requests.iter().filter(is_it).count())
    }
}

impl Partition for Storage {
    fn call(&mut self, message: &mut impl Message, _: &impl Framework) -> Status {
        assert_eq!(message.client_id().value(), CRYPTO.partition_id);
        let message_type = message.message_type();
        let uid = u64::from_le_bytes(take(message, 0).try_into().unwrap());
        assert_ne!(uid, 0);
        self.with(|state| {
            state.requests.push(message_type);
            if let Some(fault) = state.faults.get(&message_type) {
                return *fault;
            }
            let is_fixed = state
                .objects
                .get(&uid)
                .map(|found| found.0 & WRITE_ONCE != 0);
            match (message_type, is_fixed) {
                (SET | REMOVE, Some(true)) => Status::NOT_PERMITTED,
                (SET, None) if state.objects.len() == MOST_OBJECTS => Status::INSUFFICIENT_STORAGE,
                (SET, _) => {
                    let flags = u32::from_le_bytes(take(message, 2).try_into().unwrap());
                    state.objects.insert(uid, (flags, take(message, 1)));
                    Status::SUCCESS
                }
                (_, None) => Status::DOES_NOT_EXIST,
                (GET, Some(_)) => {
                    assert_eq!(take(message, 1), [0; 4], "an offset");
                    let data = &state.objects[&uid].1;
                    let length = data.len().min(message.out_size(0));
                    message.write(0, &data[..length]).unwrap();
                    Status::SUCCESS
                }
                (REMOVE, _) => {
                    state.objects.remove(&uid);
                    Status::SUCCESS
                }
                other => panic!("a request of type {other:?}"),
            }
        })
    }
}

fn take(message: &mut impl Message, index: usize) -> Vec<u8> {
    let mut bytes = vec![0; message.in_size(index)];
    assert_eq!(message.read(index, &mut bytes), bytes.len());
    bytes
}
