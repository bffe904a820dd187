// SPDX-License-Identifier: Apache-2.0
//! What a device has to do with its images in either mode, told without a flash.

use std::marker::PhantomData;

use boot::Mode;
use boot::keys::OtpKeys;
use boot::signature::Scheme;
use boot::{Placement, Refusal, Settings, Upgrade, trailer};
use flash::Flash as _;
use primitives::comparison::Comparison;
use primitives::sha256::{Compression, Portable};

use super::board::{Board, LAYOUT, SECTOR_BYTES, SLOT_BYTES, image};

/// Programs as much at once as an application with a buffer of this size does.
const BUFFER_BYTES: usize = 512;

/// A boot ROM for simulations: hashes are verified, signatures are not, for the time they take.
pub struct Simulated<M>(PhantomData<M>);
/// The mode of a simulated boot ROM.
pub trait Simulation {
    const MODE: Mode;
}
pub struct Overwriting;
impl Simulation for Overwriting {
    const MODE: Mode = Mode::Overwrite;
}
pub struct Swapping;
impl Simulation for Swapping {
    const MODE: Mode = Mode::Swap;
}
pub struct AnySignature;

impl<M: Simulation> Settings for Simulated<M> {
    type Compression = Portable;
    type Signature = AnySignature;
    type Keys = OtpKeys<1>;
    const PLACEMENT: Option<Placement> = None;
    const UPGRADE: Mode = M::MODE;
}

impl Scheme for AnySignature {
    type Key<'a> = ();
    const TLV_KIND: u16 = boot::signature::Rsa3072::TLV_KIND;

    fn key(_: &[u8]) -> Option<()> {
        Some(())
    }

    fn verify<C: Compression>((): (), digest: &[u8; 32], _: &[u8]) -> Option<Comparison> {
        let (computed, claimed) = (*digest, *digest);
        Some(Comparison { computed, claimed })
    }
}

/// Images of the simulations.
pub struct Images(Vec<Image>);

pub struct Image {
    pub version: u8,
    pub counter: u32,
    pub bytes: Vec<u8>,
}

impl Images {
    /// Versions 1 to 6: with the counters and sizes, in sectors, of the table below.
    pub fn new() -> Self {
        const COUNTERS_AND_SECTORS: [(u32, usize); 6] =
            [(5, 4), (6, 5), (6, 3), (4, 3), (5, 6), (7, 3)];
        let overhead = image(0, 0, 0x100).len() - 0x100;
        let images = COUNTERS_AND_SECTORS.iter().zip(1..);
        let images = images.map(|(&(counter, sectors), version)| Image {
            version,
            counter,
            bytes: image(version, counter, sectors * SECTOR_BYTES - overhead - 60),
        });
        Self(images.collect())
    }

    /// The one of this version.
    pub fn get(&self, version: u8) -> &Image {
        &self.0[usize::from(version) - 1]
    }

    /// The version of the image at the beginning of a slot, if it is whole.
    pub fn version_in(&self, slot: &[u8]) -> Option<u8> {
        let found = self.0.iter().find(|image| slot.starts_with(&image.bytes));
        found.map(|image| image.version)
    }
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// To try an image.
    Test,
    /// To keep it.
    Permanent,
}

/// The image in the primary slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It stays.
    Settled,
    /// It was started and is not confirmed; which one was there before, and whether that one was
    /// confirmed.
    Trial { before: Option<(u8, bool)> },
}

/// A device: which version is where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub mode: Mode,
    pub primary: Option<u8>,
    pub secondary: Option<u8>,
    pub request: Option<Request>,
    pub standing: Standing,
    pub counter: u32,
}

impl Model {
    /// A device from the factory.
    pub fn new(mode: Mode, primary: Option<u8>, counter: u32) -> Self {
        Self {
            mode,
            primary,
            secondary: None,
            request: None,
            standing: Standing::Settled,
            counter,
        }
    }

