// SPDX-License-Identifier: Apache-2.0
//! Who the caller is: what the non-secure operating system may say about it, and what not.

use super::world::*;
use proptest::prelude::*;
use psa::ClientId;
use spm::{Spm, fake::FakeMemory};

#[test]
fn the_word_of_the_operating_system_names_a_thread() {
    let world = World::new();
    for id in [-1, -2, -77, i32::MIN] {
        world.memory().set(CLIENT_ID_WORD, &id.to_le_bytes());
        assert_eq!(world.spm.non_secure_client(), ClientId::new(id));
    }
}

proptest! {
    #[test]
    fn no_word_makes_a_secure_client(id in any::<i32>()) {
        let world = World::new();
        world.memory().set(CLIENT_ID_WORD, &id.to_le_bytes());
        let client = world.spm.non_secure_client();
        prop_assert!(client.is_non_secure());
        prop_assert_eq!(client.value(), if id < 0 { id } else { -1 });
        prop_assert!(world.memory().most_reads() <= 1);
    }
}

#[test]
fn a_word_that_the_other_world_could_not_write_itself_is_not_read() {
    let connections = [const { spm::Connection::free() }; CONNECTIONS];
    let nothing = FakeMemory::new();
    let spm: Spm<Image> = Spm::new(nothing, Services::new(), Board, connections);
    assert_eq!(spm.non_secure_client(), ClientId::NON_SECURE);
}
