// SPDX-License-Identifier: Apache-2.0
//! Serial recovery and the starts around it: what is uploaded is judged by the start, whatever it
//! is and wherever the power was cut.

mod common;

use boot::Mode;
use boot::settings::Portable;
use boot::signature::Rsa3072;
use boot::{Error, Refusal, Upgrade, trailer};
use broken_images::broken_images;
use common::board::{Board, LAYOUT, SECTOR_BYTES, SLOT_BYTES, TEARS, image};
use common::model::Request;
use flash::{Chip, Flash as _};
use recovery::host::fake::Wire;
use recovery::host::fuzz::{message, messages, packet};
use recovery::{PACKET_BYTES, Recovery};

const READ: u8 = 0;
const WRITE: u8 = 2;
const IMAGES: (u16, u8) = (1, 0);
const UPLOAD: (u16, u8) = (1, 1);
const PIECE_BYTES: usize = 200;

const BOOTABLE: &[u8] = b"\x68bootable\xF5";
const PENDING: &[u8] = b"\x67pending\xF5";

/// The payloads of the answers to these requests.
fn ask(board: &mut Board, requests: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let (wire, mut room) = (Wire::default(), [0; PACKET_BYTES]);
    let mut chip = Chip::new(board);
    let mut recovery = Recovery::<Portable<Rsa3072>, _>::new(&mut chip, &LAYOUT, &mut room);
    for request in requests {
        for byte in packet(request) {
            recovery.take(byte, &wire);
        }
    }
    let answers = messages(&wire.sent());
    assert_eq!(answers.len(), requests.len());
    answers.iter().map(|answer| answer[8..].to_vec()).collect()
}

fn list(board: &mut Board) -> Vec<u8> {
    ask(board, &[message(READ, IMAGES, b"\xA0")]).remove(0)
}

/// Sends an image piece by piece, whatever the device answers; the last answer.
fn upload(board: &mut Board, image: &[u8]) -> Vec<u8> {
    let number = |value: usize| [&[0x19][..], &(value as u16).to_be_bytes()].concat();
    let pieces = image.chunks(PIECE_BYTES).enumerate();
    let requests = pieces.map(|(index, piece)| {
        let offset = number(index * PIECE_BYTES);
        let length = [b"\xA3\x63len", &number(image.len())[..]].concat();
        let head = if index == 0 { &length[..] } else { b"\xA2" };
        let data = [b"\x64data\x58", &[piece.len() as u8][..], piece].concat();
        let payload = [head, b"\x63off", &offset, &data].concat();
        message(WRITE, UPLOAD, &payload)
    });
    let requests: Vec<_> = requests.collect();
    ask(board, &requests).pop().unwrap()
}

fn says(answer: &[u8], words: &[u8]) -> bool {
    answer.windows(words.len()).any(|window| window == words)
}

#[test]
fn what_is_uploaded_is_started_and_raises_the_counter() {
    let mut board = Board::new(&[], 5);
    assert_eq!(board.start(), Err(Refusal::Image(Error::WrongMagic)));
    assert_eq!(list(&mut board), b"\xA1\x66images\x80");
    let new = image(7, 6, 1500);
    upload(&mut board, &new);
    assert_eq!(board.security_counter(), 5, "recovery leaves OTP alone");
    let listed = list(&mut board);
    let hash = boot::verify(&new, &common::device()).unwrap();
    assert!(says(
        &listed,
        b"\x64slot\x00\x67version\x650.7.0\x64hash\x58\x20"
    ));
    assert!(says(&listed, hash.digest()) && says(&listed, BOOTABLE));
    assert_eq!(board.start(), Ok((7, Upgrade::NotRequested)));
    assert_eq!(board.security_counter(), 6);
}

#[test]
fn the_list_tells_of_an_upgrade_that_waits() {
    let mut board = Board::new(&[], 5);
    board.stage(&image(3, 5, 300));
    let listed = list(&mut board);
    assert!(says(&listed, b"\x64slot\x01") && says(&listed, BOOTABLE) && !says(&listed, PENDING));
    board.request(&image(3, 4, 300));
    let listed = list(&mut board);
    assert!(!says(&listed, BOOTABLE) && says(&listed, PENDING));
}