    /// What a start does; whether an upgrade was refused, installed and so on.
    pub fn start(&mut self, images: &Images) -> &'static str {
        self.raise(images);
        let is_fresh = |version: u8, counter| images.get(version).counter >= counter;
        let counter = self.counter;
        let said = match (self.request.take(), self.standing) {
            (Some(request), standing) => match self.secondary.filter(|new| is_fresh(*new, counter))
            {
                Some(new) => self.install(new, request, standing),
                None => "refused",
            },
            (
                None,
                Standing::Trial {
                    before: Some((before, was_settled)),
                },
            ) if self.secondary == Some(before) => {
                std::mem::swap(&mut self.primary, &mut self.secondary);
                self.standing = match was_settled {
                    true => Standing::Settled,
                    false => Standing::Trial { before: None },
                };
                return "reverted";
            }
            _ => "",
        };
        self.raise(images);
        said
    }

    fn install(&mut self, new: u8, request: Request, standing: Standing) -> &'static str {
        let old = self.primary.replace(new);
        if self.mode == Mode::Overwrite {
            return "installed";
        }
        self.secondary = old.or(self.secondary);
        let before = old.map(|old| (old, standing == Standing::Settled));
        if request == Request::Permanent {
            self.standing = Standing::Settled;
            return "installed";
        }
        self.standing = Standing::Trial { before };
        "on trial"
    }

    /// The counter follows what stays.
    fn raise(&mut self, images: &Images) {
        if let (Some(version), Standing::Settled) = (self.primary, self.standing) {
            self.counter = self.counter.max(images.get(version).counter);
        }
    }

    /// What a start says.
    pub fn word(outcome: Upgrade) -> &'static str {
        match outcome {
            Upgrade::NotRequested => "",
            Upgrade::Installed => "installed",
            Upgrade::OnTrial => "on trial",
            Upgrade::Reverted => "reverted",
            Upgrade::Refused(_) => "refused",
        }
    }
}

impl Board {
    /// Starts in a mode.
    pub fn start_in(&mut self, mode: Mode) -> Result<(u8, Upgrade), Refusal> {
        match mode {
            Mode::Overwrite => self.start_by::<Simulated<Overwriting>>(),
            Mode::Swap => self.start_by::<Simulated<Swapping>>(),
        }
    }

    /// The application loads an image and asks for it; an error if the power went.
    pub fn load(&mut self, image: &[u8], request: Option<Request>) -> Result<(), flash::Error> {
        let slot = LAYOUT.secondary.offset_bytes;
        for offset in (0..SLOT_BYTES).step_by(SECTOR_BYTES) {
            self.erase(slot + offset)?;
        }
        let mut padded = image.to_vec();
        padded.resize(image.len().next_multiple_of(8), 0xFF);
        for (index, part) in padded.chunks(BUFFER_BYTES).enumerate() {
            self.program(slot + index * BUFFER_BYTES, part)?;
        }
        if request == Some(Request::Permanent) {
            self.set_image_ok(slot)?;
        }
        match request {
            Some(_) => self.program(slot + SLOT_BYTES - trailer::MAGIC.len(), &trailer::MAGIC),
            None => Ok(()),
        }
    }

    /// The application finds itself good: it confirms itself if it is on trial.
    pub fn confirm(&mut self) -> Result<(), flash::Error> {
        if self.is_on_trial() {
            self.set_image_ok(LAYOUT.primary.offset_bytes)?;
        }
        Ok(())
    }

    fn set_image_ok(&mut self, slot_offset_bytes: usize) -> Result<(), flash::Error> {
        let place = trailer::Flag::ImageOk.offset_bytes(SLOT_BYTES).unwrap();
        self.program(slot_offset_bytes + place, &trailer::Flag::SET)
    }

    /// What is asked for.
    pub fn asked_for(&self) -> Option<Request> {
        let slot = self.area(LAYOUT.secondary);
        let is_permanent = trailer::Flag::ImageOk.is_set(slot);
        trailer::requested(slot).map(|_| match is_permanent {
            true => Request::Permanent,
            false => Request::Test,
        })
    }
}
