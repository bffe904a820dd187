// SPDX-License-Identifier: Apache-2.0
//! What only the exchange of images has: flags, the spare sector, the way back at once.

mod common;

use boot::Mode;
use boot::trailer::{self, Flag};
use boot::{Error, Refusal, Upgrade};
use common::board::{Board, LAYOUT, SECTOR_BYTES, SLOT_BYTES, TEARS, image};
use common::model::Request;
use flash::Flash as _;
use flash::Mapped as _;
use flash::fake::Tear;
use provisioning::{layout, log};

/// A device with version 1, and version 2 asked for.
fn asked(request: Request) -> Board {
    let mut board = Board::new(&image(1, 5, 700), 5);
    board.load(&image(2, 6, 900), Some(request)).unwrap();
    board
}

/// An image of this number of sectors.
fn image_of(sectors: usize, minor: u8) -> Vec<u8> {
    let overhead = image(0, 0, 0x100).len() - 0x100;
    let image = image(minor, 5, sectors * SECTOR_BYTES - overhead);
    assert_eq!(image.len(), sectors * SECTOR_BYTES);
    image
}

fn primary(board: &Board) -> &[u8] {
    board.area(LAYOUT.primary)
}

#[test]
fn the_flags_stand_where_other_tools_look_for_them() {
    let mut board = asked(Request::Test);
    assert_eq!(board.start_in(Mode::Swap), Ok((2, Upgrade::OnTrial)));
    let end = primary(&board).last_chunk::<32>().unwrap();
    let (flags, magic) = end.split_at(16);
    assert_eq!(magic, trailer::MAGIC);
    let (copy_done, image_ok) = flags.split_at(8);
    assert_eq!(copy_done, [1, 255, 255, 255, 255, 255, 255, 255]);
    assert_eq!(image_ok, [255; 8]);
    assert!(board.is_on_trial());
    board.confirm().unwrap();
    assert!(Flag::ImageOk.is_set(primary(&board)));
    assert!(!board.is_on_trial());

    // Who asks for good need not confirm; who has gone back is good too.
    let mut board = asked(Request::Permanent);
    assert_eq!(board.start_in(Mode::Swap), Ok((2, Upgrade::Installed)));
    assert!(Flag::ImageOk.is_set(primary(&board)));
    let mut board = asked(Request::Test);
    for _ in 0..2 {
        board.start_in(Mode::Swap).unwrap();
    }
    assert!(Flag::ImageOk.is_set(primary(&board)));
    assert!(!board.is_on_trial());
}

#[test]
fn a_torn_confirmation_is_none() {
    for tear in TEARS {
        let mut board = asked(Request::Test);
        board.start_in(Mode::Swap).unwrap();
        board.0.cut_after(0, tear);
        assert!(board.confirm().is_err());
        board.0.power_on();
        let expected = match Flag::ImageOk.is_set(primary(&board)) {
            true => (2, Upgrade::NotRequested),
            false => (1, Upgrade::Reverted),
        };
        assert_eq!(board.start_in(Mode::Swap), Ok(expected), "{tear:?}");
    }
}

#[test]
fn an_image_of_the_factory_is_not_on_trial() {
    let padded = |image: &[u8], flags: &[u8]| {
        let mut slot = image.to_vec();
        slot.resize(SLOT_BYTES - trailer::MAGIC.len() - flags.len(), 0xFF);
        slot.extend(flags);
        slot.extend(trailer::MAGIC);
        slot
    };
    let image = image(1, 5, 700);
    for flags in [&[][..], &[0xFF; 16], &Flag::SET] {
        let mut board = Board::new(&padded(&image, flags), 5);
        assert!(!board.is_on_trial());
        for _ in 0..2 {
            assert_eq!(board.start_in(Mode::Swap), Ok((1, Upgrade::NotRequested)));
        }
    }
}

#[test]
fn a_new_image_that_changes_on_its_way_goes_back_at_once() {
    let before = asked(Request::Permanent);
    let old = primary(&before)[..4 * SECTOR_BYTES].to_vec();
    let new = image(2, 6, 900); // but for its signature
    let (mut points, mut reverted) = (0, 0);
    for cut in 0.. {
        let mut board = before.clone();
        board.0.cut_after(cut, Tear::Nothing);
        let _ = board.start_in(Mode::Swap);
        if Flag::CopyDone.is_set(primary(&board)) {
            break; // it was verified in its place
        }
        board.0.power_on();
        damage(&mut board, &new[600..616]);
        let mut whole = board.clone();
        let outcome = whole.start_in(Mode::Swap);
        let Ok((1, Upgrade::Reverted | Upgrade::Refused(Error::WrongHash))) = outcome else {
            panic!("at {cut}: {outcome:?}");
        };
        assert_eq!(whole.start_in(Mode::Swap), Ok((1, Upgrade::NotRequested)));
        assert_eq!(whole.security_counter(), 5);
        assert!(primary(&whole).starts_with(&old));
        reverted += u32::from(outcome == Ok((1, Upgrade::Reverted)));
        // Nor does a cut on the way back do harm.
        for again in (0..).step_by(5) {
            let mut board = board.clone();
            board
                .0
                .cut_after(again, TEARS[(again / 5 + cut) as usize % TEARS.len()]);
            let _ = board.start_in(Mode::Swap);
            if !board.0.is_off() {
                break;
            }
            board.0.power_on();
            assert_eq!(
                board.start_in(Mode::Swap).unwrap().0,
                1,
                "at {cut}, then {again}"
            );
            assert_eq!(board.security_counter(), 5);
            points += 1;
        }
    }
    println!("{points} cut points on the way back, all passed");
    assert!(reverted > 20 && points > 200, "{reverted} {points}");
}

