// SPDX-License-Identifier: Apache-2.0
//! A device with two images: each is upgraded alone and both together, their dependencies are kept,
//! and a broken one of either is refused by its name.

use super::Tally;
use super::imgtool::{Imgtool, Signing};
use super::test_bed::{DEMO_STARTS, TestBed};
use anyhow::{Context as _, Result, bail, ensure};
use builder::firmware::{self, DEMO, Image, Which};
use builder::flash_file::FlashFile;
use builder::qemu::{Event, Machine, Settings};
use builder::slots::{self, Slot};
use builder::workspace::{Workspace, read, write_if_changed};
use signer::{Dependency, Options, SecurityCounter};
use std::time::Duration;

/// The variant with two images.
pub const VARIANT: &str = "two-images";
/// What its tests are called.
pub const NAME: &str = "pairs";

const TIME: Duration = Duration::from_secs(60);
const BOTH: [Which; 2] = Which::BOTH;

/// The payloads, and what signs them.
struct Pair<'a> {
    bed: &'a TestBed<'a>,
    payloads: [Vec<u8>; 2],
}

/// Runs all of them.
pub fn run(
    workspace: &Workspace,
    bed: &TestBed<'_>,
    image: &Image,
    prefix: &str,
    tally: &mut Tally,
) {
    let pair = match Pair::new(bed, image) {
        Ok(pair) => pair,
        Err(error) => return tally.check(&format!("{prefix}{NAME}"), Err(error)),
    };
    let tests: [(&str, &dyn Fn() -> Result<()>); 5] = [
        ("upgraded alone, then together", &|| pair.upgrades()),
        ("an upgrade waits for its counterpart", &|| pair.waits()),
        ("a damaged image of either", &|| pair.damaged()),
        ("a lower counter of either", &|| pair.rollback()),
        ("imgtool both ways", &|| pair.imgtool(workspace)),
    ];
    for (name, test) in tests {
        tally.check(&format!("{prefix}{NAME}: {name}"), test());
    }
}

impl<'a> Pair<'a> {
    fn new(bed: &'a TestBed<'a>, image: &Image) -> Result<Self> {
        let slot = read(&image.signed)?;
        let effective = &bed.configured.effective;
        let (start, _) = Which::Secure.slot(effective, "primary");
        let payload = |which: Which| {
            let (offset, _) = which.slot(effective, "primary");
            let image = slot.get(usize::try_from(offset - start)?..);
            let parsed = boot::ParsedImage::read_any(image.unwrap_or_default());
            let (_, parsed) = parsed.ok().context("no image in its slot")?;
            anyhow::Ok(parsed.payload.to_vec())
        };
        Ok(Self {
            bed,
            payloads: [payload(Which::Secure)?, payload(Which::Nonsecure)?],
        })
    }

    fn options(&self, which: Which, minor: u8, counter: u32, needs: Option<u8>) -> Result<Options> {
        let mut options = firmware::options_of(&self.bed.configured.effective, which)?;
        options.version.minor = minor;
        options.security_counter = SecurityCounter::Value(counter);
        options.dependencies = needs
            .map(|minor| Dependency {
                image: (which == Which::Secure).into(),
                version: boot::Version {
                    minor,
                    ..boot::Version::default()
                },
            })
            .into_iter()
            .collect();
        Ok(options)
    }

    /// An image of this minor version that needs one of the other.
    fn image(&self, which: Which, minor: u8, counter: u32, needs: Option<u8>) -> Result<Vec<u8>> {
        let [secure, nonsecure] = &self.payloads;
        let payload = if which == Which::Secure {
            secure
        } else {
            nonsecure
        };
        let key = firmware::key(&self.bed.configured.effective)?;
        signer::sign(payload, &key, &self.options(which, minor, counter, needs)?)
    }