#[test]
fn no_broken_image_is_started() {
    let broken = broken_images(&common::key(), &common::payload(), SLOT_BYTES, 5).unwrap();
    let before = Board::new(&[], 5);
    let room_bytes = SLOT_BYTES - SECTOR_BYTES; // what is longer is none that can be uploaded
    let can_come = |image: &[u8]| (1..=room_bytes).contains(&image.len());
    for broken in broken.iter().filter(|broken| can_come(&broken.image)) {
        let mut board = before.clone();
        let answer = upload(&mut board, &broken.image);
        assert!(says(&answer, b"\x62rc\x00"), "{}", broken.name);
        assert!(!says(&list(&mut board), BOOTABLE), "{}", broken.name);
        let refused = Err(Refusal::Image(broken.error));
        assert_eq!(board.start(), refused, "{}", broken.name);
        let areas = [LAYOUT.otp, LAYOUT.secondary];
        let is_kept = |area| board.area(area) == before.area(area);
        assert!(areas.into_iter().all(is_kept), "{}", broken.name);
    }
}

/// An upload that ends in a trailer would say for the application what only it may say.
#[test]
fn no_upload_reaches_the_trailer() {
    let mut board = Board::new(&[], 5);
    let mut padded = image(7, 6, 1500);
    padded.resize(SLOT_BYTES - trailer::MAGIC.len(), 0xFF);
    padded.extend(trailer::MAGIC);
    let before = board.area(LAYOUT.primary).to_vec();
    assert_eq!(upload(&mut board, &padded), b"\xA1\x62rc\x03");
    assert!(board.area(LAYOUT.primary) == before, "nothing is erased");
    padded.truncate(SLOT_BYTES - SECTOR_BYTES);
    assert!(says(&upload(&mut board, &padded), b"\x62rc\x00"));
    assert_eq!(board.start(), Ok((7, Upgrade::NotRequested)));
}

#[test]
fn a_cut_at_every_operation_of_an_upload_leaves_a_device_in_recovery() {
    let (first, second) = (image(1, 5, 700), image(2, 5, 900));
    let mut points = 0;
    for tear in TEARS {
        for cut in 0.. {
            // An image that is refused, with a trailer, is in the way.
            let mut board = Board::new(&[0xA5; SLOT_BYTES], 5);
            board.0.cut_after(cut, tear);
            upload(&mut board, &first);
            if !board.0.is_off() {
                break;
            }
            board.0.power_on();
            match board.start() {
                Ok(started) => assert_eq!(started, (1, Upgrade::NotRequested)),
                Err(refusal) => assert!(matches!(refusal, Refusal::Image(_)), "{refusal:?}"),
            }
            upload(&mut board, &second);
            assert_eq!(
                board.start(),
                Ok((2, Upgrade::NotRequested)),
                "{tear:?} at {cut}"
            );
            points += 1;
        }
    }
    println!("{points} cut points, all passed");
    assert!(points > 7 * 8);
}

#[test]
fn a_sector_that_is_worn_out_is_told() {
    let mut board = Board::new(&[], 5);
    board.0.wear_out(LAYOUT.primary.offset_bytes / 512 + 1);
    let answer = upload(&mut board, &image(1, 5, 700));
    assert_eq!(
        answer, b"\xA1\x62rc\x03",
        "after the failure the next piece is none"
    );
    assert!(matches!(board.start(), Err(Refusal::Image(_))));
}

#[test]
fn an_uploaded_image_stays_whatever_was_on_trial_before() {
    let mut board = Board::new(&image(1, 5, 700), 5);
    board.load(&image(2, 5, 900), Some(Request::Test)).unwrap();
    assert_eq!(board.start_in(Mode::Swap), Ok((2, Upgrade::OnTrial)));
    // Both images are lost while the trial lasts.
    board.erase(LAYOUT.primary.offset_bytes).unwrap();
    board.erase(LAYOUT.secondary.offset_bytes).unwrap();
    let refused = Err(Refusal::Image(Error::WrongMagic));
    assert_eq!(board.start_in(Mode::Swap), refused);
    upload(&mut board, &image(3, 6, 700));
    for _ in 0..2 {
        let started = board.start_in(Mode::Swap);
        assert_eq!(started, Ok((3, Upgrade::NotRequested)));
        assert_eq!(board.security_counter(), 6, "it is not on trial");
    }
}
