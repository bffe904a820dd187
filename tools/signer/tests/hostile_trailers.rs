// SPDX-License-Identifier: Apache-2.0
//! Trailers of an attacker who can write to the slots and to nothing else. They are not
//! signs a trailer: a start does what it says, and whatever that is, nothing but the two slots
//! changes, only an authentic image is started, and one that is whole is not left lying.

mod common;

use boot::Mode;
use boot::settings::Portable;
use boot::signature::Rsa3072;
use boot::trailer::{self, FIELD_BYTES, Flag, MAGIC};
use boot::{Layout, Placement, Refusal, Settings, Upgrade};
use common::board::{Board, LAYOUT, SECTOR_BYTES, SLOT_BYTES, image_by};
use common::model::{Images, Overwriting, Request, Simulated, Swapping};
use common::otp::{self, OTP_BYTES};
use flash::fake::Tear;
use flash::{Area, Chip, Flash, Geometry, Mapped};
use provisioning::{Lifecycle, Parameters, log};

/// What stands where nothing has to change.
const GUARD: u8 = 0xA5;
const ERASED: u8 = 0xFF;

/// A flash that knows what its boot ROM may change.
#[derive(Clone)]
struct Fenced {
    bytes: Vec<u8>,
    layout: Layout,
}

/// Every order of OTP and the slots, each with an unused sector around it.
fn layouts() -> Vec<Layout> {
    let orders = [
        [0, 1, 2],
        [1, 2, 0],
        [1, 0, 2],
        [2, 1, 0],
        [2, 0, 1],
        [0, 2, 1],
    ];
    let sizes = [OTP_BYTES, SLOT_BYTES, SLOT_BYTES];
    let layout = |order: [usize; 3]| {
        let (mut areas, mut free) = ([LAYOUT.otp; 3], SECTOR_BYTES);
        for index in order {
            areas[index] = Area {
                offset_bytes: free,
                size_bytes: sizes[index],
            };
            // Slots that touch each other are the ones that a step can leave unseen.
            free += sizes[index] + if index == 0 { SECTOR_BYTES } else { 0 };
        }
        let [otp, primary, secondary] = areas;
        Layout {
            otp,
            primary,
            secondary,
        }
    };
    orders.into_iter().map(layout).collect()
}

impl Fenced {
    fn new(layout: Layout, otp: &[u8], slots: [&[u8]; 2]) -> Self {
        let mut bytes = vec![GUARD; OTP_BYTES + 2 * SLOT_BYTES + 3 * SECTOR_BYTES];
        let areas = [layout.otp, layout.primary, layout.secondary];
        for (area, content) in areas.into_iter().zip([otp, slots[0], slots[1]]) {
            bytes[area.offset_bytes..][..content.len()].copy_from_slice(content);
        }
        Self { bytes, layout }
    }

    /// Whether nothing but the slots differs.
    fn is_kept_by(&self, after: &Self) -> bool {
        let mut slots = [self.layout.primary, self.layout.secondary];
        slots.sort_by_key(|slot| slot.offset_bytes);
        let [low, high] = slots.map(|slot| slot.offset_bytes);
        let outside = |bytes: &[u8]| {
            let between = &bytes[low + SLOT_BYTES..high];
            [&bytes[..low], between, &bytes[high + SLOT_BYTES..]].concat()
        };
        outside(&self.bytes) == outside(&after.bytes)
    }

    /// What somebody else writes, who does not ask the flash.
    fn put(&mut self, slot: Area, offset_bytes: usize, content: &[u8]) {
        self.bytes[slot.offset_bytes + offset_bytes..][..content.len()].copy_from_slice(content);
    }
}

impl Flash for Fenced {
    fn geometry(&self) -> Geometry {
        Geometry {
            sector_count: self.bytes.len() / SECTOR_BYTES,
            sector_bytes: SECTOR_BYTES,
            program_unit_bytes: 8,
        }
    }

