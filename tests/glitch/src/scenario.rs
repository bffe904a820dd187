// SPDX-License-Identifier: Apache-2.0
//! The scenarios: each has an image in a slot that the device must refuse.

use anyhow::{Result, anyhow, ensure};
use boot::ParsedImage;
use builder::device::{DeviceFile, Published, encode, parameters};
use builder::firmware;
use builder::workspace::Workspace;
use configure::Effective;
use provisioning::Lifecycle;
use signer::{Options, SecurityCounter};

/// Where the program begins in the payload of each image: behind its vector table.
pub const HANDLER_OFFSET_BYTES: u64 = 16 * 4;
/// `b .`, of which the programs consist: whoever gets into one stays there.
const STAY: [u8; 2] = 0xE7FE_u16.to_le_bytes();
const PAYLOAD_BYTES: usize = 1024;
/// The security counter of the device.
const COUNTER: u32 = 7;
/// Of how many signatures two have the same length.
const SIGNATURES: usize = 20;

/// A device and what is in its slots.
pub struct Scenario {
    /// What it is called.
    pub name: &'static str,
    /// The one-time programmable area.
    pub otp: Vec<u8>,
    /// What the primary slot begins with.
    pub primary: Vec<u8>,
    /// What the secondary slot begins with, and is asked to be installed.
    pub secondary: Option<Vec<u8>>,
    /// The image that the device may start; it is in the primary slot.
    pub allowed: Option<Vec<u8>>,
}

/// The one with a device whose debug port is closed.
pub const SECURED: &str = "development keys, secured";

/// The names of all of them.
pub const NAMES: [&str; 8] = [
    "bad signature",
    "bad hash",
    "lower counter",
    "wrong key",
    SECURED,
    "upgrade: bad signature",
    "upgrade: bad hash",
    "upgrade: lower counter",
];

/// A boot that ends in an image, to see that the trials would notice.
pub const CONTROL: &str = "good image";

/// All of them, and the good image behind the others.
pub fn all(workspace: &Workspace, effective: &Effective) -> Result<Vec<Scenario>> {
    let images = Images::new(effective)?;
    let published = Published::read(workspace)?;
    let otp = |change: &dyn Fn(&mut DeviceFile)| {
        let mut device = DeviceFile {
            security_counter: Some(COUNTER),
            ..published.device.clone()
        };
        change(&mut device);
        encode(&parameters(&device, &published, effective)?, effective)
    };
    let plain = otp(&|_| ())?;
    let trusts_another = otp(&|device| device.public_key_hash = Some([0xA5; 32]))?;
    let secured = otp(&|device| device.lifecycle = Some(Lifecycle::Secured))?;
    let [
        signature,
        hash,
        counter,
        key,
        published_keys,
        by_signature,
        by_hash,
        by_counter,
    ] = NAMES;
    let good = &images.good;
    let refused = |name, otp: &[u8], primary: &[u8]| Scenario {
        name,
        otp: otp.to_vec(),
        primary: primary.to_vec(),
        secondary: None,
        allowed: None,
    };
    let upgrade = |name, image: &[u8]| Scenario {
        secondary: Some(image.to_vec()),
        allowed: Some(good.clone()),
        ..refused(name, &plain, good)
    };
    Ok(vec![
        refused(signature, &plain, &images.bad_signature),
        refused(hash, &plain, &images.bad_hash),
        refused(counter, &plain, &images.lower_counter),
        refused(key, &trusts_another, good),
        refused(published_keys, &secured, good),
        upgrade(by_signature, &images.bad_signature),
        upgrade(by_hash, &images.bad_hash),
        upgrade(by_counter, &images.lower_counter),
        Scenario {
            allowed: Some(good.clone()),
            ..refused(CONTROL, &plain, good)
        },
    ])
}

/// Images of a thousand bytes, so that hashing takes little of a boot.
struct Images {
    good: Vec<u8>,
    /// With the signature of another image: of the right key, and over a well-formed hash.
    bad_signature: Vec<u8>,
    /// A byte of the program is another than that which was hashed and signed.
    bad_hash: Vec<u8>,
    /// All is well, but it is too old.
    lower_counter: Vec<u8>,
}

impl Images {
    fn new(effective: &Effective) -> Result<Self> {
        let key = firmware::key(effective)?;
        let options = firmware::options(effective)?;
        let sign = |payload: &[u8], counter| {
            let options = Options {
                security_counter: SecurityCounter::Value(counter),
                ..options.clone()
            };
            signer::sign(payload, &key, &options)
        };
        let payload = payload(effective);
        let good = sign(&payload, COUNTER)?;
        let mut bad_hash = good.clone();
        bad_hash[usize::from(options.header_bytes) + PAYLOAD_BYTES / 2] ^= 1;

        let mut other_payload = payload.clone();
        other_payload.extend(STAY);
        let signatures = (0..SIGNATURES).map(|_| sign(&other_payload, COUNTER));
        let mut bad_signature = good.clone();
        let place = signature(&good)?;
        let mut fits = false;
        for other in signatures {
            let other = other?;
            let from = signature(&other)?;
            fits = from.len() == place.len();
            if fits {
                bad_signature[place.clone()].copy_from_slice(&other[from]);
                break;
            }
        }
        ensure!(fits, "no two signatures have the same length");
        Ok(Self {
            lower_counter: sign(&payload, COUNTER - 1)?,
            good,
            bad_signature,
            bad_hash,
        })
    }
}

/// The vector table of an image, and its program.
fn payload(effective: &Effective) -> Vec<u8> {
    let handler = (effective.image_address() + HANDLER_OFFSET_BYTES) as u32 | 1;
    let ram = |part: &str| effective.number(&format!("memory.secure_ram.{part}"));
    let stack = (ram("origin") + ram("size_bytes")) as u32;
    let mut payload = stack.to_le_bytes().to_vec();
    while (payload.len() as u64) < HANDLER_OFFSET_BYTES {
        payload.extend(handler.to_le_bytes());
    }
    while payload.len() < PAYLOAD_BYTES {
        payload.extend(STAY);
    }
    payload
}

/// Where the signature stands in an image.
fn signature(image: &[u8]) -> Result<std::ops::Range<usize>> {
    let read = ParsedImage::read_any(image);
    let (_, parsed) = read.map_err(|error| anyhow!("a signed image: {}", error.as_str()))?;
    let start = parsed.signature.as_ptr() as usize - image.as_ptr() as usize;
    Ok(start..start + parsed.signature.len())
}
