// SPDX-License-Identifier: Apache-2.0
//! Who the caller is: what the non-secure operating system may say about it, and what not.

use super::world::*;
use proptest::prelude::*;
use psa::ClientId;
use spm::{
    Spm,
    fake::{FakeMemory, Rights},
};

#[test]
fn the_word_of_the_operating_system_names_a_thread() {
    let world = World::new();
    for id in [-1, -2, -77, i32::MIN] {
        world.memory().set(CLIENT_ID_WORD, &id.to_le_bytes());
        assert_eq!(world.spm.non_secure_client(), Some(ClientId::new(id)));
    }
}

proptest! {
    #[test]
    fn only_a_negative_word_names_a_client(id in any::<i32>()) {
        let world = World::new();
        world.memory().set(CLIENT_ID_WORD, &id.to_le_bytes());
        let client = world.spm.non_secure_client();
        prop_assert_eq!(client, (id < 0).then_some(ClientId::new(id)));
        prop_assert!(world.memory().most_reads() <= 1);
    }
}

/// The word lies in memory from which the operating system keeps its threads away, or nowhere.
#[test]
fn a_word_that_the_caller_may_not_read_is_no_id() {
    let secure = FakeMemory::new().with_region(CLIENT_ID_WORD, 4, Rights::Secure);
    for memory in [FakeMemory::new(), secure] {
        let connections = [const { spm::Connection::free() }; CONNECTIONS];
        let spm: Spm<Image> = Spm::new(memory, Services::new(), Board, connections);
        assert_eq!(spm.non_secure_client(), None);
    }
}
