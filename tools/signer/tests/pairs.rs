// SPDX-License-Identifier: Apache-2.0
//! Two images: verified, upgraded and rolled back together, with the power cut at every operation of
//! the flash.

mod common;

use boot::pair::{Both, start};
use boot::settings::Portable;
use boot::signature::Rsa3072;
use boot::{Error, Layout, Refusal, Upgrade, Version, trailer};
use common::board::{SECTOR_BYTES, SLOT_BYTES, TEARS, options};
use common::otp::{self, OTP_BYTES};
use flash::fake::RamFlash;
use flash::{Area, Chip, Flash as _, Geometry};
use provisioning::{Device, layout, log};
use signer::{Dependency, Options};

type Settings = Portable<Rsa3072, boot::keys::OtpKeys<1>, true>;
type Outcome = Result<(Both<u8>, Both<Upgrade>), Refusal>;

const UNIT_BYTES: usize = 8;
const WAITS: Upgrade = Upgrade::Refused(Error::DependencyNotMet);
use Upgrade::{Installed, NotRequested};

const fn slot(number: usize) -> Area {
    Area {
        offset_bytes: OTP_BYTES + number * SLOT_BYTES,
        size_bytes: SLOT_BYTES,
    }
}

const fn layout_of(first: usize) -> Layout {
    Layout {
        otp: Area {
            offset_bytes: 0,
            size_bytes: OTP_BYTES,
        },
        primary: slot(first),
        secondary: slot(first + 1),
    }
}

const LAYOUTS: Both<Layout> = [layout_of(0), layout_of(2)];

/// An image of this minor version and counter that needs a minor version of the other one.
fn image(number: u8, minor: u8, counter: u32, needs: Option<u8>) -> Vec<u8> {
    let dependency = |minor| Dependency {
        image: 1 - number,
        version: Version {
            minor,
            ..Version::default()
        },
    };
    let options = Options {
        dependencies: needs.map(dependency).into_iter().collect(),
        ..options(minor, counter)
    };
    let payload: Vec<u8> = (0..700 + usize::from(minor) * 200)
        .map(|place| (place as u8).wrapping_mul(minor | 1) ^ number)
        .collect();
    signer::sign(&payload, &common::key(), &options).unwrap()
}

#[derive(Clone)]
struct Board(RamFlash);

impl Board {
    fn new(images: Both<&[u8]>) -> Self {
        let geometry = Geometry {
            sector_count: (OTP_BYTES + 4 * SLOT_BYTES) / SECTOR_BYTES,
            sector_bytes: SECTOR_BYTES,
            program_unit_bytes: UNIT_BYTES,
        };
        let mut board = Self(RamFlash::new(geometry));
        let parameters = otp::parameters(common::key().public_key_hash().unwrap(), 5);
        board.write(LAYOUTS[0].otp, &otp::area(&parameters));
        for (layout, image) in LAYOUTS.iter().zip(images) {
            board.write(layout.primary, image);
        }
        board
    }

    fn write(&mut self, area: Area, content: &[u8]) {
        let mut padded = content.to_vec();
        padded.resize(content.len().next_multiple_of(UNIT_BYTES), 0xFF);
        for (index, unit) in padded.chunks(UNIT_BYTES).enumerate() {
            if unit.iter().any(|byte| *byte != 0xFF) {
                let offset = area.offset_bytes + index * UNIT_BYTES;
                self.0.program(offset, unit).unwrap();
            }
        }
    }

    fn request(&mut self, number: usize, image: &[u8]) {
        let slot = LAYOUTS[number].secondary;
        for offset in (0..SLOT_BYTES).step_by(SECTOR_BYTES) {
            self.0.erase(slot.offset_bytes + offset).unwrap();
        }
        let mut content = image.to_vec();
        content.resize(SLOT_BYTES - trailer::MAGIC.len(), 0xFF);
        content.extend(trailer::MAGIC);
        self.write(slot, &content);
    }

    fn start(&mut self) -> Outcome {
        let mut chip = Chip::new(&mut self.0);
        let started = start::<Settings>(&mut chip, &LAYOUTS).map_err(|refused| refused.why)?;
        let versions = started.images.map(|image| image.header().version.minor);
        for image in &started.images {
            assert_eq!(image.proof(), boot::hardened::PROVEN);
        }
        Ok((versions, started.upgrades))
    }

    fn area(&self, area: Area) -> &[u8] {
        &self.0.bytes()[area.offset_bytes..][..area.size_bytes]
    }

    fn has_request(&self, number: usize) -> bool {
        trailer::requested(self.area(LAYOUTS[number].secondary)).is_some()
    }

