// SPDX-License-Identifier: Apache-2.0
//! The image that is started is the one that was verified: to the byte, and as it lies in flash
//! then. A flash that changes in between, by itself or in another hand, may keep the device from
//! starting and never make it start anything else.
//!
//! While a verified image exists no code can write to its flash: the compiler ensures that, as the
//! examples of [`boot::start()`] and [`boot::VerifiedImage`] show. So these tests change the flash
//! where the boot ROM itself lets go of it: behind each operation and before each look.

mod common;

use std::cell::{Cell, OnceCell};

use boot::settings::Portable;
use boot::signature::Rsa3072;
use boot::{ParsedImage, Refusal};
use common::board::{Board, LAYOUT, image};
use flash::{Chip, Flash, Geometry, Mapped};
use primitives::sha256::Sha256;

type Settings = Portable<Rsa3072>;

/// Where and how a byte of the flash changes.
#[derive(Clone, Copy, Debug)]
struct Change {
    offset_bytes: usize,
    mask: u8,
}

/// A flash of which one byte changes.
struct Changing {
    board: Board,
    change: Change,
    /// Operations, and looks, after which it changes.
    after: u64,
    by: By,
    operations: u64,
    looks: Cell<u64>,
    /// The flash as it is since a look, until the next operation.
    changed: OnceCell<Vec<u8>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Operations,
    Looks,
}

impl Changing {
    fn new(board: &Board, change: Change, by: By, after: u64) -> Self {
        Self {
            board: board.clone(),
            change,
            after,
            by,
            operations: 0,
            looks: Cell::new(0),
            changed: OnceCell::new(),
        }
    }

    fn apply(&mut self) {
        let Change { offset_bytes, mask } = self.change;
        self.board.0.flip(offset_bytes, mask);
    }

    /// Before an operation: what changed since a look stays so.
    fn begin(&mut self) {
        if self.changed.take().is_some() {
            self.apply();
            self.after = u64::MAX;
        }
    }

    fn end(&mut self) {
        self.operations += 1;
        if self.by == By::Operations && self.operations == self.after {
            self.apply();
        }
    }
}

impl Flash for Changing {
    fn geometry(&self) -> Geometry {
        self.board.geometry()
    }

    fn read(&self, _: usize, _: &mut [u8]) -> Result<(), flash::Error> {
        unreachable!("the boot ROM looks at what is mapped")
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), flash::Error> {
        self.begin();
        let outcome = self.board.erase(offset_bytes);
        self.end();
        outcome
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), flash::Error> {
        self.begin();
        let outcome = self.board.program(offset_bytes, data);
        self.end();
        outcome
    }
}

impl Mapped for Changing {
    fn bytes(&self) -> &[u8] {
        self.looks.set(self.looks.get() + 1);
        if self.by == By::Looks && self.looks.get() >= self.after {
            return self.changed.get_or_init(|| {
                let mut bytes = self.board.bytes().to_vec();
                bytes[self.change.offset_bytes] ^= self.change.mask;
                bytes
            });
        }
        self.board.bytes()
    }
}

/// The two images of these tests: what runs, and what is asked for.
struct Images {
    old: Vec<u8>,
    new: Vec<u8>,
    before: Board,
}

fn images() -> Images {
    let (old, new) = (image(1, 5, 700), image(2, 6, 900));
    let mut before = Board::new(&old, 5);
    before.request(&new);
    Images { old, new, before }
}

/// One byte of each part of an image in a slot, and one behind it.
fn places(slot: flash::Area, image: &[u8]) -> Vec<usize> {
    let (_, parsed) = ParsedImage::read_any(image).unwrap();
    let payload = usize::from(parsed.header.header_bytes);
    let areas = payload + parsed.payload.len();
    let signed = parsed.signed.len();
    let end = parsed.image_bytes;
    let within = [
        0,
        9,
        payload - 1,
        payload,
        areas - 1,
        areas + 9,
        signed + 9,
        signed + 50,
        end - 1,
        end + 20,
    ];
    within
        .iter()
        .map(|place| slot.offset_bytes + place)
        .collect()
}

