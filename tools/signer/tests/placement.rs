// SPDX-License-Identifier: Apache-2.0
//! Images that are made for another place are refused in every slot, before anything is erased for
//! them: what ran before runs on.

mod common;

use std::marker::PhantomData;

use boot::Mode;
use boot::settings::Portable;
use boot::signature::Rsa3072;
use boot::{Error, Placement, Refusal, Settings, Upgrade};
use broken_images::{BrokenImage, misplaced_images};
use common::board::{Board, LAYOUT, options};
use common::key;
use common::model::{Overwriting, Request, Simulation, Swapping};
use flash::Chip;
use recovery::host::fake::Wire;
use recovery::host::fuzz::{message, messages, packet};
use recovery::{PACKET_BYTES, Recovery};
use signer::{Expected, inspect, sign};

const PLACEMENT: Placement = Placement {
    header_bytes: 0x40,
    slot_address: 0x8010_0000,
    ram_address: 0x3800_0000,
    ram_bytes: 0x1_0000,
};

/// A boot ROM that knows where its images run.
struct Placed<M>(PhantomData<M>);

impl<M: Simulation> Settings for Placed<M> {
    type Compression = <Portable<Rsa3072> as Settings>::Compression;
    type Signature = Rsa3072;
    type Keys = <Portable<Rsa3072> as Settings>::Keys;
    const PLACEMENT: Option<Placement> = Some(PLACEMENT);
    const UPGRADE: Mode = M::MODE;
}

/// A payload for this place, with its stack at the end of the RAM.
fn payload(minor: u8) -> Vec<u8> {
    let stack = PLACEMENT.ram_address + PLACEMENT.ram_bytes;
    let reset = PLACEMENT.image_address() + 0x40 + 1;
    let mut payload = [stack.to_le_bytes(), reset.to_le_bytes()].concat();
    payload.resize(700, minor);
    payload
}

fn image(minor: u8) -> Vec<u8> {
    sign(&payload(minor), &key(), &options(minor, 5)).unwrap()
}

fn misplaced() -> Vec<BrokenImage> {
    misplaced_images(&key(), &payload(2), &options(2, 5), PLACEMENT).unwrap()
}

fn start<M: Simulation>(board: &mut Board) -> Result<(u8, Upgrade), Refusal> {
    board.start_by::<Placed<M>>()
}

fn refused_in_every_slot<M: Simulation>() {
    let mut right = Board::new(&image(1), 5);
    assert_eq!(start::<M>(&mut right), Ok((1, Upgrade::NotRequested)));
    let all = misplaced();
    assert!(all.len() > 15);
    for BrokenImage { name, image, error } in all {
        let mut board = Board::new(&image, 5);
        let refused = Err(Refusal::Image(error));
        assert_eq!(start::<M>(&mut board), refused, "{name}");

        let mut board = right.clone();
        board.load(&image, Some(Request::Permanent)).unwrap();
        let before = board.area(LAYOUT.primary).to_vec();
        let refused = Ok((1, Upgrade::Refused(error)));
        assert_eq!(start::<M>(&mut board), refused, "{name}");
        assert!(board.area(LAYOUT.primary) == before, "{name}");
        assert_eq!(start::<M>(&mut board), Ok((1, Upgrade::NotRequested)));
    }
}

#[test]
fn no_misplaced_image_is_installed_over_another() {
    refused_in_every_slot::<Overwriting>();
}

#[test]
fn no_misplaced_image_takes_the_place_of_another() {
    refused_in_every_slot::<Swapping>();
}

/// The ends of what is allowed.
#[test]
fn the_stack_may_begin_at_the_end_of_the_ram() {
    let last = payload(1).len() as u32 - 1;
    for (stack, reset) in [
        (PLACEMENT.ram_address + PLACEMENT.ram_bytes, 0x41),
        (PLACEMENT.ram_address + 8, last | 1),
    ] {
        let mut payload = payload(1);
        payload[..4].copy_from_slice(&stack.to_le_bytes());
        payload[4..8].copy_from_slice(&(PLACEMENT.image_address() + reset).to_le_bytes());
        let image = sign(&payload, &key(), &options(1, 5)).unwrap();
        let mut board = Board::new(&image, 5);
        let started = start::<Overwriting>(&mut board);
        assert_eq!(
            started,
            Ok((1, Upgrade::NotRequested)),
            "{stack:#x} {reset:#x}"
        );
    }
}

/// The first piece of an upload tells the size of the header; the rest the next start tells.
#[test]
fn recovery_takes_no_image_with_another_header() {
    let mut board = Board::new(&[0x5A; 600], 5);
    let before = board.area(LAYOUT.primary).to_vec();
    let answer = |board: &mut Board, image: &[u8]| {
        let (wire, mut room) = (Wire::default(), [0; PACKET_BYTES]);
        let mut chip = Chip::new(board);
        let mut recovery = Recovery::<Placed<Overwriting>, _>::new(&mut chip, &LAYOUT, &mut room);
        let head = b"\xA3\x63len\x19\x04\x00\x63off\x00\x64data\x58\xC8";
        let request = message(2, (1, 1), &[head, &image[..200]].concat());
        for byte in packet(&request) {
            recovery.take(byte, &wire);
        }
        messages(&wire.sent())[0][8..].to_vec()
    };
    for broken in misplaced() {
        if broken.error == Error::WrongHeaderSize {
            assert_eq!(answer(&mut board, &broken.image), b"\xA1\x62rc\x03");
            assert!(board.area(LAYOUT.primary) == before, "{}", broken.name);
        }
    }
    let taken = answer(&mut board, &image(1));
    assert_eq!(taken, b"\xA2\x62rc\x00\x63off\x18\xC8");
}

#[test]
fn the_report_says_what_is_misplaced() {
    let expected = Expected {
        placement: Some(PLACEMENT),
        ..Expected::default()
    };
    assert_eq!(inspect(&image(1), &expected).refused, None);
    for broken in misplaced() {
        let report = inspect(&broken.image, &expected);
        assert_eq!(
            report.refused,
            Some(broken.error.as_str()),
            "{}",
            broken.name
        );
        let place = report.checks.iter().find(|check| check.name == "place");
        let wrong = place.and_then(|check| check.wrong.as_deref());
        assert_eq!(wrong, Some(broken.error.as_str()), "{}", broken.name);
    }
}

#[test]
fn no_such_image_is_signed() {
    let signs = |payload: &[u8], header_bytes| {
        let options = signer::Options {
            header_bytes,
            placement: Some(PLACEMENT),
            ..options(1, 5)
        };
        sign(payload, &key(), &options)
            .map(drop)
            .map_err(|error| format!("{error:#}"))
    };
    assert_eq!(signs(&payload(1), 0x40), Ok(()));
    let error = signs(&payload(1), 0x400).unwrap_err();
    assert!(error.contains("1024") && error.contains("64"), "{error}");
    for bytes in 0..8 {
        let error = signs(&payload(1)[..bytes], 0x40).unwrap_err();
        assert!(error.contains("vector table"), "{error}");
    }
    let error = signs(&[0; 100], 0x40).unwrap_err();
    assert!(
        error.contains("0x80100040") && error.contains("vector table"),
        "{error}"
    );
    // Nor where nothing is known of the place.
    for bytes in 0..8 {
        assert!(sign(&payload(1)[..bytes], &key(), &options(1, 5)).is_err());
    }
}
