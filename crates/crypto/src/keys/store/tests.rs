// SPDX-License-Identifier: Apache-2.0
use std::vec::Vec;

use proptest::prelude::*;
use psa::crypto::KeyType;

use super::*;
use crate::fake::{Fake, Sparing};

const KEYS: usize = 4;
const BYTES: usize = 64;

type Keys = Store<Fake, KEYS, BYTES>;

fn attributes(bytes: usize) -> KeyAttributes {
    let bits = (bytes * 8) as u16;
    KeyAttributes::new(KeyType::RAW_DATA, bits, Usage::COPY, Algorithm::NONE)
}

/// A key that is copied as `keys` does it.
fn copy(store: &mut Keys, owner: ClientId, id: KeyId) -> Result<KeyId, Error> {
    let attributes = *store.find(owner, id)?.0;
    let (copy, _) = store.create(owner, &attributes)?;
    store.copy_to_last(owner, id)?;
    Ok(copy)
}

/// What the table ought to hold, in order: owner, id, material.
type Model = Vec<(ClientId, KeyId, Vec<u8>)>;

fn compare(store: &Keys, model: &Model) {
    assert_eq!(store.count, model.len());
    let mut used = 0;
    for (owner, id, material) in model {
        assert_eq!(store.find(*owner, *id).unwrap().1, material);
        used += material.len();
    }
    assert_eq!(store.used_bytes, used);
    assert!(store.material[used..].iter().all(|byte| *byte == 0));
}

proptest! {
    /// Any history of creation, copies and ends: the material stays whole, without gaps, and
    /// what is free is blank.
    #[test]
    fn histories(steps in prop::collection::vec((0..4u8, 0..KEYS, 1usize..40), 1..80)) {
        let mut store = Keys::new();
        let mut model = Model::new();
        for (number, (action, index, bytes)) in steps.into_iter().enumerate() {
            let owner = ClientId::new(-1 - (index % 2) as i32);
            let used: usize = model.iter().map(|key| key.2.len()).sum();
            match (action, model.get(index).cloned()) {
                (0, Some((owner, id, _))) => {
                    store.destroy(owner, id).unwrap();
                    model.remove(index);
                }
                (1, Some((owner, id, material))) => {
                    let copy = copy(&mut store, owner, id);
                    if model.len() < KEYS && used + material.len() <= BYTES {
                        model.push((owner, copy.unwrap(), material));
                    } else {
                        prop_assert_eq!(copy, Err(Error::InsufficientMemory));
                    }
                }
                _ => match store.create(owner, &attributes(bytes)) {
                    Ok((id, room)) => {
                        prop_assert!(model.len() < KEYS && used + bytes <= BYTES);
                        prop_assert_eq!(room.len(), bytes);
                        room.fill(number as u8 + 1);
                        model.push((owner, id, std::vec![number as u8 + 1; bytes]));
                    }
                    Err(error) => {
                        prop_assert_eq!(error, Error::InsufficientMemory);
                        prop_assert!(model.len() == KEYS || used + bytes > BYTES);
                    }
                },
            }
            compare(&store, &model);
        }
    }
}

#[test]
fn an_id_of_another_owner_names_nothing() {
    let (me, other) = (ClientId::new(-1), ClientId::new(-2));
    let mut store = Keys::new();
    let (id, _) = store.create(me, &attributes(8)).unwrap();
    assert!(store.find(other, id).is_err());
    assert_eq!(store.destroy(other, id), Err(Error::InvalidHandle));
    assert!(store.copy_to_last(other, id).is_err());
    assert!(store.find(me, id).is_ok());
}

#[test]
fn ids_go_round_without_meeting_those_in_use() {
    let me = ClientId::new(-1);
    let mut store = Keys::new();
    let (first, _) = store.create(me, &attributes(1)).unwrap();
    assert_eq!(first, KeyId(0x4000_0001));
    store.last_id = 0x5FFF_FFFE;
    let mut next = || store.create(me, &attributes(1)).unwrap().0;
    assert_eq!(
        [next(), next(), next()],
        [KeyId(0x5FFF_FFFF), KeyId(0x4000_0000), KeyId(0x4000_0002)]
    );
}

#[test]
fn what_a_client_holds_is_counted_in_keys_and_in_bytes() {
    let (me, other) = (ClientId::new(-1), ClientId::new(-2));
    let full = Err(Error::InsufficientMemory);
    // Two more keys than one client may have: their material is all that there is.
    let mut store = Store::<Sparing, 5, BYTES>::new();
    assert_eq!(store.create(me, &attributes(1)).map(|_| ()), full);

    let mut store = Store::<Sparing, KEYS, BYTES>::new();
    for bytes in [16, 8, 8] {
        assert!(store.create(me, &attributes(bytes)).is_ok());
    }
    assert_eq!(store.create(me, &attributes(1)).map(|_| ()), full);
    let (id, _) = store.create(other, &attributes(32)).unwrap();
    store.destroy(other, id).unwrap();
    let id = store.keys[0].attributes.id;
    store.destroy(me, id).unwrap();
    assert_eq!(store.create(me, &attributes(17)).map(|_| ()), full);
    assert!(store.create(me, &attributes(16)).is_ok());
}

#[test]
fn no_room_at_all_is_an_answer_too() {
    let me = ClientId::new(-1);
    let mut none = Store::<Fake, 0, 0>::new();
    assert!(none.create(me, &attributes(1)).is_err());
    assert!(none.find(me, KeyId::NULL).is_err());
    assert_eq!(none.destroy(me, KeyId(1)), Err(Error::InvalidHandle));
}
