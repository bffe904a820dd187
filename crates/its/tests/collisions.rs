// SPDX-License-Identifier: Apache-2.0
//! Several clients, uids chosen so that tags collide, and damage to one client's own slots: no
//! intact object of another is lost, changed or told of.

mod common;

use std::cell::Cell;

use common::{CRYPTO, Client, NON_SECURE, TestIts};
use flash::{Flash, Geometry, fake::RamFlash};
use its::Its;
use psa::Status;

const ANOTHER: i32 = -2;
const GEOMETRY: Geometry = Geometry {
    sector_count: 4,
    sector_bytes: 1024,
    program_unit_bytes: 4,
};
const WRITE_ONCE: u32 = 1;
const SLOT_BYTES: usize = 28;
const HEADER_BYTES: usize = 20;
type Store<F = RamFlash> = TestIts<F, 9, 48, 32>;

/// The tag in a commit, as `docs/its-format.md` has it.
fn tag(owner: i32, uid: u64) -> u16 {
    let mixed = (owner as u32).rotate_left(16) ^ uid as u32 ^ ((uid >> 32) as u32).rotate_left(8);
    (mixed.wrapping_mul(0x9E37_79B1) >> 16) as u16
}

/// The first uid with this upper half that has, for this owner, the tag of another object.
fn colliding(owner: i32, upper: u32, other: (i32, u64)) -> u64 {
    let wanted = tag(other.0, other.1);
    let mut uids = (1..u64::from(u32::MAX)).map(|low| u64::from(upper) << 32 | low);
    uids.find(|uid| tag(owner, *uid) == wanted && (owner, *uid) != other)
        .unwrap()
}

/// An object whose owner may be any client, and how it was created.
struct Object {
    key: (i32, u64),
    flags: u32,
    data: Vec<u8>,
}

/// What others have, all of one tag: simple objects, one for good, and keys of two clients, which
/// to the storage are objects of one.
fn objects_of_others() -> Vec<Object> {
    let first = (CRYPTO, 0x4711);
    let key = |client: i32| (CRYPTO, colliding(CRYPTO, client as u32, first));
    [
        (first, WRITE_ONCE),
        ((ANOTHER, colliding(ANOTHER, 0, first)), 0),
        ((ANOTHER, colliding(ANOTHER, 7, first)), WRITE_ONCE),
        (key(ANOTHER), 0),
        (key(CRYPTO - 1), WRITE_ONCE),
    ]
    .into_iter()
    .enumerate()
    .map(|(index, (key, flags))| Object {
        key,
        flags,
        data: vec![0x30 + index as u8; 20 + index],
    })
    .collect()
}

/// The objects of the client whose slots are damaged: of its own, and a key of its.
fn own_keys() -> [(i32, u64); 2] {
    let first = (CRYPTO, 0x4711);
    [
        (NON_SECURE, colliding(NON_SECURE, 0, first)),
        (CRYPTO, colliding(CRYPTO, NON_SECURE as u32, first)),
    ]
}

/// A store of all these objects, own ones before, between and behind the others.
fn store() -> Store {
    let mut its: Store = Its::new(RamFlash::new(GEOMETRY));
    let mut set = |(owner, uid): (i32, u64), data: &[u8], flags| {
        assert_eq!(its.set(owner, uid, data, flags), Status::SUCCESS);
    };
    let [own, own_key] = own_keys();
    let others = objects_of_others();
    let (early, late) = others.split_at(3);
    set(own, b"first", 0);
    set(own_key, b"first", 0);
    early
        .iter()
        .for_each(|other| set(other.key, &other.data, other.flags));
    set(own, b"own", 0);
    late.iter()
        .for_each(|other| set(other.key, &other.data, other.flags));
    set(own_key, b"own", 0);
    its
}

/// Where on the flash the slots of an object stand.
fn slots((owner, uid): (i32, u64), flash: &RamFlash) -> Vec<usize> {
    let name = [&owner.to_le_bytes()[..], &uid.to_le_bytes()].concat();
    let offsets = (0..flash.bytes().len()).step_by(4);
    offsets
        .filter(|offset| flash.bytes()[*offset..].starts_with(&name))
        .collect()
}

/// Does with the own objects all that one can, long enough for every sector to be filled anew, and
/// calls `check` after each step, across restarts too.
fn exercise(flash: RamFlash, mut check: impl FnMut(&mut Store)) {
    let mut its: Store = Its::new(flash);
    check(&mut its);
    for (owner, uid) in own_keys() {
        let _ = its.info(owner, uid);
        its.remove(owner, uid);
        check(&mut its);
        its.set(owner, uid, b"again", 0);
        check(&mut its);
    }
    for round in 0..25u8 {
        let (owner, uid) = own_keys()[usize::from(round % 2)];
        assert_eq!(its.set(owner, uid, &[round; 48], 0), Status::SUCCESS);
        if round % 8 == 0 {
            check(&mut its);
            its = common::restarted(its);
        }
    }
    check(&mut its);
    its = common::restarted(its);
    check(&mut its);
}

