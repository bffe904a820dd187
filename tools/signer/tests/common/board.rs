// SPDX-License-Identifier: Apache-2.0
//! A board for the boot ROM: a flash in RAM whose power can be cut, with OTP and two slots.
#![allow(dead_code, reason = "each test file uses a part of it")]

use boot::settings::Portable;
use boot::signature::Rsa3072;
use boot::{Layout, Refusal, Settings, Upgrade, trailer};
use flash::fake::{RamFlash, Tear};
use flash::{Area, Chip, Flash, Geometry, Mapped};
use provisioning::{Device, Parameters};
use signer::{Options, SecurityCounter, SigningKey};

use super::otp::{self, OTP_BYTES};

pub const SECTOR_BYTES: usize = 512;
const UNIT_BYTES: usize = 8;
pub const SLOT_BYTES: usize = 0x1000;

pub const LAYOUT: Layout = Layout {
    otp: Area {
        offset_bytes: 0,
        size_bytes: OTP_BYTES,
    },
    primary: Area {
        offset_bytes: OTP_BYTES,
        size_bytes: SLOT_BYTES,
    },
    secondary: Area {
        offset_bytes: OTP_BYTES + SLOT_BYTES,
        size_bytes: SLOT_BYTES,
    },
};

/// How power cuts tear an operation in these tests.
pub const TEARS: [Tear; 7] = [
    Tear::Nothing,
    Tear::Everything,
    Tear::Front(300),
    Tear::Front(900),
    Tear::Back(500),
    Tear::Bits(1),
    Tear::Bits(2),
];

/// The flash of the board.
#[derive(Clone)]
pub struct Board(pub RamFlash);

impl Flash for Board {
    fn geometry(&self) -> Geometry {
        self.0.geometry()
    }

    fn read(&self, offset_bytes: usize, destination: &mut [u8]) -> Result<(), flash::Error> {
        self.0.read(offset_bytes, destination)
    }

    fn erase(&mut self, offset_bytes: usize) -> Result<(), flash::Error> {
        self.0.erase(offset_bytes)
    }

    fn program(&mut self, offset_bytes: usize, data: &[u8]) -> Result<(), flash::Error> {
        self.0.program(offset_bytes, data)
    }
}

impl Mapped for Board {
    fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

impl Board {
    /// The flash as the boot ROM takes it, a copy.
    pub fn chip(&self) -> Chip<RamFlash> {
        Chip::new(self.0.clone())
    }

    /// Whether the image that runs is on trial.
    pub fn is_on_trial(&self) -> bool {
        let trailer = &self.area(LAYOUT.primary)[SLOT_BYTES - SECTOR_BYTES..];
        boot::swap::is_on_trial(trailer, SLOT_BYTES, self.geometry())
    }

    /// What stands in an area.
    pub fn area(&self, area: Area) -> &[u8] {
        &self.0.bytes()[area.offset_bytes..][..area.size_bytes]
    }

    /// A device from the factory that runs this image.
    pub fn new(image: &[u8], security_counter: u32) -> Self {
        Self::of(&super::key(), image, security_counter)
    }

    /// The same that trusts this key.
    pub fn of(key: &SigningKey, image: &[u8], security_counter: u32) -> Self {
        Self::with_keys(key, None, image, security_counter)
    }

    /// The same that also trusts a second key.
    pub fn with_keys(
        key: &SigningKey,
        second: Option<&SigningKey>,
        image: &[u8],
        security_counter: u32,
    ) -> Self {
        let geometry = Geometry {
            sector_count: (OTP_BYTES + 2 * SLOT_BYTES) / SECTOR_BYTES,
            sector_bytes: SECTOR_BYTES,
            program_unit_bytes: UNIT_BYTES,
        };
        let mut board = Self(RamFlash::new(geometry));
        let parameters = Parameters {
            second_public_key_hash: second.map(|key| key.public_key_hash().unwrap()),
            has_development_signing_key: true,
            has_development_secrets: true,
            ..otp::parameters(key.public_key_hash().unwrap(), security_counter)
        };
        let otp = otp::area(&parameters);
        board.write(LAYOUT.otp, &otp);
        board.write(LAYOUT.primary, image);
        board
    }

    /// Programs what is not erased of `content`, as a programmer in the factory does.
    pub fn write(&mut self, area: Area, content: &[u8]) {
        let mut padded = content.to_vec();
        padded.resize(content.len().next_multiple_of(UNIT_BYTES), 0xFF);
        for (index, unit) in padded.chunks(UNIT_BYTES).enumerate() {
            if unit.iter().any(|byte| *byte != 0xFF) {
                let offset = area.offset_bytes + index * UNIT_BYTES;
                self.program(offset, unit).unwrap();
            }
        }
    }

    /// The application puts an image into the secondary slot and asks for it.
    pub fn request(&mut self, image: &[u8]) {
        self.stage(image);
        let magic = Area {
            offset_bytes: LAYOUT.secondary.offset_bytes + SLOT_BYTES - trailer::MAGIC.len(),
            size_bytes: trailer::MAGIC.len(),
        };
        self.write(magic, &trailer::MAGIC);
    }

    /// The application puts an image into the secondary slot.
    pub fn stage(&mut self, image: &[u8]) {
        for offset in (0..SLOT_BYTES).step_by(SECTOR_BYTES) {
            self.erase(LAYOUT.secondary.offset_bytes + offset).unwrap();
        }
        self.write(LAYOUT.secondary, image);
    }

    /// Starts once: the minor version of the image and what became of the request.
    pub fn start(&mut self) -> Result<(u8, Upgrade), Refusal> {
        self.start_by::<Portable<Rsa3072>>()
    }

    /// The same by a boot ROM of these settings.
    pub fn start_by<S: Settings>(&mut self) -> Result<(u8, Upgrade), Refusal> {
        let mut chip = Chip::new(&mut self.0);
        let started = boot::start::<S>(&mut chip, &LAYOUT)?;
        Ok((started.image.header().version.minor, started.upgrade))
    }

    /// Starts until the power lasts.
    pub fn start_at_last(&mut self) -> Result<(u8, Upgrade), Refusal> {
        self.0.power_on();
        self.start()
    }

    pub fn has_request(&self) -> bool {
        trailer::requested(self.area(LAYOUT.secondary)).is_some()
    }

    pub fn security_counter(&self) -> u32 {
        Device::read(self.area(LAYOUT.otp))
            .unwrap()
            .security_counter
    }
}

/// A signed image with its minor version and its security counter.
pub fn image(minor: u8, security_counter: u32, payload_bytes: usize) -> Vec<u8> {
    image_by(&super::key(), minor, security_counter, payload_bytes)
}

/// The same signed by this key.
pub fn image_by(
    key: &SigningKey,
    minor: u8,
    security_counter: u32,
    payload_bytes: usize,
) -> Vec<u8> {
    let payload: Vec<u8> = (0..payload_bytes)
        .map(|place| (place as u8).wrapping_mul(minor | 1))
        .collect();
    signer::sign(&payload, key, &options(minor, security_counter)).unwrap()
}

pub fn options(minor: u8, security_counter: u32) -> Options {
    let version = boot::Version {
        minor,
        ..boot::Version::default()
    };
    Options {
        header_bytes: 0x40,
        version,
        security_counter: SecurityCounter::Value(security_counter),
        software_type: Some("SPE".into()),
        ..Options::default()
    }
}
