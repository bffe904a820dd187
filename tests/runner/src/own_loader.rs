// SPDX-License-Identifier: Apache-2.0
//! A device whose boot loader is not ours: the example starts the secure image, and what another
//! loader hands over wrongly is refused with a line that says why.

use super::scenario::{Expects, Scenario};
use super::test_bed::{DEMO_STARTS, TestBed};
use super::{Tally, scenarios};
use anyhow::{Result, anyhow};
use boot::boot_data::{BOOT_SEED, INSTANCE_ID, LIFECYCLE, Module, Reader, Writer};
use builder::firmware::DEMO;
use own_boot_loader::hand_over::{Facts, write};
use provisioning::Device;
use std::path::PathBuf;

/// The variant whose boot loader is not ours.
pub const VARIANT: &str = "own-boot-loader";
/// What the tests of wrong boot data are called.
pub const NAME: &str = "handed over";
/// The package with the loaders, and both of them: the example, and one that hands over what stands
/// before the image in its slot.
pub const PACKAGE: &str = "own_boot_loader";
/// The binaries of the package.
pub const LOADERS: [&str; 2] = [PACKAGE, "given_boot_data"];

/// More than the boot data need.
const AREA_BYTES: usize = 0x200;

/// Boot data, and what has to be said of them; nothing: they are whole.
struct Given {
    name: String,
    boot_data: Vec<u8>,
    refusal: Option<&'static str>,
}

/// Runs all of them with the loader `given`.
pub fn run(bed: &TestBed<'_>, slot: &[u8], given: PathBuf, prefix: &str, tally: &mut Tally) {
    let bed = TestBed {
        configured: bed.configured,
        world: &bed.world.clone().with_loader(given),
        otp: bed.otp,
    };
    match all(bed.otp) {
        Ok(all) => {
            let list = all.iter().map(|given| scenario(given, slot, prefix));
            bed.run_all(&list.collect::<Vec<_>>(), tally);
        }
        Err(error) => tally.check(&format!("{prefix}{NAME}"), Err(error)),
    }
}

fn scenario(given: &Given, slot: &[u8], prefix: &str) -> Scenario {
    let mut image = slot.to_vec();
    let size = (given.boot_data.len() as u16).to_le_bytes();
    let header = size.iter().chain(&given.boot_data);
    image
        .iter_mut()
        .zip(header)
        .for_each(|(to, from)| *to = *from);
    let expects = match given.refusal {
        None => Expects::Line {
            kind: DEMO_STARTS,
            words: &[],
        },
        Some(words) => Expects::Refusal {
            words: vec![format!("secure: refused boot data: {words}")],
            never: DEMO_STARTS,
        },
    };
    let name = format!("{prefix}{NAME}: {}", given.name);
    scenarios::scenario(&name, &image, &[DEMO.binary], expects)
}

fn all(otp: &[u8]) -> Result<Vec<Given>> {
    let device = Device::read(otp).map_err(|error| anyhow!("OTP: {error}"))?;
    let facts = Facts {
        device: &device,
        image: b"an image",
        loader: b"a loader",
        seed: [7; 32],
    };
    let mut whole = vec![0; AREA_BYTES];
    write(&mut whole, &facts).map_err(|error| anyhow!("{}", error.as_str()))?;
    let [_, _, low, high, ..] = whole[..] else {
        unreachable!("longer than a head")
    };
    whole.truncate(u16::from_le_bytes([low, high]).into());
    let given = |name: &str, boot_data: Vec<u8>, refusal| Given {
        name: name.into(),
        boot_data,
        refusal,
    };
    let mut larger = whole.clone();
    larger[3] = 0x40;
    let mut cut = whole.clone();
    cut[2] -= 1;
    let mut all = vec![
        given("all that is needed", whole.clone(), None),
        given("nothing", Vec::new(), Some("absent")),
        given("zeros", vec![0; 64], Some("absent")),
        given("erased flash", vec![0xFF; 64], Some("absent")),
        given("only a magic", whole[..2].to_vec(), Some("malformed")),
        given("more than the area holds", larger, Some("malformed")),
        given("the last entry cut", cut, Some("malformed")),
    ];
    let record = ["boot record missing", "wrong boot record"];
    for (entry, name, [missing, wrong]) in [
        (
            Module::SecureAndNonSecure.boot_record_kind(),
            "boot record",
            record,
        ),
        (
            LIFECYCLE,
            "lifecycle",
            ["lifecycle missing", "wrong lifecycle"],
        ),
        (
            BOOT_SEED,
            "boot seed",
            ["boot seed missing", "wrong boot seed"],
        ),
        (
            INSTANCE_ID,
            "instance id",
            ["instance id missing", "wrong instance id"],
        ),
    ] {
        let mut add = |what: &str, values: &dyn Fn(&[u8]) -> Vec<Vec<u8>>, refusal| {
            let boot_data = with(&whole, entry, values)?;
            all.push(given(&format!("{name} {what}"), boot_data, Some(refusal)));
            anyhow::Ok(())
        };
        add("missing", &|_| Vec::new(), missing)?;
        add("twice", &|value| vec![value.to_vec(); 2], "an entry twice")?;
        add("too long", &|value| vec![[value, &[0]].concat()], wrong)?;
        add("too short", &|value| vec![value[1..].to_vec()], wrong)?;
    }
    Ok(all)
}

/// The boot data with other values of one entry.
fn with(whole: &[u8], entry: u16, values: &dyn Fn(&[u8]) -> Vec<Vec<u8>>) -> Result<Vec<u8>> {
    let error = |error: boot::boot_data::Error| anyhow!("{}", error.as_str());
    let reader = Reader::new(whole).map_err(error)?;
    let mut area = vec![0; AREA_BYTES];
    let mut writer = Writer::new(&mut area).map_err(error)?;
    for kind in [
        Module::SecureAndNonSecure.boot_record_kind(),
        Module::Boot.boot_record_kind(),
        LIFECYCLE,
        BOOT_SEED,
        INSTANCE_ID,
    ] {
        let value = reader.find(kind).unwrap_or_default();
        let values = match kind == entry {
            true => values(value),
            false => vec![value.to_vec()],
        };
        for value in values {
            writer.add(kind, &[&value]).map_err(error)?;
        }
    }
    Ok(area)
}