fn assert_whole(its: &mut Store, other: &Object, what: &str) {
    let ((owner, uid), size) = (other.key, other.data.len() as u32);
    assert_eq!(its.get(owner, uid).as_ref(), Ok(&other.data), "{what}");
    assert_eq!(
        its.info(owner, uid),
        Ok([size, size, other.flags]),
        "{what}"
    );
    if other.flags == WRITE_ONCE {
        assert_eq!(its.remove(owner, uid), Status::NOT_PERMITTED, "{what}");
    }
}

#[test]
fn a_flipped_bit_in_a_slot_damages_no_object() {
    let flash = store().into_flash();
    let others = objects_of_others();
    let mut flipped = 0;
    for (owner, uid) in own_keys() {
        let slots = slots((owner, uid), &flash);
        assert_eq!(slots.len(), 2);
        for bit in slots
            .iter()
            .flat_map(|slot| slot * 8..(slot + SLOT_BYTES) * 8)
        {
            let what = format!("bit {bit:#x}");
            let mut damaged = flash.clone();
            damaged.flip(bit / 8, 1 << (bit % 8));
            let mut its: Store = Its::new(damaged.clone());
            assert_eq!(its.get(owner, uid), Ok(b"own".to_vec()), "{what}");
            exercise(damaged, |its| {
                for other in &others {
                    assert_whole(its, other, &what);
                }
            });
            flipped += 1;
        }
    }
    assert_eq!(flipped, 4 * 8 * SLOT_BYTES);
}

#[test]
fn a_wrong_byte_in_a_header_damages_no_object() {
    let flash = store().into_flash();
    let others = objects_of_others();
    for (owner, uid) in own_keys() {
        for slot in slots((owner, uid), &flash) {
            for offset in slot..slot + HEADER_BYTES {
                for mask in [0xFF, 0x55, 0x03] {
                    let what = format!("mask {mask:#x} at {offset:#x}");
                    let mut damaged = flash.clone();
                    damaged.flip(offset, mask);
                    let mut its: Store = Its::new(damaged.clone());
                    assert_eq!(its.get(owner, uid), Ok(b"own".to_vec()), "{what}");
                    exercise(damaged, |its| {
                        for other in &others {
                            assert_whole(its, other, &what);
                        }
                    });
                }
            }
        }
    }
}

/// An object that is damaged while the device runs is put right as well.
#[test]
fn a_bit_that_flips_later_damages_no_object() {
    let mut its = store();
    for (owner, uid) in own_keys() {
        let slot = *slots((owner, uid), its.flash()).last().unwrap();
        for bit in 0..8 * HEADER_BYTES {
            let (offset, mask) = (slot + bit / 8, 1 << (bit % 8));
            its.flash_mut().flip(offset, mask);
            assert_eq!(its.get(owner, uid), Ok(b"own".to_vec()), "bit {bit}");
            its.flash_mut().flip(offset, mask);
        }
    }
}

/// Of a header that can't be read at all the tag in the commit is left. What was written for good
/// was never replaced, so it stays; what has the tag and may be the version before is not given
/// out.
#[test]
fn an_unreadable_header_takes_the_place_of_nothing_that_was_written_for_good() {
    let flash = store().into_flash();
    let others = objects_of_others();
    for key in own_keys() {
        for slot in slots(key, &flash) {
            let mut damaged = flash.clone();
            damaged.make_unreadable(slot);
            let mut its: Store = Its::new(damaged.clone());
            assert_ne!(its.get(key.0, key.1), Ok(b"first".to_vec()));
            exercise(damaged, |its| {
                for other in others.iter().filter(|other| other.flags == WRITE_ONCE) {
                    assert_whole(its, other, "unreadable");
                }
            });
        }
    }
}

/// A flash that counts how often it is read.
struct Counting(RamFlash, Cell<u32>);

impl Flash for Counting {
    fn geometry(&self) -> Geometry {
        self.0.geometry()
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), flash::Error> {
        self.1.set(self.1.get() + 1);
        self.0.read(offset_bytes, destination)
    }

    fn program(&mut self, offset_bytes: usize, source: &[u8]) -> Result<(), flash::Error> {
        self.0.program(offset_bytes, source)
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), flash::Error> {
        self.0.erase(offset_bytes)
    }
}

/// A client asks for what it has not, under a uid that has the tag of another's object, and under
/// one that has not: the flash is read as often, which is never.
#[test]
fn the_objects_of_others_are_not_read_for_a_chosen_uid() {
    let mut its: Store<Counting> = Its::new(Counting(store().into_flash(), Cell::new(0)));
    for (owner, uid) in own_keys() {
        assert_eq!(its.remove(owner, uid), Status::SUCCESS);
    }
    for (owner, uid) in own_keys() {
        for uid in [uid, uid ^ 1] {
            let before = its.flash().1.get();
            assert_eq!(its.get(owner, uid), Err(Status::DOES_NOT_EXIST));
            assert_eq!(its.info(owner, uid), Err(Status::DOES_NOT_EXIST));
            assert_eq!(its.remove(owner, uid), Status::DOES_NOT_EXIST);
            assert_eq!(its.flash().1.get(), before, "{owner} {uid:#x}");
        }
    }
}
