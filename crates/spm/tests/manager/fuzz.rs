// SPDX-License-Identifier: Apache-2.0
//! Arbitrary requests against a model that looks at every byte.
//!
//! The fake memory panics on any access that the caller itself could not make; the model says
//! which calls are to be delivered.

use super::world::*;
use proptest::prelude::*;
use psa::{ClientId, ControlParameter, Status};
use spm::Request;

/// Addresses around all borders, and any others.
fn address() -> impl Strategy<Value = u32> {
    let near = |base: u32| (0u32..0x20).prop_map(move |offset| base.wrapping_add(offset));
    prop_oneof![
        4 => (0u32..0x100).prop_map(|offset| DATA + offset),
        1 => near(IN_ARRAY),
        1 => near(OUT_ARRAY),
        1 => near(SECURE - 0x10),
        1 => near(ROM),
        1 => near(0u32.wrapping_sub(0x10)),
        1 => any::<u32>(),
    ]
}

fn length() -> impl Strategy<Value = u32> {
    prop_oneof![
        6 => 0u32..0x20,
        1 => Just(RAM_BYTES),
        1 => any::<u32>(),
    ]
}

fn control_word() -> impl Strategy<Value = u32> {
    let counts = (0usize..=4, 0usize..=4, 0i16..=GREEDY)
        .prop_map(|(in_count, out_count, kind)| control(kind, in_count, out_count));
    prop_oneof![9 => counts, 1 => any::<u32>()]
}

fn array(usual: u32) -> impl Strategy<Value = u32> {
    prop_oneof![6 => Just(usual), 1 => address()]
}

fn overlap(left: (u32, u32), right: (u32, u32)) -> bool {
    let end = |range: (u32, u32)| u64::from(range.0) + u64::from(range.1);
    left.1 > 0 && right.1 > 0 && u64::from(left.0) < end(right) && u64::from(right.0) < end(left)
}

fn permitted((base, length): (u32, u32), write: bool) -> bool {
    let end = u64::from(base) + u64::from(length);
    let inside =
        |start: u32, bytes: u32| base >= start && end <= u64::from(start) + u64::from(bytes);
    length == 0
        || inside(RAM, RAM_BYTES)
        || inside(TOP_OF_MEMORY, 0x100)
        || !write && inside(ROM, 0x100)
}

/// Whether the vectors of one direction are good, by the words of the rules.
pub fn good(world: &World, array: u32, count: usize, write: bool) -> bool {
    let array_range = (array, 8 * count as u32);
    if count == 0 {
        return true;
    }
    if !array.is_multiple_of(4) || !permitted(array_range, write) {
        return false;
    }
    let word = |address| u32::from_le_bytes(world.memory().get(address, 4).try_into().unwrap());
    let vectors: Vec<_> = (0..count as u32)
        .map(|index| (word(array + 8 * index), word(array + 8 * index + 4)))
        .collect();
    let over_lengths = |vector| write && overlap(vector, array_range);
    let mut vectors = vectors.into_iter();
    vectors.all(|vector| permitted(vector, write) && !over_lengths(vector))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn arbitrary_requests(
        control in control_word(),
        in_vectors in array(IN_ARRAY),
        out_vectors in array(OUT_ARRAY),
        inputs in prop::collection::vec((address(), length()), 4),
        outputs in prop::collection::vec((address(), length()), 4),
    ) {
        let world = World::new();
        world.describe(IN_ARRAY, &inputs);
        world.describe(OUT_ARRAY, &outputs);
        let secure = world.memory().get(SECURE, SECURE_BYTES);
        let decoded = ControlParameter::decode(control);
        if let Some(control) = decoded {
            // Arrays in one place would change each other while they are read.
            prop_assume!(!overlap(
                (in_vectors, 8 * control.in_count() as u32),
                (out_vectors, 8 * control.out_count() as u32),
            ));
        }
        let expected = decoded.is_some_and(|control| {
            good(&world, in_vectors, control.in_count(), false)
                && good(&world, out_vectors, control.out_count(), true)
        });
        let handle = request().handle;
        let status = world.spm.call(Request {
            client: ClientId::NON_SECURE, handle, control, in_vectors, out_vectors,
        });
        let seen = world.seen();
        let fails_by_itself = seen.iter().any(|seen| seen.message_type == i32::from(FAIL));
        prop_assert_eq!(!seen.is_empty(), expected);
        if !expected {
            prop_assert_eq!(status, Status::PROGRAMMER_ERROR);
        } else if !fails_by_itself {
            prop_assert!(status.0 >= 0);
        }
        prop_assert_eq!(world.memory().get(SECURE, SECURE_BYTES), secure);
    }

    #[test]
    fn arbitrary_words_never_reach_anything(words in any::<[u32; 5]>()) {
        let world = World::new();
        let [handle, control, in_vectors, out_vectors, client] = words;
        let client = ClientId::new(client as i32);
        let _ = world.spm.call(Request { client, handle, control, in_vectors, out_vectors });
        let _ = world.spm.version(client, handle);
        let _ = world.spm.connect(client, handle, control);
        let _ = world.spm.close(client, handle);
    }
}
