// SPDX-License-Identifier: Apache-2.0

use super::*;
use crate::host::fake::SlotFlash;
use boot::settings::Portable;
use boot::signature::Rsa3072;
use cbor::{Writer, major};
use proptest::prelude::*;

const SLOT_SECTORS: usize = 4;
const SECTOR_BYTES: usize = 512;
const SLOT_BYTES: usize = SLOT_SECTORS * SECTOR_BYTES;
/// The last sector is for the trailer.
const ROOM_BYTES: usize = SLOT_BYTES - SECTOR_BYTES;

/// A request as a client writes it.
fn request(offset_bytes: usize, total_bytes: Option<usize>, data: &[u8]) -> Vec<u8> {
    let mut room = vec![0; data.len() + 64];
    let mut writer = Writer::new(&mut room);
    writer.head(major::MAP, 2 + total_bytes.is_some() as u32);
    if let Some(total_bytes) = total_bytes {
        writer.text(b"len");
        writer.unsigned(total_bytes as u32);
    }
    writer.text(b"off");
    writer.unsigned(offset_bytes as u32);
    writer.text(b"data");
    writer.bytes(data);
    let count = writer.finish().unwrap();
    room.truncate(count);
    room
}

struct Bench {
    flash: SlotFlash,
    upload: Upload,
}

impl Bench {
    fn new(unit_bytes: usize) -> Self {
        Self {
            flash: SlotFlash::new(SLOT_SECTORS, SECTOR_BYTES, unit_bytes),
            upload: Upload::default(),
        }
    }

    fn take(&mut self, payload: &[u8]) -> Result<usize, Code> {
        let slot = self.flash.layout().primary;
        let outcome = self
            .upload
            .take::<Portable<Rsa3072>>(&mut self.flash.chip, slot, payload);
        self.flash.assert_guarded();
        outcome
    }

    /// Uploads an image in pieces as a client does, which goes on where it is told.
    fn send(&mut self, image: &[u8], piece_bytes: usize) {
        let mut offset = 0;
        loop {
            let total = (offset == 0).then_some(image.len());
            let data = &image[offset..image.len().min(offset + piece_bytes)];
            let next = self.take(&request(offset, total, data)).unwrap();
            assert!(next > offset, "{next} after {offset}");
            offset = next;
            if offset == image.len() {
                return;
            }
        }
    }
}

fn image(size_bytes: usize) -> Vec<u8> {
    (0..size_bytes)
        .map(|place| (place * 7 + place / 256) as u8)
        .collect()
}

#[test]
fn an_image_fits_that_leaves_the_trailer_alone() {
    let mut bench = Bench::new(4);
    bench.send(&image(ROOM_BYTES), 300);
    assert_eq!(bench.flash.primary()[..ROOM_BYTES], image(ROOM_BYTES));
    let before = bench.flash.primary().to_vec();
    for size in [ROOM_BYTES + 1, SLOT_BYTES, SLOT_BYTES + 1] {
        let refused = bench.take(&request(0, Some(size), b"abcd"));
        assert_eq!(refused, Err(Code::InvalidValue));
        assert_eq!(
            bench.flash.primary(),
            before,
            "nothing is erased for nothing"
        );
    }
}

#[test]
fn what_is_behind_the_end_is_refused() {
    let mut bench = Bench::new(4);
    let too_long = request(0, Some(4), b"abcde");
    assert_eq!(bench.take(&too_long), Err(Code::InvalidValue));
    assert_eq!(bench.take(&request(0, Some(8), b"abcd")), Ok(4));
    assert_eq!(
        bench.take(&request(4, None, b"abcde")),
        Err(Code::InvalidValue)
    );
    assert_eq!(bench.take(&request(4, None, b"efgh")), Ok(8));
    assert_eq!(bench.take(&request(8, None, b"i")), Err(Code::InvalidValue));
    assert_eq!(bench.take(&request(8, None, b"")), Ok(8));
    assert!(bench.flash.primary().starts_with(b"abcdefgh\xFF"));
}

#[test]
fn the_trailer_of_the_image_before_is_gone() {
    let mut bench = Bench::new(4);
    let slot = bench.flash.layout().primary;
    let chip = &mut bench.flash.chip;
    chip.program(slot, ROOM_BYTES, &[0x5A; SECTOR_BYTES])
        .unwrap();
    bench.send(&image(100), 300);
    let (_, last) = bench
        .flash
        .primary()
        .split_last_chunk::<SECTOR_BYTES>()
        .unwrap();
    assert_eq!(*last, [0xFF; SECTOR_BYTES]);
}

#[test]
fn a_client_at_another_place_is_told_where_to_go_on() {
    let mut bench = Bench::new(4);
    assert_eq!(bench.take(&request(0, Some(1000), &[1; 100])), Ok(100));
    let before = bench.flash.primary().to_vec();
    for offset in [4, 96, 104, 999, 1000, 1001, u32::MAX as usize - 1] {
        assert_eq!(bench.take(&request(offset, None, &[2; 100])), Ok(100));
    }
    assert_eq!(bench.flash.primary(), before);
    assert_eq!(bench.take(&request(100, None, &[3; 100])), Ok(200));
}