    fn read(&self, _: usize, _: &mut [u8]) -> Result<(), flash::Error> {
        unreachable!("the boot ROM looks at what is mapped")
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), flash::Error> {
        assert!(offset_bytes.is_multiple_of(SECTOR_BYTES));
        self.bytes[offset_bytes..][..SECTOR_BYTES].fill(ERASED);
        Ok(())
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), flash::Error> {
        let target = &mut self.bytes[offset_bytes..][..data.len()];
        if target.iter().any(|byte| *byte != ERASED) {
            return Err(flash::Error::NotErased);
        }
        target.copy_from_slice(data);
        Ok(())
    }
}

impl Mapped for Fenced {
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The bytes of an area.
fn area(bytes: &[u8], area: Area) -> &[u8] {
    &bytes[area.offset_bytes..][..area.size_bytes]
}

struct Swap;
impl Settings for Swap {
    type Compression = <Portable<Rsa3072> as Settings>::Compression;
    type Signature = Rsa3072;
    type Keys = <Portable<Rsa3072> as Settings>::Keys;
    const PLACEMENT: Option<Placement> = None;
    const UPGRADE: Mode = Mode::Swap;
}

fn otp(public_key_hash: [u8; 32], lifecycle: Lifecycle, security_counter: u32) -> [u8; OTP_BYTES] {
    otp::area(&Parameters {
        lifecycle,
        ..otp::parameters(public_key_hash, security_counter)
    })
}

/// The last sector of a slot with this plan, and this number of its steps done.
fn sector_of(plan: u32, done: usize) -> Vec<u8> {
    let mut sector = vec![ERASED; SECTOR_BYTES];
    let entries = [log::encode(plan), log::encode(0)].concat();
    sector[..entries.len()].copy_from_slice(&entries);
    sector[48..][..8 * done].fill(0);
    sector[SECTOR_BYTES - MAGIC.len()..].copy_from_slice(&MAGIC);
    sector
}

/// Somebody else's image, and an OTP area that trusts it, which a plan is to copy over the one of
/// the device. Every number of sectors is tried for which one of the steps could do it.
#[test]
fn a_plan_leads_to_no_place_beyond_the_slots() {
    let owner = common::key();
    let text = std::fs::read_to_string("../../profiles/keys/development_rsa3072_second.pem");
    let thief = signer::SigningKey::from_pem(&text.unwrap()).unwrap();
    let own = otp(owner.public_key_hash().unwrap(), Lifecycle::Secured, 5);
    let forged = otp(
        thief.public_key_hash().unwrap(),
        Lifecycle::AssemblyAndTest,
        0,
    );
    let mut starts = 0;
    for layout in layouts() {
        let mut primary = image_by(&thief, 66, 0, 700);
        primary.resize(SLOT_BYTES, ERASED);
        let mut secondary = vec![ERASED; SLOT_BYTES];
        secondary[SECTOR_BYTES..][..OTP_BYTES].copy_from_slice(&forged);
        let before = Fenced::new(layout, &own, [&primary, &secondary]);
        for old in [0, 1, 6, 7, 8, 9, 12, 16, 0x7FFF] {
            for new in [0, 1, 7, 12, 0x7FFF] {
                for left in [4, 48] {
                    let steps: usize = 2 * old + new;
                    let done = steps.saturating_sub(left).min(50);
                    let mut flash = before.clone();
                    let sector = sector_of((old << 15 | new) as u32, done);
                    flash.put(layout.primary, SLOT_BYTES - SECTOR_BYTES, &sector);
                    for _ in 0..2 {
                        let mut chip = Chip::new(&mut flash);
                        let outcome = boot::start::<Swap>(&mut chip, &layout);
                        let case = format!("{layout:?}, {old} and {new}, {done} done");
                        assert!(matches!(outcome, Err(Refusal::Image(_))), "{case}");
                        assert!(before.is_kept_by(&flash), "{case}");
                    }
                    starts += 2;
                }
            }
        }
    }
    assert!(starts > 500);
}

/// Two slots in some state of an exchange, from which a trailer is changed.
struct Scene {
    name: &'static str,
    slots: [Vec<u8>; 2],
}

/// A device with version 1 in which version 5 was asked for, at all the stages of that.
fn scenes(images: &Images) -> Vec<Scene> {
    let asked = |request| {
        let mut board = Board::new(&images.get(1).bytes, 5);
        board.load(&images.get(5).bytes, Some(request)).unwrap();
        board
    };
    let cut_at = |mut board: Board, operation| {
        board.0.cut_after(operation, Tear::Nothing);
        let _ = board.start_in(Mode::Swap);
        assert!(board.0.is_off());
        board.0.power_on();
        board
    };
    let started = |mut board: Board| {
        board.start_in(Mode::Swap).unwrap();
        board
    };
    let scene = |name, board: &Board| Scene {
        name,
        slots: [LAYOUT.primary, LAYOUT.secondary].map(|slot| board.area(slot).to_vec()),
    };
    let trial = started(asked(Request::Test));
    let mut confirmed = trial.clone();
    confirmed.confirm().unwrap();
    vec![
        scene("asked for", &asked(Request::Test)),
        scene("under way", &cut_at(asked(Request::Permanent), 30)),
        scene("on trial", &trial),
        scene("on the way back", &cut_at(trial.clone(), 30)),
        scene("back", &started(trial.clone())),
        scene("confirmed", &confirmed),
    ]
}

/// What may be written over the last sector of a slot: where, and what.
type Change = (usize, Vec<u8>);

/// Every byte of every field, each with many values, and pairs of them; of the plan, whose entries
/// hold the complement of their value, every byte of the value with the complement that fits.
fn changes(sector: &[u8], images: &Images) -> Vec<Change> {
    let first_flag = SECTOR_BYTES - MAGIC.len() - 2 * FIELD_BYTES;
    let fields = (0..64).chain(first_flag..SECTOR_BYTES);
    let mut changes = Vec::new();
    for place in fields.clone() {
        let masks = [1 << (place % 8), 0x10, 0x80, 0xFF];
        let values = masks.map(|mask: u8| sector[place] ^ mask);
        let values = values.into_iter().chain([0, 1, ERASED]);
        changes.extend(values.map(|value| (place, vec![value])));
    }
    for (place, next) in fields.clone().zip(fields.skip(1)) {
        let between = next - place;
        for pair in [[0, 0], [1, 1], [ERASED, ERASED]] {
            let mut bytes = sector[place..=next].to_vec();
            (bytes[0], bytes[between]) = (pair[0], pair[1]);
            changes.push((place, bytes));
        }
    }
    let [right, old_image] = [0, 16].map(|entry| {
        let value = sector[entry..].first_chunk().copied();
        u32::from_le_bytes(value.unwrap())
    });
    let plan = |word: u32, old_image: u32| [log::encode(word), log::encode(old_image)].concat();
    let words = (0..32).flat_map(|byte| (0..=255).map(move |value| (byte / 8 * 8, value)));
    for (shift, value) in words.step_by(7) {
        let word = right & !(0xFF << shift) | value << shift;
        changes.push((0, plan(word, old_image)));
    }
    // Two bytes at once: each number of sectors with each flag, in steps that meet all residues.
    for word in (0..=u32::from(u16::MAX)).step_by(1021) {
        changes.extend([0, 8, 16].map(|shift| (0, plan(word << shift, old_image))));
    }
    let beginning = |version| {
        let slot = &images.get(version).bytes;
        let (_, parsed) = boot::ParsedImage::read_any(slot).unwrap();
        u32::from_le_bytes(*parsed.hash.first_chunk().unwrap())
    };
    for old in 0..=8 {
        for new in 0..=8 {
            for flags in [0, 2] {
                let word = flags << 30 | old << 15 | new;
                changes.extend([1, 5].map(|version| (0, plan(word, beginning(version)))));
            }
        }
    }
    changes
}

/// Bytes by a generator (Marsaglia, "Xorshift RNGs").
fn random(state: &mut u32) -> u32 {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    *state
}

/// Starts a few times and judges each; tells whether an image is started at last.
fn judge<S: Settings>(before: &Fenced, images: &Images, case: &dyn Fn() -> String) -> bool {
    let mut flash = before.clone();
    let mut runs = false;
    for _ in 0..2 {
        let layout = flash.layout;
        let mut chip = Chip::new(&mut flash);
        let outcome = boot::start::<S>(&mut chip, &layout);
        let outcome =
            outcome.map(|started| (started.image.header().version.minor, started.upgrade));
        assert!(before.is_kept_by(&flash), "{}: {outcome:?}", case());
        // By its bytes, not by what the boot ROM thinks of it.
        let found = images.version_in(area(&flash.bytes, layout.primary));
        match (outcome, found) {
            (Ok((version, _)), Some(found)) => assert_eq!(version, found, "{}", case()),
            (Err(Refusal::Image(_)), None) => {}
            (outcome, found) => panic!("{}: {outcome:?} with {found:?}", case()),
        }
        runs = outcome.is_ok();
    }
    runs
}

fn hostile<S: Settings>() {
    let images = Images::new();
    let own = Board::new(&[], 5).area(LAYOUT.otp).to_vec();
    let (mut cases, mut running) = (0, 0);
    let mut seed = 0x9E37_79B9;
    for (scene, layout) in scenes(&images).iter().zip(layouts().into_iter().cycle()) {
        let [primary, secondary] = &scene.slots;
        let whole = Fenced::new(layout, &own, [primary, secondary]);
        judge::<S>(&whole, &images, &|| scene.name.to_owned());
        for slot in [layout.primary, layout.secondary] {
            let start = SLOT_BYTES - SECTOR_BYTES;
            let sector = area(&whole.bytes, slot)[start..].to_vec();
            let mut changes = changes(&sector, &images);
            for _ in 0..200 {
                let mut bytes = sector.clone();
                for _ in 0..1 + random(&mut seed) % 6 {
                    let place = random(&mut seed) as usize % SECTOR_BYTES;
                    bytes[place] = random(&mut seed) as u8;
                }
                changes.push((0, bytes));
            }
            for (place, bytes) in changes {
                let mut flash = whole.clone();
                flash.put(slot, start + place, &bytes);
                let case = || format!("{}, {slot:?}, at {place}: {bytes:02x?}", scene.name);
                running += usize::from(judge::<S>(&flash, &images, &case));
                cases += 1;
            }
        }
    }
    println!("{cases} trailers, {running} times an image runs");
    assert!(cases > 10_000 && running > cases / 2);
}

#[test]
fn no_trailer_harms_where_images_are_exchanged() {
    hostile::<Simulated<Swapping>>();
}

#[test]
fn no_trailer_harms_where_images_are_overwritten() {
    hostile::<Simulated<Overwriting>>();
}

/// A trailer that says nothing has the image started that is there.
#[test]
fn a_plan_that_is_none_leaves_the_image_alone() {
    let images = Images::new();
    let mut slot = images.get(1).bytes.clone();
    slot.resize(SLOT_BYTES, ERASED);
    let most = boot::swap::largest_image_sectors(SLOT_BYTES, SECTOR_BYTES, 8) as u32;
    let own = Board::new(&[], 5).area(LAYOUT.otp).to_vec();
    for word in [
        0,
        most << 15,
        most + 1,
        (most + 1) << 15 | 1,
        0x7FFF,
        0x3FFF_FFFF,
    ] {
        slot[SLOT_BYTES - SECTOR_BYTES..].copy_from_slice(&sector_of(word, 0));
        let mut flash = Fenced::new(LAYOUT, &own, [&slot, &vec![ERASED; SLOT_BYTES]]);
        let before = flash.clone();
        let mut chip = Chip::new(&mut flash);
        let started = boot::start::<Simulated<Swapping>>(&mut chip, &LAYOUT);
        let upgrade = started.map(|started| started.upgrade);
        assert_eq!(upgrade, Ok(Upgrade::NotRequested), "{word:#x}");
        assert!(flash.bytes == before.bytes, "{word:#x}");
    }
    // The same sector with a plan that can be is one that is carried out.
    slot[SLOT_BYTES - SECTOR_BYTES..].copy_from_slice(&sector_of(most, 0));
    let mut flash = Fenced::new(LAYOUT, &own, [&slot, &vec![ERASED; SLOT_BYTES]]);
    assert!(boot::start::<Simulated<Swapping>>(&mut Chip::new(&mut flash), &LAYOUT).is_err());
    assert!(trailer::requested(area(&flash.bytes, LAYOUT.primary)).is_some());
    assert!(Flag::CopyDone.is_set(area(&flash.bytes, LAYOUT.primary)));
}
