// SPDX-License-Identifier: Apache-2.0
//! The state model: each call in each state.

use crate::board::{
    Fake, RESETS, ROOM_BYTES, Update, VERSION, device, outside, requested, secondary,
};
use crate::message::{call, query, write};
use firmware_update::UpdateSlots as _;
use proptest::prelude::*;
use psa::Status;
use psa::update::{
    ACCEPT, CANCEL, CLEAN, COMPONENT, FINISH, INSTALL, REJECT, REQUEST_REBOOT, START,
    SUCCESS_REBOOT, State, WRITE,
};

const BAD_STATE: Status = Status::BAD_STATE;
const DONE: Status = Status::SUCCESS;
const WHY: i32 = -1234;

/// Each call that can change the state.
const CALLS: [i16; 9] = [
    START,
    WRITE,
    FINISH,
    CANCEL,
    INSTALL,
    CLEAN,
    REJECT,
    ACCEPT,
    REQUEST_REBOOT,
];

fn deliver(update: &mut Update, kind: i16) -> Status {
    match kind {
        WRITE => write(update, 0, &[0x5A; 40]),
        REJECT => call(update, REJECT, &[&WHY.to_le_bytes()]),
        INSTALL | ACCEPT | REQUEST_REBOOT => call(update, kind, &[]),
        _ => call(update, kind, &[&[COMPONENT]]),
    }
}

/// The way to a state.
fn device_in(state: State) -> Update {
    let way: &[i16] = match state {
        State::Writing => &[START],
        State::Candidate => &[START, FINISH],
        State::Staged => &[START, FINISH, INSTALL],
        State::Failed => &[START, CANCEL],
        _ => &[],
    };
    let mut update = device();
    for kind in way {
        assert!(deliver(&mut update, *kind).0 >= 0);
    }
    assert_eq!(query(&mut update).state, state);
    update
}

/// What the specification says of a call in a state: the answer, and the state after it.
fn expected(state: State, kind: i16) -> (Status, State) {
    match (state, kind) {
        (State::Ready, START) | (State::Writing, WRITE) => (DONE, State::Writing),
        (State::Writing, FINISH) => (DONE, State::Candidate),
        (State::Writing | State::Candidate, CANCEL) => (DONE, State::Failed),
        (State::Candidate, INSTALL) => (SUCCESS_REBOOT, State::Staged),
        (State::Staged, REJECT) => (DONE, State::Failed),
        (State::Failed, CLEAN) => (DONE, State::Ready),
        (_, REQUEST_REBOOT) => (DONE, state),
        _ => (BAD_STATE, state),
    }
}

const STATES: [State; 5] = [
    State::Ready,
    State::Writing,
    State::Candidate,
    State::Staged,
    State::Failed,
];

#[test]
fn each_call_in_each_state_does_what_the_specification_says() {
    for state in STATES {
        for kind in CALLS {
            let mut update = device_in(state);
            let before = update.flash().clone();
            let (status, after) = expected(state, kind);
            assert_eq!(deliver(&mut update, kind), status, "{kind} in {state:?}");
            assert_eq!(query(&mut update).state, after, "{kind} in {state:?}");
            if status == BAD_STATE {
                assert_eq!(
                    update.flash().bytes(),
                    before.bytes(),
                    "{kind} in {state:?}"
                );
            }
            let has_request = requested(update.flash()).is_some();
            assert_eq!(has_request, after == State::Staged, "{kind} in {state:?}");
        }
    }
}

#[test]
fn a_query_tells_of_the_image_that_runs() {
    let mut update = device();
    let info = query(&mut update);
    assert_eq!((info.state, info.error), (State::Ready, DONE));
    assert_eq!(info.version, VERSION);
    assert_eq!(info.largest_image_bytes as usize, ROOM_BYTES);
    assert_eq!(info.flags, 1, "staging is volatile");
}

#[test]
fn an_image_goes_the_whole_way() {
    let image: Vec<u8> = (0..ROOM_BYTES - 5).map(|place| (place * 7) as u8).collect();
    let mut update = device();
    let before = update.flash().clone();
    assert_eq!(deliver(&mut update, START), DONE);
    // Not in order, in blocks of different lengths.
    let blocks = [
        (1024, 1024),
        (0, 1024),
        (2048, 32),
        (2080, 1024),
        (3104, 475),
    ];
    for (offset, bytes) in blocks {
        let block = &image[offset..offset + bytes];
        assert_eq!(write(&mut update, offset as u32, block), DONE, "{offset}");
    }
    assert_eq!(deliver(&mut update, FINISH), DONE);
    assert_eq!(deliver(&mut update, INSTALL), SUCCESS_REBOOT);
    let staged = requested(update.flash()).expect("a request");
    assert!(staged.starts_with(&image));
    assert_eq!(outside(update.flash()), outside(&before));
    assert_eq!(deliver(&mut update, REQUEST_REBOOT), DONE);
    assert_eq!(RESETS.get(), 1);
}

#[test]
fn a_rejected_update_tells_why_and_another_one_can_follow() {
    let mut update = device_in(State::Staged);
    assert_eq!(deliver(&mut update, REJECT), DONE);
    let info = query(&mut update);
    assert_eq!((info.state, info.error), (State::Failed, Status(WHY)));
    for kind in [CLEAN, START, WRITE, FINISH] {
        assert_eq!(deliver(&mut update, kind), DONE, "{kind}");
    }
    assert_eq!(deliver(&mut update, INSTALL), SUCCESS_REBOOT);
    assert_eq!(requested(update.flash()).unwrap()[..40], [0x5A; 40]);
}

proptest! {
    #[test]
    fn no_history_touches_what_lies_outside_the_secondary_slot(
        history in prop::collection::vec((0..CALLS.len(), any::<u32>(), 0..1100_usize), 1..40)
    ) {
        let mut update = device();
        let before = update.flash().clone();
        for (kind, offset, bytes) in history {
            let state = query(&mut update).state;
            if CALLS[kind] == WRITE {
                // Offsets that can be right come as often as any others.
                let offset = if offset % 2 == 0 { offset % 4096 / 32 * 32 } else { offset };
                write(&mut update, offset, &vec![offset as u8; bytes]);
            } else {
                let (status, after) = expected(state, CALLS[kind]);
                prop_assert_eq!(deliver(&mut update, CALLS[kind]), status);
                prop_assert_eq!(query(&mut update).state, after);
            }
            prop_assert_eq!(outside(update.flash()), outside(&before));
            let staged = query(&mut update).state == State::Staged;
            prop_assert_eq!(requested(update.flash()).is_some(), staged);
        }
        let slot = secondary(update.flash());
        prop_assert_eq!(slot.len(), Fake::SECONDARY.size_bytes);
    }
}
