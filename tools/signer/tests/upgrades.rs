// SPDX-License-Identifier: Apache-2.0
//! Whole histories of upgrades, with the power cut at every operation of the flash.

mod common;

use boot::keys::OtpKeys;
use boot::signature::Rsa3072;
use boot::{Error, Placement, Refusal, Settings, Upgrade};
use common::board::{Board, LAYOUT, SLOT_BYTES, TEARS, image};
use flash::Flash as _;
use flash::fake::Tear;
use provisioning::{layout, log};

#[test]
fn an_image_that_is_asked_for_takes_the_place_of_the_old_one() {
    let mut board = Board::new(&image(1, 5, 700), 5);
    assert_eq!(board.start(), Ok((1, Upgrade::NotRequested)));
    board.stage(&image(2, 6, 900));
    assert_eq!(
        board.start(),
        Ok((1, Upgrade::NotRequested)),
        "not asked for"
    );
    board.request(&image(2, 6, 900));
    assert_eq!(board.start(), Ok((2, Upgrade::Installed)));
    assert_eq!(board.start(), Ok((2, Upgrade::NotRequested)));
    assert_eq!(board.security_counter(), 6);
}

#[test]
fn a_cut_at_every_operation_of_an_upgrade_does_no_harm() {
    let (old, new) = (image(1, 5, 700), image(2, 6, 900));
    let mut before = Board::new(&old, 5);
    before.request(&new);
    let (mut points, mut operations) = (0, 0);
    for tear in TEARS {
        for cut in 0.. {
            let mut board = before.clone();
            board.0.cut_after(cut, tear);
            let first = board.start();
            if !board.0.is_off() {
                assert_eq!(first, Ok((2, Upgrade::Installed)));
                operations = cut;
                break;
            }
            assert_eq!(first, Err(Refusal::Flash), "{tear:?} at {cut}");
            // The next start may be cut as well, early or late.
            for again in [0, 1, cut / 2, cut, cut + 1] {
                let mut board = board.clone();
                board.0.power_on();
                board.0.cut_after(again, TEARS[(again % 7) as usize]);
                let _ = board.start();
                let (version, _) = board.start_at_last().unwrap();
                assert_eq!(version, 2, "{tear:?} at {cut}, then {again}");
                assert_eq!(board.security_counter(), 6);
                assert!(!board.has_request());
                points += 1;
            }
            points += 1;
        }
    }
    println!("{points} cut points in {operations} operations, all passed");
    assert!(operations > 12 && points > 7 * 12 * 6);
}

#[test]
fn there_is_no_way_back() {
    let mut board = Board::new(&image(2, 6, 700), 5);
    // The counter follows an image that is proven, however it came into the slot.
    assert_eq!(board.start(), Ok((2, Upgrade::NotRequested)));
    assert_eq!(board.security_counter(), 6);
    board.request(&image(1, 5, 700));
    let refused = Upgrade::Refused(Error::CounterTooLow);
    assert_eq!(board.start(), Ok((2, refused)));
    assert!(!board.has_request(), "it costs one start only");
    assert_eq!(board.start(), Ok((2, Upgrade::NotRequested)));

    let mut old = Board::new(&image(1, 5, 700), 6);
    assert_eq!(old.start(), Err(Refusal::Image(Error::CounterTooLow)));
}

/// A boot ROM that is configured to start older firmware.
struct WithoutAntiRollback;

impl Settings for WithoutAntiRollback {
    type Compression = primitives::sha256::Portable;
    type Signature = Rsa3072;
    type Keys = OtpKeys<1>;
    const PLACEMENT: Option<Placement> = None;
    const ANTI_ROLLBACK: bool = false;
}

#[test]
fn without_anti_rollback_the_counter_is_neither_asked_nor_raised() {
    let mut board = Board::new(&image(2, 6, 700), 5);
    let mut start = |request: Option<&[u8]>| {
        if let Some(image) = request {
            board.request(image);
        }
        let started = board.start_by::<WithoutAntiRollback>();
        (started, board.security_counter())
    };
    assert_eq!(start(None), (Ok((2, Upgrade::NotRequested)), 5));
    let older = image(1, 4, 700);
    assert_eq!(start(Some(&older)), (Ok((1, Upgrade::Installed)), 5));
    let newer = image(3, 7, 700);
    assert_eq!(start(Some(&newer)), (Ok((3, Upgrade::Installed)), 5));
    // Nothing else is given up.
    let mut damaged = image(4, 8, 700);
    damaged[600] ^= 1;
    let refused = Upgrade::Refused(Error::WrongHash);
    assert_eq!(start(Some(&damaged)), (Ok((3, refused)), 5));
}

#[test]
fn a_cut_leaves_the_counter_where_it_was_or_where_it_goes() {
    for tear in TEARS {
        let mut board = Board::new(&image(2, 6, 700), 5);
        board.0.cut_after(0, tear);
        let _ = board.start();
        assert!([5, 6].contains(&board.security_counter()), "{tear:?}");
        assert_eq!(board.start_at_last(), Ok((2, Upgrade::NotRequested)));
        assert_eq!(board.security_counter(), 6, "{tear:?}");
    }
}