    fn device(&self, secure: &[u8], nonsecure: &[u8]) -> Result<FlashFile<'_>> {
        let file = self.bed.configured.folder.join("pairs.bin");
        let flash = FlashFile::create(&file, &self.bed.configured.effective, self.bed.otp)?;
        self.put(&flash, Which::Secure, Slot::Primary, secure)?;
        self.put(&flash, Which::Nonsecure, Slot::Primary, nonsecure)?;
        Ok(flash)
    }

    fn put(&self, flash: &FlashFile<'_>, which: Which, slot: Slot, content: &[u8]) -> Result<()> {
        slots::put(
            flash,
            &self.bed.configured.effective,
            (which, slot),
            content,
        )
    }

    fn request(&self, flash: &FlashFile<'_>, which: Which, image: &[u8]) -> Result<()> {
        let slot_bytes = which.slot(&self.bed.configured.effective, "secondary").1;
        let content = slots::requested(image, slot_bytes.try_into()?, false)?;
        self.put(flash, which, Slot::Secondary, &content)
    }

    /// Starts the device; it has to print these lines of the boot ROM, in this order, and then start
    /// the demonstration, or not.
    fn start(&self, flash: &FlashFile<'_>, lines: &[&str], starts: bool) -> Result<()> {
        let settings = Settings {
            effective: &self.bed.configured.effective,
            boot_elf: self.bed.world.boot_elf()?,
            flash: flash.path(),
            arguments: &[DEMO.binary],
            options: &[],
        };
        let mut machine = Machine::start(&settings, TIME)?;
        let is_last = |line: &str| line.contains(DEMO_STARTS) || line.contains("boot: refused ");
        match machine.wait_for(is_last, |_| ())? {
            Event::Line(line) => ensure!(line.contains(DEMO_STARTS) == starts, "`{line}`"),
            _ => bail!(
                "neither started nor refused:\n{}",
                machine.seen().join("\n")
            ),
        }
        let seen = machine.cut_power()?;
        let said: Vec<_> = seen
            .iter()
            .filter(|line| line.starts_with("boot: "))
            .collect();
        ensure!(said == lines, "it said {said:?}, not {lines:?}");
        Ok(())
    }

    fn versions(&self, flash: &FlashFile<'_>) -> Result<[u8; 2]> {
        let version = |which| {
            let slot = slots::get(
                flash,
                &self.bed.configured.effective,
                (which, Slot::Primary),
            )?;
            let header = boot::Header::read(&slot).ok().context("no header")?;
            anyhow::Ok(header.version.minor)
        };
        Ok([version(Which::Secure)?, version(Which::Nonsecure)?])
    }

    fn upgrades(&self) -> Result<()> {
        let [secure, nonsecure] = BOTH;
        let flash = self.device(
            &self.image(secure, 1, 1, None)?,
            &self.image(nonsecure, 1, 1, None)?,
        )?;
        self.start(&flash, &[], true)?;
        self.request(&flash, nonsecure, &self.image(nonsecure, 2, 2, Some(1))?)?;
        self.start(&flash, &["boot: nonsecure upgrade installed"], true)?;
        ensure!(self.versions(&flash)? == [1, 2]);
        self.request(&flash, secure, &self.image(secure, 3, 2, Some(3))?)?;
        self.request(&flash, nonsecure, &self.image(nonsecure, 3, 3, Some(3))?)?;
        let both = [
            "boot: secure upgrade installed",
            "boot: nonsecure upgrade installed",
        ];
        self.start(&flash, &both, true)?;
        ensure!(self.versions(&flash)? == [3, 3]);
        self.start(&flash, &[], true)
    }

    fn waits(&self) -> Result<()> {
        let [secure, nonsecure] = BOTH;
        let flash = self.device(
            &self.image(secure, 1, 1, None)?,
            &self.image(nonsecure, 1, 1, None)?,
        )?;
        self.request(&flash, secure, &self.image(secure, 2, 2, Some(2))?)?;
        let waits = ["boot: secure upgrade refused: dependency not met"];
        self.start(&flash, &waits, true)?;
        self.start(&flash, &waits, true)?;
        ensure!(self.versions(&flash)? == [1, 1]);
        self.request(&flash, nonsecure, &self.image(nonsecure, 2, 2, None)?)?;
        let both = [
            "boot: secure upgrade installed",
            "boot: nonsecure upgrade installed",
        ];
        self.start(&flash, &both, true)?;
        drop(flash);
        let alone = self.device(
            &self.image(secure, 1, 1, Some(2))?,
            &self.image(nonsecure, 1, 1, None)?,
        )?;
        self.start(&alone, &["boot: refused images: dependency not met"], false)
    }

    fn damaged(&self) -> Result<()> {
        for (which, name) in [(Which::Secure, "secure"), (Which::Nonsecure, "nonsecure")] {
            let mut images = [
                self.image(Which::Secure, 1, 1, None)?,
                self.image(Which::Nonsecure, 1, 1, None)?,
            ];
            let [secure, nonsecure] = &mut images;
            let image = if which == Which::Secure {
                secure
            } else {
                nonsecure
            };
            let middle = image.len() / 2;
            image[middle] ^= 1;
            let [secure, nonsecure] = &images;
            let flash = self.device(secure, nonsecure)?;
            let line = format!("boot: refused {name} image: wrong hash");
            self.start(&flash, &[&line], false)?;
        }
        // Each is refused in the place of the other.
        let secure = self.image(Which::Secure, 1, 1, None)?;
        let flash = self.device(&secure, &secure)?;
        let line = "boot: refused nonsecure image: linked for another place";
        self.start(&flash, &[line], false)
    }

    fn rollback(&self) -> Result<()> {
        let flash = self.device(
            &self.image(Which::Secure, 1, 5, None)?,
            &self.image(Which::Nonsecure, 1, 7, None)?,
        )?;
        self.start(&flash, &[], true)?;
        for (which, counter, name) in [
            (Which::Secure, 4, "secure"),
            (Which::Nonsecure, 6, "nonsecure"),
        ] {
            self.request(&flash, which, &self.image(which, 2, counter, None)?)?;
            let line = format!("boot: {name} upgrade refused: security counter too low");
            self.start(&flash, &[&line], true)?;
            self.start(&flash, &[], true)?;
        }
        self.put(
            &flash,
            Which::Nonsecure,
            Slot::Primary,
            &self.image(Which::Nonsecure, 1, 6, None)?,
        )?;
        let line = "boot: refused nonsecure image: security counter too low";
        self.start(&flash, &[line], false)
    }

    /// `imgtool` verifies our images, shows their dependency, and signs ones that start.
    fn imgtool(&self, workspace: &Workspace) -> Result<()> {
        let effective = &self.bed.configured.effective;
        let folder = &self.bed.configured.folder;
        let imgtool = Imgtool::new(workspace, effective, folder)?;
        let mut signed = Vec::new();
        for (which, name) in [(Which::Secure, "secure"), (Which::Nonsecure, "nonsecure")] {
            let ours = folder.join(format!("test-{name}.bin"));
            write_if_changed(&ours, &self.image(which, 1, 1, Some(1))?)?;
            imgtool.verify(&ours)?;
            let dump = imgtool.dump(&ours)?;
            ensure!(dump.contains("DEPENDENCY"), "no dependency in\n{dump}");
            let (payload, theirs) = (
                folder.join(format!("test-{name}.payload")),
                folder.join(format!("test-{name}.imgtool.bin")),
            );
            let [secure, nonsecure] = &self.payloads;
            let bytes = if which == Which::Secure {
                secure
            } else {
                nonsecure
            };
            write_if_changed(&payload, bytes)?;
            let other = u8::from(which == Which::Secure);
            let dependencies = format!("({other}, 0.2.0+0)");
            let record = if other == 1 { "SPE" } else { "NSPE" };
            let signing = Signing {
                slot_bytes: which.slot(effective, "primary").1,
                security_counter: 2,
                version: "0.2.0",
                further: &["--dependencies", &dependencies, "--boot-record", record],
            };
            imgtool.sign(&signing, &payload, &theirs)?;
            signed.push(read(&theirs)?);
        }
        let [secure, nonsecure] = &signed[..] else {
            bail!("two were signed")
        };
        self.start(&self.device(secure, nonsecure)?, &[], true)?;
        let flash = self.device(
            &self.image(Which::Secure, 1, 1, None)?,
            &self.image(Which::Nonsecure, 1, 1, None)?,
        )?;
        self.request(&flash, Which::Nonsecure, nonsecure)?;
        let waits = ["boot: nonsecure upgrade refused: dependency not met"];
        self.start(&flash, &waits, true)?;
        self.request(&flash, Which::Secure, secure)?;
        let both = [
            "boot: secure upgrade installed",
            "boot: nonsecure upgrade installed",
        ];
        self.start(&flash, &both, true)
    }
}