/// Changes a bit of these bytes wherever they stand.
fn damage(board: &mut Board, bytes: &[u8]) {
    let windows = board.bytes().windows(bytes.len()).enumerate();
    let found = windows.filter(|(_, window)| *window == bytes);
    let places: Vec<usize> = found.map(|(place, _)| place).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|place| board.0.flip(*place, 1));
}

#[test]
fn without_an_image_to_go_back_to_a_damaged_one_is_not_started() {
    let mut board = Board::new(&[], 5);
    let new = image(2, 6, 900);
    board.load(&new, Some(Request::Test)).unwrap();
    board.0.cut_after(5, Tear::Nothing);
    assert_eq!(board.start_in(Mode::Swap), Err(Refusal::Flash));
    board.0.power_on();
    damage(&mut board, &new[600..616]);
    for _ in 0..2 {
        let refusal = Refusal::Image(Error::WrongHash);
        assert_eq!(board.start_in(Mode::Swap), Err(refusal));
    }
    // Another one may come.
    board.load(&new, Some(Request::Test)).unwrap();
    assert_eq!(board.start_in(Mode::Swap), Ok((2, Upgrade::OnTrial)));
}

#[test]
fn an_image_leaves_a_spare_sector_and_that_of_the_status() {
    let most = boot::swap::largest_image_sectors(SLOT_BYTES, SECTOR_BYTES, 8);
    assert_eq!(most, SLOT_BYTES / SECTOR_BYTES - 2);
    let too_large = Upgrade::Refused(Error::WrongImageSize);
    for (old, new, expected) in [
        (most, most, (2, Upgrade::OnTrial)),
        (most, most + 1, (1, too_large)),
        (most + 1, most, (1, too_large)),
    ] {
        let mut board = Board::new(&image_of(old, 1), 5);
        board.load(&image_of(new, 2), Some(Request::Test)).unwrap();
        assert_eq!(board.start_in(Mode::Swap), Ok(expected), "{old} {new}");
        assert!(!board.has_request());
    }
}

#[test]
fn the_status_has_room_for_every_step() {
    // With units of 8 bytes and one sector of 512 there are marks for 16 sectors.
    let most = |slot, sector, unit| boot::swap::largest_image_sectors(slot, sector, unit);
    assert_eq!(most(0x10_0000, 0x1000, 4), 254);
    assert_eq!(most(0x10_0000, 512, 8), 17);
    assert_eq!(most(0x10_0000, 0, 8), 0);
    assert_eq!(most(0x10_0000, 64, 8), 0);
    assert_eq!(most(512, 512, 8), 0);
}

#[test]
fn nothing_is_touched_but_the_sectors_of_both_images() {
    let mut board = asked(Request::Test);
    let (old, new) = (4, 4); // sectors of the two images
    let before = board.0.erase_counts().to_vec();
    board.start_in(Mode::Swap).unwrap();
    let counts = board.0.erase_counts().iter().zip(&before);
    let counts: Vec<u32> = counts.map(|(after, before)| after - before).collect();
    let at = |area: flash::Area| &counts[area.offset_bytes / SECTOR_BYTES..][..8];
    // Moving up and exchanging; the spare sector once, and that of the status.
    assert_eq!(at(LAYOUT.primary), [1, 2, 2, 2, 1, 0, 0, 1]);
    assert_eq!(at(LAYOUT.secondary), [1, 1, 1, 1, 0, 0, 0, 1]);
    assert_eq!(image(1, 5, 700).len().div_ceil(SECTOR_BYTES), old);
    assert_eq!(image(2, 6, 900).len().div_ceil(SECTOR_BYTES), new);
}

#[test]
fn a_request_with_a_higher_counter_needs_room_for_it() {
    let entries = (LAYOUT.otp.size_bytes - layout::SECURITY_COUNTER_START) / log::ENTRY_BYTES;
    let mut board = Board::new(&image(1, 5, 700), 5);
    for entry in 1..entries - 3 {
        let offset = layout::SECURITY_COUNTER_START + entry * log::ENTRY_BYTES;
        board.program(offset, &log::encode(5)).unwrap();
    }
    board.load(&image(2, 6, 900), Some(Request::Test)).unwrap();
    let refused = Upgrade::Refused(Error::CounterExhausted);
    assert_eq!(board.start_in(Mode::Swap), Ok((1, refused)));
    board.load(&image(3, 5, 900), Some(Request::Test)).unwrap();
    assert_eq!(board.start_in(Mode::Swap), Ok((3, Upgrade::OnTrial)));
}
