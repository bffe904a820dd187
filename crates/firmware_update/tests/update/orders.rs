// SPDX-License-Identifier: Apache-2.0
//! Every order of calls up to a length, resets among them: what is installed was written in this
//! update, and what was not written in it is erased.

use crate::board::{ROOM_BYTES, SECTOR_BYTES, Update, device, requested, secondary};
use crate::message::{call, query, write};
use psa::Status;
use psa::update::{
    CANCEL, CLEAN, COMPONENT, FINISH, INSTALL, REJECT, START, SUCCESS_REBOOT, State,
};

/// What a client does.
#[derive(Clone, Copy, Debug)]
enum Step {
    Call(i16),
    /// A block at this offset.
    Write(usize),
    /// The device starts anew.
    Reset,
}

const BLOCK: [u8; 64] = [0x5A; 64];
/// The header's place, one that overlaps it, one in the next sector, and the last of the room.
const BLOCKS: [usize; 4] = [0, 32, SECTOR_BYTES, ROOM_BYTES - BLOCK.len()];
const ERASED: u8 = 0xFF;
/// Steps in an order.
const LONGEST: usize = 9;

fn steps() -> impl Iterator<Item = Step> {
    let calls = [START, FINISH, CANCEL, INSTALL, CLEAN, REJECT].map(Step::Call);
    let writes = BLOCKS.map(Step::Write);
    calls.into_iter().chain(writes).chain([Step::Reset])
}

/// Takes a step; whether it did anything.
fn take(update: &mut Update, step: Step) -> bool {
    let status = match step {
        Step::Call(INSTALL) => call(update, INSTALL, &[]),
        Step::Call(REJECT) => call(update, REJECT, &[&[0; 4]]),
        Step::Call(kind) => call(update, kind, &[&[COMPONENT]]),
        Step::Write(offset) => write(update, offset as u32, &BLOCK),
        Step::Reset => Status::SUCCESS,
    };
    match status {
        Status::SUCCESS | SUCCESS_REBOOT => true,
        Status::BAD_STATE => false,
        // A place is written once.
        Status::STORAGE_FAILURE if matches!(step, Step::Write(_)) => false,
        status => panic!("{step:?}: {status:?}"),
    }
}

/// What the room should hold of an update that has written these blocks.
fn expected(written: &[usize]) -> Vec<u8> {
    let mut room = vec![ERASED; ROOM_BYTES];
    for offset in written {
        room[*offset..offset + BLOCK.len()].copy_from_slice(&BLOCK);
    }
    room
}

/// Goes on from `update` in every order of as many steps as are left; counts the requests.
fn go_on(update: &Update, written: &[usize], way: &mut Vec<Step>) -> usize {
    if way.len() == LONGEST {
        return 0;
    }
    let mut requests = 0;
    for step in steps() {
        let mut next = match step {
            Step::Reset => Update::new(update.flash().clone()),
            _ => update.clone(),
        };
        way.push(step);
        // A step that is refused leads nowhere else than where it was taken.
        if take(&mut next, step) {
            let mut written = written.to_vec();
            match step {
                Step::Call(START) => written.clear(),
                Step::Write(offset) => written.push(offset),
                _ => {}
            }
            if query(&mut next).state == State::Staged {
                let staged = requested(next.flash()).expect("a request");
                assert!(staged[..ROOM_BYTES] == expected(&written), "{way:?}");
                requests += 1;
            }
            requests += go_on(&next, &written, way);
        } else {
            assert_eq!(query(&mut next).state, query(&mut update.clone()).state);
        }
        way.pop();
    }
    requests
}

#[test]
fn what_was_not_written_is_not_installed_whatever_the_order() {
    // Every sector of the slot holds something of an image before.
    let full = device();
    let slot = secondary(full.flash());
    assert!(slot.chunks(32).all(|piece| piece != [ERASED; 32]));
    let requests = go_on(&full, &[], &mut Vec::new());
    println!("{requests} requests");
    assert!(requests > 500);
}

/// A sector that is erased already is not erased again.
#[test]
fn what_is_erased_is_not_worn_out() {
    let mut update = device();
    let run = |update: &mut Update| {
        for step in [START, FINISH, CANCEL, CLEAN].map(Step::Call) {
            assert!(take(update, step));
        }
        update.flash().erase_counts()[..].iter().sum::<u32>()
    };
    let first = run(&mut update);
    let sectors = (ROOM_BYTES / SECTOR_BYTES) as u32;
    // The sector of the trailer is erased by each start and each clean.
    assert_eq!(first, sectors + 2);
    assert_eq!(run(&mut update), first + 2);
}
