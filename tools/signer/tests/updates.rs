// SPDX-License-Identifier: Apache-2.0
//! Updates from the application to the boot ROM and back: the Firmware Update partition and the
//! boot ROM on the flash of one device, whose power is cut at every operation.

mod common;
#[path = "../../../crates/firmware_update/tests/update/message.rs"]
mod message;

use boot::Mode;
use common::board::{Board, LAYOUT, SECTOR_BYTES, SLOT_BYTES, TEARS, image};
use firmware_update::{FirmwareUpdate, UpdateSlots};
use flash::Area;
use message::{call, query, write};
use psa::framework::OutVector;
use psa::update::{
    ACCEPT, CLEAN, COMPONENT, FINISH, INSTALL, LONGEST_WRITE_BYTES, REJECT, START, SUCCESS_REBOOT,
    State, WRITE,
};
use psa::{Framework, Handle, Partition as _, Status};

const OLD: u8 = 1;
const NEW: u8 = 2;

/// The slots of the board, whose boot ROM exchanges images.
struct Slots;

impl UpdateSlots for Slots {
    type Flash = Board;
    const PRIMARY_TRAILER: Area = Area {
        offset_bytes: LAYOUT.primary.offset_bytes + SLOT_BYTES - SECTOR_BYTES,
        size_bytes: SECTOR_BYTES,
    };
    const PRIMARY_BYTES: usize = SLOT_BYTES;
    const SECONDARY: Area = LAYOUT.secondary;
    const UPGRADE: Mode = Mode::Swap;

    fn running_image() -> &'static [u8] {
        &[0; 32]
    }

    fn reset() {
        unreachable!("the tests reset the device by themselves")
    }
}

type Update = FirmwareUpdate<Slots>;

/// What the partition gets when it starts, and does not need.
struct NoFramework;

impl Framework for NoFramework {
    fn version(&self, _: u32) -> u32 {
        unreachable!()
    }

    fn connect(&self, _: u32, _: u32) -> Result<Handle, Status> {
        unreachable!()
    }