#[test]
fn the_counter_is_raised_as_often_as_there_are_entries() {
    let entries = (LAYOUT.otp.size_bytes - layout::SECURITY_COUNTER_START) / log::ENTRY_BYTES;
    let mut board = Board::new(&image(1, 1, 100), 1);
    let last = entries as u32 - SPARE_ENTRIES;
    raise_to(&mut board, last);
    board.request(&image(2, last, 100));
    assert_eq!(
        board.start(),
        Ok((2, Upgrade::Installed)),
        "no entry is needed"
    );
    board.request(&image(3, last + 1, 100));
    let refused = Upgrade::Refused(Error::CounterExhausted);
    assert_eq!(board.start(), Ok((2, refused)));
    assert_eq!(board.security_counter(), last);
}

/// Entries at the end of the log that only a start after a torn one takes.
const SPARE_ENTRIES: u32 = 3;

/// Raises the counter from 1 in steps of one, an entry for each.
fn raise_to(board: &mut Board, last: u32) {
    for counter in 2..=last {
        let offset = layout::SECURITY_COUNTER_START + (counter as usize - 1) * log::ENTRY_BYTES;
        board.program(offset, &log::encode(counter)).unwrap();
    }
    assert_eq!(board.security_counter(), last);
}

#[test]
fn the_last_upgrade_that_raises_the_counter_outlives_torn_entries() {
    let entries = (LAYOUT.otp.size_bytes - layout::SECURITY_COUNTER_START) / log::ENTRY_BYTES;
    let last = entries as u32 - SPARE_ENTRIES;
    let mut before = Board::new(&image(1, 1, 700), 1);
    raise_to(&mut before, last - 1);
    before.request(&image(2, last, 900));
    let mut torn = 0;
    for tear in TEARS {
        for cut in 0.. {
            let mut board = before.clone();
            board.0.cut_after(cut, tear);
            let _ = board.start();
            if !board.0.is_off() {
                break;
            }
            // The first operations of the next starts are cut as well: they tear entries too.
            for again in [Tear::Bits(1), Tear::Bits(2)] {
                board.0.power_on();
                board.0.cut_after(0, again);
                let _ = board.start();
            }
            let (version, _) = board.start_at_last().unwrap();
            assert_eq!(version, 2, "{tear:?} at {cut}");
            assert_eq!(board.security_counter(), last, "{tear:?} at {cut}");
            let otp = board.area(LAYOUT.otp);
            let written = log::free_offset(&otp[layout::SECURITY_COUNTER_START..]);
            torn += usize::from(written != Some((last as usize) * log::ENTRY_BYTES));
        }
    }
    assert!(torn > 0, "no entry was ever torn");
}

#[test]
fn only_what_is_signed_is_copied() {
    let new = image(2, 5, 200);
    let mut board = Board::new(&image(1, 5, 2000), 5);
    let behind = new.len().next_multiple_of(512);
    let rest = board.area(LAYOUT.primary)[behind..].to_vec();
    board.request(&new);
    let programmed = board.0.programmed_bytes();
    assert_eq!(board.start(), Ok((2, Upgrade::Installed)));
    let programmed = board.0.programmed_bytes() - programmed;
    assert_eq!(programmed, new.len().next_multiple_of(8) as u64);
    assert_eq!(board.area(LAYOUT.primary)[behind..], rest);
}

#[test]
fn an_image_may_reach_to_the_magic() {
    let overhead = image(2, 5, 0x100).len() - 0x100;
    let new = image(2, 5, SLOT_BYTES - 16 - overhead);
    assert_eq!(new.len(), SLOT_BYTES - 16);
    let mut board = Board::new(&image(1, 5, 700), 5);
    board.request(&new);
    assert_eq!(board.start(), Ok((2, Upgrade::Installed)));
    assert_eq!(board.start(), Ok((2, Upgrade::NotRequested)));
}

#[test]
fn a_sector_that_is_worn_out_loses_no_image() {
    let mut board = Board::new(&image(1, 5, 700), 5);
    board.request(&image(2, 6, 900));
    board.0.wear_out(LAYOUT.primary.offset_bytes / 512 + 1);
    assert_eq!(board.start(), Err(Refusal::Flash));
    assert!(board.has_request(), "the only whole image is still there");
    assert_eq!(board.security_counter(), 5);
}

#[test]
fn random_histories_follow_the_model() {
    // A generator of pseudo-random numbers (xorshift), so that a failure repeats.
    let mut state = 0x2545_F491_u32;
    let mut random = move |below: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % below
    };
    let images: Vec<Vec<u8>> = (0..5)
        .map(|n| image(n, u32::from(n), 300 + 200 * usize::from(n)))
        .collect();
    let mut cuts = 0;
    for _ in 0..80 {
        let (mut running, mut counter) = (1, 1);
        let mut board = Board::new(&images[1], 1);
        for _ in 0..5 {
            let wanted = random(5);
            let mut new = images[wanted as usize].clone();
            let is_damaged = random(4) == 0;
            if is_damaged {
                let place = random(new.len() as u32) as usize;
                new[place] ^= 1 << random(8);
            }
            board.request(&new);
            while random(3) != 0 {
                board
                    .0
                    .cut_after(u64::from(random(15)), TEARS[random(7) as usize]);
                let _ = board.start();
                cuts += u32::from(board.0.is_off());
                board.0.power_on();
            }
            if !is_damaged && wanted >= counter {
                (running, counter) = (wanted, wanted);
            }
            let (version, _) = board.start_at_last().unwrap();
            assert_eq!(u32::from(version), running);
            assert_eq!(board.security_counter(), counter);
            assert!(!board.has_request());
        }
    }
    assert!(cuts > 100, "only {cuts} cuts");
}
