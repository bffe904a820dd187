// SPDX-License-Identifier: Apache-2.0
use std::vec::Vec;

use primitives::{
    hash::{Algorithm, Hash as _},
    sha256::{Portable, Sha256},
};

use psa::crypto::Function;

use super::*;
use crate::{
    fake::{Fake, Sparing, from},
    operations::digest::End,
};

const ME: ClientId = ClientId::new(-1);
const OTHER: ClientId = ClientId::new(-2);

const HASH: Function = Function::HASH_ABORT;
const MAC: Function = Function::MAC_ABORT;
const AEAD: Function = Function::AEAD_ABORT;

/// A call on an operation, by a function of its group.
fn call(function: Function, handle: u32) -> Pack {
    Pack::new(function).with_operation_handle(handle)
}

/// Begins a hash.
fn begin<C: Configuration>(operations: &mut Operations<C>, owner: ClientId) -> Result<u32, Error> {
    operations.alloc(owner).map(|slot| {
        slot.open_digest(KeyId::NULL)
            .unwrap()
            .begin_hash(C::Hash::algorithm(Algorithm::Sha256), End::Either);
        slot.handle
    })
}

fn begin_aead<const N: usize>(operations: &mut Operations<Fake<N>>, owner: ClientId) -> u32 {
    let slot = operations.alloc(owner).unwrap();
    assert!(
        slot.open_aead(psa::crypto::Algorithm::CCM, KeyId::NULL)
            .is_some()
    );
    slot.handle
}

fn digest<const N: usize>(
    operations: &mut Operations<Fake<N>>,
    handle: u32,
    owner: ClientId,
) -> Option<[u8; 32]> {
    let mut hash = Digest::BLANK;
    hash.copy(operations.digest(&call(HASH, handle), &from(owner)).ok()?);
    Some(hash.message().finish())
}

#[test]
fn as_many_operations_as_there_are_slots() {
    let mut operations = Operations::<Fake<4>>::new();
    let handles: Vec<_> = (0..4)
        .map(|_| begin(&mut operations, ME).unwrap())
        .collect();
    assert_eq!(begin(&mut operations, ME), Err(Error::InsufficientMemory));
    assert_eq!(
        begin(&mut operations, OTHER),
        Err(Error::InsufficientMemory)
    );
    assert_eq!(
        operations.clone_hash(&call(HASH, handles[0]), &from(ME)),
        Err(Error::InsufficientMemory)
    );
    operations.release(&call(HASH, handles[2]), &from(ME));
    assert!(begin(&mut operations, OTHER).is_ok());
}

#[test]
fn a_client_leaves_operations_to_the_others() {
    let mut operations = Operations::<Sparing<3, 4>>::new();
    let first = begin(&mut operations, ME).unwrap();
    assert!(operations.clone_hash(&call(HASH, first), &from(ME)).is_ok());
    assert_eq!(begin(&mut operations, ME), Err(Error::InsufficientMemory));
    let others = begin(&mut operations, OTHER).unwrap();
    operations.release(&call(HASH, first), &from(ME));
    assert!(begin(&mut operations, ME).is_ok());
    operations.release(&call(HASH, others), &from(OTHER));
    assert_eq!(begin(&mut operations, ME), Err(Error::InsufficientMemory));
    // No more than there is, either.
    let mut few = Operations::<Sparing<2, 4>>::new();
    assert!(begin(&mut few, ME).is_ok() && begin(&mut few, ME).is_ok());
    assert!(begin(&mut few, OTHER).is_err());
}

#[test]
fn no_room_at_all_is_an_answer_too() {
    assert_eq!(
        begin(&mut Operations::<Fake<0>>::new(), ME),
        Err(Error::InsufficientMemory)
    );
}

#[test]
fn zero_opens_nothing_though_free_slots_have_it() {
    let mut operations = Operations::<Fake<4>>::new();
    for owner in [ME, ClientId::new(0)] {
        assert_eq!(digest(&mut operations, 0, owner), None);
        operations.release(&call(HASH, 0), &from(owner));
    }
    assert!(begin(&mut operations, ME).is_ok());
}

#[test]
fn a_released_handle_opens_nothing_however_often_its_slot_is_used() {
    let mut operations = Operations::<Fake<4>>::new();
    let stale = begin(&mut operations, ME).unwrap();
    operations.release(&call(HASH, stale), &from(ME));
    for _ in 0..100_000 {
        let handle = begin(&mut operations, ME).unwrap();
        assert_ne!(handle, stale);
        assert_eq!(digest(&mut operations, stale, ME), None);
        operations.release(&call(HASH, handle), &from(ME));
    }
}

