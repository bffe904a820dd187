// SPDX-License-Identifier: Apache-2.0
//! Power cuts: at each flash operation of an update, torn in every way.

use crate::board::{ROOM_BYTES, SECTOR_BYTES, Update, device, outside, requested};
use crate::message::{call, query, write};
use boot::trailer;
use flash::fake::Tear;
use psa::Status;
use psa::update::State;
use psa::update::{COMPONENT, FINISH, INSTALL, LONGEST_WRITE_BYTES, REJECT, START, SUCCESS_REBOOT};

const TEARS: [Tear; 6] = [
    Tear::Nothing,
    Tear::Everything,
    Tear::Front(300),
    Tear::Back(500),
    Tear::Bits(1),
    Tear::Bits(2),
];

fn image() -> Vec<u8> {
    (0..ROOM_BYTES).map(|place| (place * 11) as u8).collect()
}

/// Stages the image, and rejects it if that is wanted, up to the first error.
fn run(update: &mut Update, image: &[u8], rejects: bool) -> Result<(), Status> {
    let mut expect = |kind, inputs: &[&[u8]]| match call(update, kind, inputs) {
        Status::SUCCESS | SUCCESS_REBOOT => Ok(()),
        error => Err(error),
    };
    expect(START, &[&[COMPONENT]])?;
    for (index, block) in image.chunks(LONGEST_WRITE_BYTES).enumerate() {
        let offset = (index * LONGEST_WRITE_BYTES) as u32;
        let inputs: [&[u8]; 3] = [&[COMPONENT], &offset.to_le_bytes(), block];
        expect(psa::update::WRITE, &inputs)?;
    }
    expect(FINISH, &[&[COMPONENT]])?;
    expect(INSTALL, &[])?;
    if rejects {
        expect(REJECT, &[&[0; 4]])?;
    }
    Ok(())
}

#[test]
fn a_request_is_only_there_with_the_whole_image() {
    let image = image();
    let mut whole = device();
    run(&mut whole, &image, true).unwrap();
    let operations = whole.flash().operations();
    let untouched = device();
    let mut requests = 0;
    for operation in 0..operations {
        for tear in TEARS {
            let mut update = device();
            update.flash_mut().cut_after(operation, tear);
            assert_eq!(run(&mut update, &image, true), Err(Status::STORAGE_FAILURE));
            let mut board = update.into_flash();
            board.power_on();
            assert!(outside(&board) == outside(untouched.flash()));
            if let Some(staged) = requested(&board) {
                assert!(staged.starts_with(&image), "{operation} {tear:?}");
                requests += 1;
            }
            // The next update is not hindered by what the cut has left.
            let mut update = Update::new(board);
            run(&mut update, &image, false).unwrap();
            let staged = requested(update.flash()).expect("a request");
            assert!(staged.starts_with(&image), "{operation} {tear:?}");
        }
    }
    assert!(requests > 0);
}

#[test]
fn a_flash_that_fails_leaves_a_failed_update() {
    let mut update = device();
    let sectors = update.flash().bytes().len() / SECTOR_BYTES;
    assert_eq!(call(&mut update, START, &[&[COMPONENT]]), Status::SUCCESS);
    update.flash_mut().wear_out(sectors - 2); // with the trailer
    assert_eq!(write(&mut update, 0, &[1; 32]), Status::SUCCESS);
    assert_eq!(call(&mut update, FINISH, &[&[COMPONENT]]), Status::SUCCESS);
    assert_eq!(call(&mut update, INSTALL, &[]), Status::STORAGE_FAILURE);
    let info = query(&mut update);
    assert_eq!(
        (info.state, info.error),
        (State::Failed, Status::STORAGE_FAILURE)
    );
    assert!(!update.flash().bytes().ends_with(&trailer::MAGIC));
    assert!(requested(update.flash()).is_none());
}