    fn counters(&self) -> Both<u32> {
        let otp = self.area(LAYOUTS[0].otp);
        let first = Device::read(otp).unwrap().security_counter;
        let second = log::greatest_second(&otp[layout::SECURITY_COUNTER_START..]);
        [first, second.unwrap_or(0)]
    }
}

#[test]
fn both_are_verified_before_anything_starts() {
    let (secure, nonsecure) = (image(0, 1, 5, None), image(1, 1, 7, None));
    let mut board = Board::new([&secure, &nonsecure]);
    assert_eq!(board.start(), Ok(([1, 1], [NotRequested, NotRequested])));
    assert_eq!(board.counters(), [5, 7], "each has its own counter");
    for number in 0..2 {
        let mut images = [secure.clone(), nonsecure.clone()];
        images[number][300] ^= 1;
        let [first, second] = &images;
        let refused = Err(Refusal::Image(Error::WrongHash));
        let mut board = Board::new([first, second]);
        assert_eq!(board.start(), refused);
        assert_eq!(board.counters(), [5, 0], "nothing is recorded");
        let blank = Err(Refusal::Image(Error::WrongMagic));
        let mut images: Both<&[u8]> = [&secure, &nonsecure];
        images[number] = &[];
        assert_eq!(Board::new(images).start(), blank);
    }
}

#[test]
fn a_pair_whose_dependencies_do_not_hold_does_not_start() {
    for (secure, nonsecure, holds) in [
        (image(0, 1, 5, Some(1)), image(1, 1, 7, None), true),
        (image(0, 1, 5, Some(2)), image(1, 1, 7, None), false),
        (image(0, 1, 5, None), image(1, 1, 7, Some(2)), false),
        (image(0, 2, 5, Some(1)), image(1, 1, 7, Some(2)), true),
    ] {
        let mut board = Board::new([&secure, &nonsecure]);
        match board.start() {
            Ok(_) => assert!(holds),
            Err(refusal) => {
                assert_eq!(refusal, Refusal::Image(Error::DependencyNotMet));
                assert!(!holds);
                assert_eq!(board.counters(), [5, 0], "nothing is recorded");
            }
        }
    }
}

#[test]
fn each_is_upgraded_alone_and_has_its_own_way_back_closed() {
    let mut board = Board::new([&image(0, 1, 5, None), &image(1, 1, 5, None)]);
    board.request(1, &image(1, 2, 8, Some(1)));
    assert_eq!(board.start(), Ok(([1, 2], [NotRequested, Installed])));
    assert_eq!(board.counters(), [5, 8]);
    board.request(0, &image(0, 2, 6, Some(2)));
    assert_eq!(board.start(), Ok(([2, 2], [Installed, NotRequested])));
    assert_eq!(board.counters(), [6, 8]);
    for number in 0..2 {
        board.request(number, &image(number as u8, 3, 5, None));
        let mut upgrades = [NotRequested; 2];
        upgrades[number] = Upgrade::Refused(Error::CounterTooLow);
        assert_eq!(board.start(), Ok(([2, 2], upgrades)));
        assert!(!board.has_request(number), "it costs one start only");
    }
}

#[test]
fn an_upgrade_waits_for_its_counterpart() {
    let mut board = Board::new([&image(0, 1, 5, None), &image(1, 1, 5, None)]);
    board.request(0, &image(0, 2, 6, Some(2)));
    for _ in 0..2 {
        assert_eq!(board.start(), Ok(([1, 1], [WAITS, NotRequested])));
        assert_eq!(board.counters(), [5, 5]);
        assert!(board.has_request(0));
    }
    board.request(1, &image(1, 2, 6, Some(2)));
    assert_eq!(board.start(), Ok(([2, 2], [Installed, Installed])));
    assert_eq!(board.counters(), [6, 6]);
    assert!(!board.has_request(0) && !board.has_request(1));
}

#[test]
fn what_the_image_that_stays_does_not_take_waits() {
    // The non-secure image that runs needs no more than version 1: a lower one is not installed.
    let mut board = Board::new([&image(0, 2, 5, None), &image(1, 1, 5, Some(2))]);
    board.request(0, &image(0, 1, 6, None));
    assert_eq!(board.start(), Ok(([2, 1], [WAITS, NotRequested])));
    // Of two that don't fit each other, the one that fits what runs is installed.
    board.request(1, &image(1, 3, 6, Some(2)));
    assert_eq!(board.start(), Ok(([2, 3], [WAITS, Installed])));
    // A damaged partner is no partner.
    let mut damaged = Board::new([&image(0, 1, 5, None), &image(1, 1, 5, None)]);
    let middle = LAYOUTS[1].primary.offset_bytes + SECTOR_BYTES;
    damaged.0.erase(middle).unwrap();
    damaged.request(0, &image(0, 2, 6, None));
    assert!(damaged.start().is_err());
    assert!(damaged.has_request(0));
    assert_eq!(damaged.counters(), [5, 0]);
}