#[test]
fn handles_that_wrap_around_avoid_zero_and_handles_in_use() {
    let mut operations = Operations::<Fake<4>>::new();
    let old = begin(&mut operations, ME).unwrap();
    assert_eq!(old, 4, "number 1, slot 0");
    operations.last_number = u32::MAX / 4 - 1;
    assert_eq!(begin(&mut operations, ME), Ok(u32::MAX - 2));
    // Number 1 again, in another slot: the handle in use is another.
    assert_eq!(begin(&mut operations, ME), Ok(4 | 2));
    assert!(digest(&mut operations, old, ME).is_some());
}

#[test]
fn only_the_owner_looks_up_and_releases() {
    let mut operations = Operations::<Fake<4>>::new();
    let handle = begin(&mut operations, ME).unwrap();
    assert_eq!(digest(&mut operations, handle, OTHER), None);
    assert_eq!(
        operations.clone_hash(&call(HASH, handle), &from(OTHER)),
        Err(Error::BadState)
    );
    operations.release(&call(HASH, handle), &from(OTHER));
    assert!(digest(&mut operations, handle, ME).is_some());
}

#[test]
fn a_released_context_is_wiped() {
    let mut operations = Operations::<Fake<1>>::new();
    let handle = begin(&mut operations, ME).unwrap();
    operations
        .digest(&call(HASH, handle), &from(ME))
        .unwrap()
        .message()
        .update(b"a secret");
    operations.release(&call(HASH, handle), &from(ME));
    let [slot] = &mut operations.slots;
    let Context::Digest(_, code) = &mut slot.context else {
        panic!("the kind stays");
    };
    let blank = Sha256::<Portable>::BLANK.clone().finish();
    assert_eq!(code.message().finish(), blank);
    let next = begin(&mut operations, OTHER).unwrap();
    assert_eq!(
        digest(&mut operations, next, OTHER),
        Some(Sha256::digest(b""))
    );
}

#[test]
fn a_clone_goes_its_own_way() {
    let mut operations = Operations::<Fake<4>>::new();
    let source = begin(&mut operations, ME).unwrap();
    operations
        .digest(&call(HASH, source), &from(ME))
        .unwrap()
        .message()
        .update(b"common");
    let target = operations
        .clone_hash(&call(HASH, source), &from(ME))
        .unwrap();
    assert_ne!(source, target);
    operations
        .digest(&call(HASH, target), &from(ME))
        .unwrap()
        .message()
        .update(b" end");
    assert_eq!(
        digest(&mut operations, source, ME),
        Some(Sha256::digest(b"common"))
    );
    operations.release(&call(HASH, source), &from(ME));
    assert_eq!(
        digest(&mut operations, target, ME),
        Some(Sha256::digest(b"common end"))
    );
}

#[test]
fn a_handle_opens_one_kind_of_operation() {
    let mut operations = Operations::<Fake<4>>::new();
    let hash = begin(&mut operations, ME).unwrap();
    let aead = begin_aead(&mut operations, ME);
    for handle in [hash, aead] {
        assert!(operations.digest(&call(MAC, handle), &from(ME)).is_err());
        operations.release(&call(MAC, handle), &from(ME));
    }
    assert!(
        operations.aead(&call(AEAD, hash), &from(ME)).is_err()
            && operations.digest(&call(HASH, aead), &from(ME)).is_err()
    );
    operations.release(&call(AEAD, hash), &from(ME));
    operations.release(&call(HASH, aead), &from(ME));
    assert!(
        operations.digest(&call(HASH, hash), &from(ME)).is_ok()
            && operations.aead(&call(AEAD, aead), &from(ME)).is_ok()
    );
    operations.release(&call(AEAD, aead), &from(ME));
    assert!(operations.aead(&call(AEAD, aead), &from(ME)).is_err());
}

/// A slot that had another kind of operation before gives a new one.
#[test]
fn slots_change_their_kind() {
    let mut operations = Operations::<Fake<1>>::new();
    for _ in 0..3 {
        let handle = begin(&mut operations, ME).unwrap();
        assert_eq!(
            digest(&mut operations, handle, ME),
            Some(Sha256::digest(b""))
        );
        operations
            .digest(&call(HASH, handle), &from(ME))
            .unwrap()
            .message()
            .update(b"x");
        operations.release(&call(HASH, handle), &from(ME));
        let handle = begin_aead(&mut operations, ME);
        operations.release(&call(AEAD, handle), &from(ME));
    }
}