#[test]
fn the_first_piece_begins_anew() {
    let mut bench = Bench::new(4);
    bench.send(&image(1000), 100);
    bench.send(&image(700)[..], 90);
    assert_eq!(bench.flash.primary()[..700], image(700));
    assert_eq!(bench.take(&request(0, Some(500), &[])), Ok(0));
    assert_eq!(bench.take(&request(700, None, &[1; 4])), Ok(0));
}

#[test]
fn a_piece_before_the_first_is_refused() {
    let mut bench = Bench::new(4);
    assert_eq!(
        bench.take(&request(4, None, b"abcd")),
        Err(Code::InvalidValue)
    );
    assert_eq!(
        bench.take(&request(0, None, b"abcd")),
        Err(Code::InvalidValue)
    );
    assert_eq!(
        bench.take(&request(0, Some(0), b"")),
        Err(Code::InvalidValue)
    );
    assert_eq!(
        bench.take(&request(4, Some(8), b"abcd")),
        Err(Code::InvalidValue)
    );
}

#[test]
fn less_than_a_program_unit_is_refused_unless_it_is_the_last() {
    let mut bench = Bench::new(8);
    assert_eq!(
        bench.take(&request(0, Some(21), &[1; 7])),
        Err(Code::InvalidValue)
    );
    assert_eq!(bench.take(&request(0, Some(21), &[1; 15])), Ok(8));
    assert_eq!(bench.take(&request(8, None, &[2; 13])), Ok(21));
    assert_eq!(bench.flash.primary()[..24], *b"\x01\x01\x01\x01\x01\x01\x01\x01\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\x02\xFF\xFF\xFF");
}

#[test]
fn fields_of_other_kinds_are_refused_and_unknown_ones_passed_over() {
    for (payload, outcome) in [
        (&b"\xA3\x63len\x04\x63off\x00\x64data\x44abcd"[..], Ok(4)),
        (b"\xBF\x63len\x04\x63off\x00\x64data\x44abcd\xFF", Ok(4)),
        (
            b"\xA5\x63sha\x41s\x67upgrade\xF4\x63len\x04\x63off\x00\x64data\x44abcd",
            Ok(4),
        ),
        (
            b"\xA4\x65image\x00\x63len\x04\x63off\x00\x64data\x44abcd",
            Ok(4),
        ),
        (
            b"\xA4\x65image\x01\x63len\x04\x63off\x00\x64data\x44abcd",
            Err(()),
        ),
        (
            b"\xA4\x65image\xF4\x63len\x04\x63off\x00\x64data\x44abcd",
            Err(()),
        ),
        (b"\xA3\x63len\x04\x63off\x00\x64data\x64abcd", Err(())),
        (b"\xA3\x63len\x04\x63off\x20\x64data\x44abcd", Err(())),
        (
            b"\xA3\x63len\x1B\0\0\0\x01\0\0\0\x04\x63off\x00\x64data\x44abcd",
            Err(()),
        ),
        (
            b"\xA3\x63len\x04\x63off\x1B\0\0\0\x01\0\0\0\0\x64data\x44abcd",
            Err(()),
        ),
        (b"\xA2\x63len\x04\x63off\x00", Err(())),
        (b"\xA2\x63len\x04\x64data\x44abcd", Err(())),
        (b"\xA3\x63len\x04\x63off\x00\x64data\x45abcd", Err(())),
        (b"\xA0", Err(())),
        (b"", Err(())),
    ] {
        let mut bench = Bench::new(4);
        let expected = outcome.map_err(|()| Code::InvalidValue);
        assert_eq!(bench.take(payload), expected, "{payload:02x?}");
        let is_written = bench.flash.primary().starts_with(b"abcd");
        assert_eq!(is_written, outcome.is_ok());
    }
}

#[test]
fn after_a_failure_of_the_flash_the_upload_begins_anew() {
    for operations in 0..5 {
        let mut bench = Bench::new(4);
        bench.flash.fail_after(operations);
        let first = bench.take(&request(0, Some(1024), &[1; 600]));
        assert_eq!(first, Err(Code::Unknown), "{operations}");
        bench.flash.mend();
        let next = bench.take(&request(600, None, &[1; 424]));
        assert_eq!(next, Err(Code::InvalidValue));
        bench.send(&image(1024), 600);
        assert_eq!(bench.flash.primary()[..1024], image(1024));
    }
}

proptest! {
    /// Whatever the sizes are, what was sent is what is there.
    #[test]
    fn every_image_arrives(size in 1..=ROOM_BYTES, piece in 32usize..700, unit in 0u32..6) {
        let mut bench = Bench::new(1 << unit);
        bench.send(&image(size), piece);
        prop_assert_eq!(&bench.flash.primary()[..size], image(size));
    }

    /// Any sequence of pieces stays within the slot, and never goes further than it was sent.
    #[test]
    fn any_sequence_of_pieces(
        pieces in prop::collection::vec((0usize..3000, prop::option::of(0usize..3000), 0usize..900), 1..20)
    ) {
        let mut bench = Bench::new(8);
        for (offset, total, size) in pieces {
            if let Ok(next) = bench.take(&request(offset & !7, total, &vec![1; size])) {
                prop_assert!(next <= ROOM_BYTES);
            }
        }
    }
}
