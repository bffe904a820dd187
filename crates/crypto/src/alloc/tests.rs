// SPDX-License-Identifier: Apache-2.0
use std::vec::Vec;

use super::*;

const ME: ClientId = ClientId::new(-1);
const OTHER: ClientId = ClientId::new(-2);

fn digest(operations: &mut Operations<4>, handle: u32, owner: ClientId) -> Option<[u8; 32]> {
    let hash = operations.hash(handle, owner).ok()?;
    Some(hash.clone().finish())
}

#[test]
fn as_many_operations_as_there_are_slots() {
    let mut operations = Operations::<4>::new();
    let handles: Vec<_> = (0..4).map(|_| operations.alloc_hash(ME).unwrap()).collect();
    assert_eq!(operations.alloc_hash(ME), Err(Error::InsufficientMemory));
    assert_eq!(operations.alloc_hash(OTHER), Err(Error::InsufficientMemory));
    assert_eq!(
        operations.clone_hash(handles[0], ME),
        Err(Error::InsufficientMemory)
    );
    operations.release(handles[2], ME);
    assert!(operations.alloc_hash(OTHER).is_ok());
    assert_eq!(std::format!("{operations:?}"), "4 of 4 operations");
}

#[test]
fn no_room_at_all_is_an_answer_too() {
    assert_eq!(
        Operations::<0>::new().alloc_hash(ME),
        Err(Error::InsufficientMemory)
    );
}

#[test]
fn zero_opens_nothing_though_free_slots_have_it() {
    let mut operations = Operations::<4>::new();
    for owner in [ME, ClientId::new(0)] {
        assert_eq!(digest(&mut operations, 0, owner), None);
        operations.release(0, owner);
    }
    assert!(operations.alloc_hash(ME).is_ok());
}

#[test]
fn a_released_handle_opens_nothing_however_often_its_slot_is_used() {
    let mut operations = Operations::<4>::new();
    let stale = operations.alloc_hash(ME).unwrap();
    operations.release(stale, ME);
    for _ in 0..100_000 {
        let handle = operations.alloc_hash(ME).unwrap();
        assert_ne!(handle, stale);
        assert_eq!(digest(&mut operations, stale, ME), None);
        operations.release(handle, ME);
    }
}

#[test]
fn handles_that_wrap_around_avoid_zero_and_handles_in_use() {
    let mut operations = Operations::<4>::new();
    let old = operations.alloc_hash(ME).unwrap();
    assert_eq!(old, 1);
    operations.last_handle = u32::MAX - 1;
    assert_eq!(operations.alloc_hash(ME), Ok(u32::MAX));
    assert_eq!(operations.alloc_hash(ME), Ok(2));
}

#[test]
fn only_the_owner_looks_up_and_releases() {
    let mut operations = Operations::<4>::new();
    let handle = operations.alloc_hash(ME).unwrap();
    assert_eq!(digest(&mut operations, handle, OTHER), None);
    assert_eq!(operations.clone_hash(handle, OTHER), Err(Error::BadState));
    operations.release(handle, OTHER);
    assert!(digest(&mut operations, handle, ME).is_some());
}

#[test]
fn a_released_context_is_wiped() {
    let mut operations = Operations::<1>::new();
    let handle = operations.alloc_hash(ME).unwrap();
    operations.hash(handle, ME).unwrap().update(b"a secret");
    operations.release(handle, ME);
    let [slot] = &mut operations.slots;
    let Context::Hash(hash) = &mut slot.context else {
        panic!("the kind stays");
    };
    assert_eq!(hash.finish(), Sha256::digest(b""));
    let next = operations.alloc_hash(OTHER).unwrap();
    let hash = operations.hash(next, OTHER).unwrap();
    assert_eq!(hash.finish(), Sha256::digest(b""));
}

#[test]
fn a_clone_goes_its_own_way() {
    let mut operations = Operations::<4>::new();
    let source = operations.alloc_hash(ME).unwrap();
    operations.hash(source, ME).unwrap().update(b"common");
    let target = operations.clone_hash(source, ME).unwrap();
    assert_ne!(source, target);
    operations.hash(target, ME).unwrap().update(b" end");
    assert_eq!(
        digest(&mut operations, source, ME),
        Some(Sha256::digest(b"common"))
    );
    operations.release(source, ME);
    assert_eq!(
        digest(&mut operations, target, ME),
        Some(Sha256::digest(b"common end"))
    );
}
