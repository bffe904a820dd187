// SPDX-License-Identifier: Apache-2.0
use std::vec::Vec;

use proptest::prelude::*;
use psa::{crypto::KeyType, fake::FakeFramework};

use super::*;
use crate::fake::{Fake, Sparing};

const KEYS: usize = 4;
const BYTES: usize = 64;

type Keys = Store<Fake<4, KEYS, BYTES>>;

fn attributes(bytes: usize) -> KeyAttributes {
    let bits = (bytes * 8) as u16;
    KeyAttributes::new(KeyType::RAW_DATA, bits, Usage::COPY, Algorithm::NONE)
}

/// A key that is created as `keys` does it.
fn create<C: Configuration>(
    store: &mut Store<C>,
    owner: ClientId,
    material: &[u8],
) -> Result<KeyId, Error> {
    let wanted = attributes(material.len());
    let room = store.create(owner, &wanted)?;
    room.copy_from_slice(material);
    store.settle(&FakeFramework::new(), Ok(()))
}

/// A key that is copied as `keys` does it.
fn copy(store: &mut Keys, owner: ClientId, id: KeyId) -> Result<KeyId, Error> {
    let attributes = *store.held(owner, id)?.0;
    store.create(owner, &attributes)?;
    let copied = store.copy_to_last(owner, id);
    store.settle(&FakeFramework::new(), copied)
}

/// What the table ought to hold, in order: owner, id, material.
type Model = Vec<(ClientId, KeyId, Vec<u8>)>;

fn compare(store: &mut Keys, model: &Model) {
    assert_eq!(usize::from(store.count), model.len());
    let mut used = 0;
    for (owner, id, material) in model {
        assert_eq!(store.held(*owner, *id).unwrap().1, material);
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
                    store.destroy(owner, &FakeFramework::new(), id).unwrap();
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
                _ => {
                    let material = std::vec![number as u8 + 1; bytes];
                    let created = create(&mut store, owner, &material);
                    if model.len() < KEYS && used + bytes <= BYTES {
                        model.push((owner, created.unwrap(), material));
                    } else {
                        prop_assert_eq!(created, Err(Error::InsufficientMemory));
                    }
                }
            }
            compare(&mut store, &model);
        }
    }
}

#[test]
fn an_id_of_another_owner_names_nothing() {
    let (me, other) = (ClientId::new(-1), ClientId::new(-2));
    let mut store = Keys::new();
    let id = create(&mut store, me, &[1; 8]).unwrap();
    assert!(store.held(other, id).is_err());
    let destroyed = store.destroy(other, &FakeFramework::new(), id);
    assert_eq!(destroyed, Err(Error::InvalidHandle));
    assert!(copy(&mut store, other, id).is_err());
    assert!(store.held(me, id).is_ok());
}

#[test]
fn a_key_that_was_not_filled_is_gone() {
    let me = ClientId::new(-1);
    let mut store = Keys::new();
    let first = create(&mut store, me, &[1; 8]).unwrap();
    let room = store.create(me, &attributes(8)).unwrap();
    room.fill(7);
    let settled = store.settle(&FakeFramework::new(), Err(Error::InsufficientEntropy));
    assert_eq!(settled, Err(Error::InsufficientEntropy));
    compare(&mut store, &std::vec![(me, first, std::vec![1; 8])]);
}

#[test]
fn ids_go_round_without_meeting_those_in_use() {
    let me = ClientId::new(-1);
    let mut store = Keys::new();
    let first = create(&mut store, me, &[1]).unwrap();
    assert_eq!(first, KeyId(0x4000_0001));
    store.last_id = 0x5FFF_FFFE;
    let mut next = || create(&mut store, me, &[1]).unwrap();
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
    let mut store = Store::<Sparing<4, 5>>::new();
    assert_eq!(create(&mut store, me, &[0; 1]), full);

    let mut store = Store::<Sparing<4, KEYS>>::new();
    for bytes in [16, 8, 8] {
        assert!(create(&mut store, me, &[0; 16][..bytes]).is_ok());
    }
    assert_eq!(create(&mut store, me, &[0; 1]), full);
    let id = create(&mut store, other, &[0; 32]).unwrap();
    store.destroy(other, &FakeFramework::new(), id).unwrap();
    let id = store.keys[0].attributes.id;
    store.destroy(me, &FakeFramework::new(), id).unwrap();
    assert_eq!(create(&mut store, me, &[0; 17]), full);
    assert!(create(&mut store, me, &[0; 16]).is_ok());
}

#[test]
fn no_room_at_all_is_an_answer_too() {
    let me = ClientId::new(-1);
    let mut none = Store::<Fake<4, 0, 0>>::new();
    assert!(create(&mut none, me, &[1]).is_err());
    assert!(none.held(me, KeyId::NULL).is_err());
    assert!(none.settle(&FakeFramework::new(), Ok(())).is_err());
    let destroyed = none.destroy(me, &FakeFramework::new(), KeyId(1));
    assert_eq!(destroyed, Err(Error::InvalidHandle));
}