    fn call(&self, _: Handle, _: i16, _: &[&[u8]], _: &mut [OutVector<'_>]) -> Status {
        unreachable!()
    }

    fn close(&self, _: Handle) {
        unreachable!()
    }

    fn lifecycle_state(&self) -> u32 {
        unreachable!()
    }

    fn panic(&self) -> ! {
        unreachable!()
    }
}

/// Switches the device on: which version runs, and its partition; the flash if nothing does.
fn start(mut board: Board) -> Result<(u8, Update), Box<Board>> {
    match board.start_in(Mode::Swap) {
        Err(_) => Err(Box::new(board)),
        Ok((version, _)) => {
            let mut update = Update::new(board);
            assert_eq!(update.init(&NoFramework), Ok(()));
            Ok((version, update))
        }
    }
}

fn stage(update: &mut Update, image: &[u8]) -> Result<(), Status> {
    expect(call(update, START, &[&[COMPONENT]]))?;
    for (index, block) in image.chunks(LONGEST_WRITE_BYTES).enumerate() {
        let offset = (index * LONGEST_WRITE_BYTES) as u32;
        expect(write(update, offset, block))?;
    }
    expect(call(update, FINISH, &[&[COMPONENT]]))?;
    expect(call(update, INSTALL, &[]))
}

fn expect(status: Status) -> Result<(), Status> {
    match status {
        Status::SUCCESS | SUCCESS_REBOOT => Ok(()),
        error => Err(error),
    }
}

/// A device that runs the old image, and the new one.
fn device() -> (Board, Vec<u8>) {
    (Board::new(&image(OLD, 5, 700), 5), image(NEW, 6, 900))
}

/// The same when the new image runs on trial.
fn on_trial() -> Update {
    let (board, new) = device();
    let (version, mut update) = start(board).ok().unwrap();
    assert_eq!((version, query(&mut update).state), (OLD, State::Ready));
    stage(&mut update, &new).unwrap();
    let (version, mut update) = start(update.into_flash()).ok().unwrap();
    assert_eq!((version, query(&mut update).state), (NEW, State::Trial));
    update
}

/// The version that runs after another start, which is ready for an update.
fn version_after(update: Update) -> (u8, u32) {
    let (version, mut update) = start(update.into_flash()).ok().unwrap();
    assert_eq!(query(&mut update).state, State::Ready);
    (version, update.flash().security_counter())
}

#[test]
fn an_image_that_is_accepted_stays() {
    let mut update = on_trial();
    assert_eq!(call(&mut update, ACCEPT, &[]), Status::SUCCESS);
    assert_eq!(query(&mut update).state, State::Updated);
    assert_eq!(call(&mut update, ACCEPT, &[]), Status::BAD_STATE);
    assert_eq!(call(&mut update, CLEAN, &[&[COMPONENT]]), Status::SUCCESS);
    assert_eq!(query(&mut update).state, State::Ready);
    assert_eq!(version_after(update), (NEW, 6));
}

#[test]
fn an_image_that_is_rejected_or_left_goes_back() {
    assert_eq!(version_after(on_trial()), (OLD, 5));
    let mut update = on_trial();
    let why = Status(-1234);
    let status = call(&mut update, REJECT, &[&why.0.to_le_bytes()]);
    assert_eq!(status, SUCCESS_REBOOT);
    let info = query(&mut update);
    assert_eq!((info.state, info.error), (State::Rejected, why));
    for kind in [ACCEPT, INSTALL] {
        assert_eq!(call(&mut update, kind, &[]), Status::BAD_STATE);
    }
    assert_eq!(call(&mut update, CLEAN, &[&[COMPONENT]]), Status::BAD_STATE);
    assert_eq!(version_after(update), (OLD, 5));
}

#[test]
fn nothing_touches_the_image_that_waits_during_a_trial() {
    let mut update = on_trial();
    let before = update.flash().0.operations();
    let (zero, block) = ([0; 4], [0x5A; 32]);
    let calls: &[(i16, &[&[u8]])] = &[
        (START, &[&[COMPONENT]]),
        (WRITE, &[&[COMPONENT], &zero, &block]),
        (FINISH, &[&[COMPONENT]]),
        (CLEAN, &[&[COMPONENT]]),
        (INSTALL, &[]),
    ];
    for (kind, inputs) in calls {
        let status = call(&mut update, *kind, inputs);
        assert_eq!(status, Status::BAD_STATE, "{kind}");
    }
    assert_eq!(update.flash().0.operations(), before);
    assert_eq!(version_after(update), (OLD, 5));
}

/// A whole history up to the first cut: the flash as it is then, and whether the new image was
/// accepted.
fn history(board: Board, new: &[u8]) -> (Board, bool) {
    let (_, mut update) = match start(board) {
        Ok(started) => started,
        Err(board) => return (*board, false),
    };
    if stage(&mut update, new).is_err() {
        return (update.into_flash(), false);
    }
    let (_, mut update) = match start(update.into_flash()) {
        Ok(started) => started,
        Err(board) => return (*board, false),
    };
    let is_accepted = call(&mut update, ACCEPT, &[]).is_success();
    match start(update.into_flash()) {
        Ok((_, update)) => (update.into_flash(), is_accepted),
        Err(board) => (*board, is_accepted),
    }
}

#[test]
fn what_is_accepted_stays_wherever_the_power_is_cut_and_nothing_else_does() {
    let (board, new) = device();
    let before = board.0.operations();
    let (whole, is_accepted) = history(board.clone(), &new);
    assert!(is_accepted);
    let operations = whole.0.operations() - before;
    let (mut accepted, mut points) = (0, 0);
    for operation in 0..operations {
        for tear in TEARS {
            let mut board = board.clone();
            board.0.cut_after(operation, tear);
            let (mut board, is_accepted) = history(board, &new);
            assert!(board.0.is_off(), "{operation} {tear:?}");
            board.0.power_on();
            // A trial that begins now ends at the start after it.
            let (_, update) = start(board).ok().expect("a start");
            let (version, mut update) = start(update.into_flash()).ok().expect("a start");
            assert_eq!(query(&mut update).state, State::Ready);
            if is_accepted {
                assert_eq!(version, NEW, "{operation} {tear:?}");
                accepted += 1;
            }
            // The device goes on, whatever was left.
            stage(&mut update, &new).unwrap();
            let (version, mut update) = start(update.into_flash()).ok().expect("a start");
            assert_eq!((version, query(&mut update).state), (NEW, State::Trial));
            points += 1;
        }
    }
    println!("{points} cut points in {operations} operations, all passed");
    assert!(operations > 30 && accepted > 0);
}