/// Starts a device whose flash changes, and judges what was started; tells whether anything was,
/// how many operations and how many looks it took.
fn start(images: &Images, change: Change, by: By, after: u64) -> (bool, u64, u64) {
    let mut flash = Changing::new(&images.before, change, by, after);
    let case = format!("{change:?} after {after} {by:?}");
    let is_started = match boot::start::<Settings>(&mut Chip::new(&mut flash), &LAYOUT) {
        Err(Refusal::Image(_) | Refusal::Flash | Refusal::Device(_)) => false,
        Ok(started) => {
            // What is handed out is signed, and it is one of the two.
            let known =
                [&images.old, &images.new].map(|known| ParsedImage::read_any(known).unwrap().1);
            let is = |known: &ParsedImage<'_>| {
                started.image.payload() == known.payload
                    && *started.image.header() == known.header
                    && *started.image.digest() == Sha256::digest(known.signed)
            };
            assert!(known.iter().any(is), "{case}: something else is started");
            true
        }
    };
    let looks = flash.looks.get();
    if is_started {
        // It is what lies in the primary slot, now that nothing changes any more.
        flash.begin();
        let trusted = common::device();
        let slot = flash.board.area(LAYOUT.primary);
        assert!(
            boot::verify(slot, &trusted).is_ok(),
            "{case}: not as verified"
        );
    } else {
        // Unless the copy was proven and the request withdrawn before, the next start mends it.
        flash.begin();
        if flash.board.has_request() && change.offset_bytes < LAYOUT.secondary.offset_bytes {
            assert!(flash.board.start().is_ok(), "{case}: it is not mended");
        }
    }
    (is_started, flash.operations, looks)
}

/// Every operation of an upgrade in turn changes a byte of each part of the image, in either slot.
#[test]
fn no_operation_makes_another_image_start() {
    changes(By::Operations);
}

/// The flash is another from each look on that the boot ROM takes at it.
#[test]
fn no_look_makes_another_image_start() {
    changes(By::Looks);
}

fn changes(by: By) {
    let images = images();
    let nothing = Change {
        offset_bytes: 0,
        mask: 0,
    };
    let (is_started, operations, looks) = start(&images, nothing, by, u64::MAX);
    let last = if by == By::Looks { looks } else { operations };
    assert!(is_started && last > 8, "{last}");
    let (mut started, mut refused) = (0, 0);
    for slot in [LAYOUT.primary, LAYOUT.secondary] {
        for offset_bytes in places(slot, &images.new) {
            for mask in [1, 0x80, 0xFF] {
                let change = Change { offset_bytes, mask };
                for after in 1..=last {
                    let (is_started, ..) = start(&images, change, by, after);
                    started += u32::from(is_started);
                    refused += u32::from(!is_started);
                }
            }
        }
    }
    println!("{by:?}: {last} of an upgrade, {started} starts, {refused} refusals");
    assert!(started > 0 && refused > 0);
}

/// The last thing that is done to an image before it is handed out is to verify it: whatever the
/// flash was before, a change from the last look on is a change of what is verified.
#[test]
fn what_is_verified_last_is_what_is_handed_out() {
    let images = images();
    let board = Board::new(&images.old, 5);
    for offset_bytes in places(LAYOUT.primary, &images.old) {
        let change = Change {
            offset_bytes,
            mask: 1,
        };
        let mut flash = Changing::new(&board, change, By::Looks, 1);
        let mut chip = Chip::new(&mut flash);
        let outcome = boot::start::<Settings>(&mut chip, &LAYOUT);
        let is_behind = offset_bytes >= LAYOUT.primary.offset_bytes + images.old.len();
        assert_eq!(outcome.is_ok(), is_behind, "{change:?}");
    }
}