/// What is requested of each image, and the versions and counters that both come to.
type History = (&'static str, Both<Option<Vec<u8>>>, Both<u8>, Both<u32>);

/// After any cut, and another in the start that follows, the device comes to a pair whose
/// dependencies hold: the pair that was asked for, or the one before while nothing was overwritten.
#[test]
fn a_cut_at_every_operation_leaves_a_pair_that_fits() {
    let old = Board::new([&image(0, 1, 5, Some(1)), &image(1, 1, 5, Some(1))]);
    let histories: [History; 4] = [
        (
            "both, each needs the other",
            [Some(image(0, 2, 6, Some(2))), Some(image(1, 2, 7, Some(2)))],
            [2, 2],
            [6, 7],
        ),
        (
            "the secure one alone",
            [Some(image(0, 3, 6, Some(1))), None],
            [3, 1],
            [6, 5],
        ),
        (
            "the non-secure one alone",
            [None, Some(image(1, 3, 7, Some(1)))],
            [1, 3],
            [5, 7],
        ),
        (
            "the secure one waits",
            [Some(image(0, 2, 6, Some(9))), Some(image(1, 2, 7, Some(1)))],
            [1, 2],
            [5, 7],
        ),
    ];
    let mut points = 0;
    for (name, requests, versions, counters) in &histories {
        let mut before = old.clone();
        assert_eq!(before.start(), Ok(([1, 1], [NotRequested, NotRequested])));
        for (number, request) in requests.iter().enumerate() {
            if let Some(image) = request {
                before.request(number, image);
            }
        }
        for tear in TEARS {
            for cut in 0.. {
                let mut board = before.clone();
                board.0.cut_after(cut, tear);
                let first = board.start();
                if !board.0.is_off() {
                    assert_eq!(first.unwrap().0, *versions, "{name}");
                    break;
                }
                assert_eq!(first, Err(Refusal::Flash), "{name}: {tear:?} at {cut}");
                for again in [0, 1, cut / 2, cut, cut + 1] {
                    let mut board = board.clone();
                    board.0.power_on();
                    board.0.cut_after(again, TEARS[(again % 7) as usize]);
                    let _ = board.start();
                    board.0.power_on();
                    let (found, _) = board.start().unwrap();
                    assert_eq!(found, *versions, "{name}: {tear:?} at {cut}, then {again}");
                    assert_eq!(board.counters(), *counters, "{name}");
                    points += 1;
                }
            }
        }
    }
    println!("{points} cut points, all passed");
    assert!(points > 2000, "{points}");
}

/// What was written by the application when the power went: one request, the other, or none.
#[test]
fn a_cut_between_two_requests_does_no_harm() {
    let mut board = Board::new([&image(0, 1, 5, None), &image(1, 1, 5, None)]);
    board.request(1, &image(1, 2, 7, Some(2)));
    assert_eq!(board.start(), Ok(([1, 1], [NotRequested, WAITS])));
    let mut half = image(0, 2, 6, Some(2));
    half.truncate(400);
    let mut torn = board.clone();
    torn.write(LAYOUTS[0].secondary, &half);
    assert_eq!(torn.start(), Ok(([1, 1], [NotRequested, WAITS])));
    torn.request(0, &half);
    assert!(matches!(
        torn.start(),
        Ok(([1, 1], [Upgrade::Refused(_), WAITS]))
    ));
    torn.request(0, &image(0, 2, 6, Some(2)));
    assert_eq!(torn.start(), Ok(([2, 2], [Installed, Installed])));
}

#[test]
fn a_dependency_on_no_image_or_of_another_size_is_never_met() {
    let other = image(1, 1, 5, None);
    for (value, error) in [
        (
            vec![2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            Error::DependencyNotMet,
        ),
        (
            vec![0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            Error::DependencyNotMet,
        ),
        (vec![0; 11], Error::DependencyNotMet),
        (vec![0; 13], Error::DependencyNotMet),
        (vec![], Error::DependencyNotMet),
    ] {
        let key = common::key();
        let mut draft = signer::draft::Draft::new(&[0x42; 300], &key, &options(1, 5)).unwrap();
        draft.protected.push((boot::tlv::kind::DEPENDENCY, value));
        draft.announce_protected().unwrap();
        let image = draft.seal(&key).unwrap();
        let mut board = Board::new([&image, &other]);
        assert_eq!(board.start(), Err(Refusal::Image(error)));
    }
}
