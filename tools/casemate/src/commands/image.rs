// SPDX-License-Identifier: Apache-2.0
//! `cargo casemate image`: writes images to the slots of a flash file, and erases slots.

use anyhow::{Context as _, Result, anyhow, ensure};
use builder::device::expected;
use builder::firmware::{self, Which};
use builder::flash_file::FlashFile;
use builder::options::Selection;
use builder::program;
use builder::report::{self, Step};
use builder::slots::{self, Slot};
use builder::workspace::{Workspace, read};
use clap::{Args, Subcommand};
use provisioning::Device;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Put an image into a slot of a flash file, or erase a slot
///
/// The flash file belongs to a device (`provision` makes one); only the slot is changed. The image
/// is verified first, with the code of the boot ROM and the keys of the device.
#[derive(Args)]
pub struct Image {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Write an image to the primary slot, from which it is started
    Install(Write),
    /// Write an image to the secondary slot with a request: the next start installs it
    Upgrade(Upgrade),
    /// Erase a slot
    Erase(Erase),
}

#[derive(Args)]
struct Write {
    /// Flash file of the device
    flash: PathBuf,
    /// Signed image; for an upgrade, one of `imgtool sign --pad` too
    image: PathBuf,
    /// Write it although the device will refuse it
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct Upgrade {
    #[command(flatten)]
    write: Write,
    /// Where images are exchanged: it stays without being confirmed
    #[arg(long)]
    permanent: bool,
}

#[derive(Args)]
struct Erase {
    /// Flash file of the device
    flash: PathBuf,
    /// Slot to erase
    slot: Slot,
    #[command(flatten)]
    common: Common,
}

#[derive(Args)]
struct Common {
    /// Which of two images (`boot.image_number`)
    #[arg(
        long = "image",
        value_name = "IMAGE",
        default_value = "secure",
        id = "which"
    )]
    which: Which,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

impl Common {
    fn effective(&self, workspace: &Workspace) -> Result<configure::Effective> {
        self.selection.or_last_build(workspace).load(workspace)
    }
}

impl Image {
    /// Does it, and says what was done.
    pub fn execute(&self, workspace: &Workspace) -> Result<()> {
        match &self.action {
            Action::Install(write) => write.execute(workspace, Slot::Primary, false),
            Action::Upgrade(upgrade) => {
                let is_permanent = upgrade.permanent;
                upgrade
                    .write
                    .execute(workspace, Slot::Secondary, is_permanent)
            }
            Action::Erase(erase) => erase.execute(workspace),
        }
    }
}

impl Write {
    fn execute(&self, workspace: &Workspace, slot: Slot, is_permanent: bool) -> Result<()> {
        let effective = self.common.effective(workspace)?;
        firmware::require_boot_rom(&effective)?;
        let flash = open(&self.flash, &effective)?;
        let image = if self.force {
            read(&self.image)?
        } else {
            firmware::read_image(&self.image)?
        };
        if !self.force {
            signer::check_trailer(&image).with_context(|| self.image.display().to_string())?;
        }
        let step = Step::start("Verifying the image as the device does");
        let otp = flash.read("otp")?;
        Device::read(&otp).map_err(|error| anyhow!("its OTP area: {error}"))?;
        let which = self.common.which;
        let expected = expected(&effective, Some(&otp), which)?;
        let signature_type = firmware::signature_type(&effective)?;
        let refusal = signer::verify_expected(&image, &expected, signature_type).err();
        step.done();
        ensure!(
            refusal.is_none() || self.force,
            "the device would refuse {}: {} (--force writes it all the same)",
            self.image.display(),
            refusal.map_or("", boot::Error::as_str)
        );
        let step = Step::start(format!("Writing the {} slot", slot.area()));
        match slot {
            Slot::Primary => slots::put(&flash, &effective, (which, slot), &image)?,
            Slot::Secondary => {
                let slot_bytes = which.slot(&effective, slot.area()).1.try_into()?;
                let content = slots::requested(&image, slot_bytes, is_permanent)?;
                slots::put(&flash, &effective, (which, slot), &content)?;
            }
        }
        step.done();
        let parsed = boot::ParsedImage::read_any(&image).ok();
        let version = parsed.map(|(_, parsed)| parsed.header.version.to_string());
        let counter = parsed.map(|(_, parsed)| parsed.security_counter);
        if self.common.json {
            let object = json!({
                "flash": self.flash.display().to_string(),
                "slot": slot.area(),
                "bytes": image.len(),
                "version": version,
                "security_counter": counter,
                "device_security_counter": expected.security_counter,
                "refusal": refusal.map(boot::Error::as_str),
            });
            report::say_json(&object)?;
            return Ok(());
        }
        report::say(format_args!(
            "{} slot of {}: {} bytes, version {}, security counter {} on a device with {}{}",
            slot.area(),
            self.flash.display(),
            image.len(),
            version.unwrap_or_else(|| "unknown".into()),
            counter.map_or_else(|| "unknown".into(), |counter| counter.to_string()),
            expected.security_counter,
            refusal.map_or_else(String::new, |error| format!("; it will refuse it: {error}")),
        ));
        Ok(())
    }
}

impl Erase {
    fn execute(&self, workspace: &Workspace) -> Result<()> {
        let effective = self.common.effective(workspace)?;
        firmware::require_boot_rom(&effective)?;
        let flash = open(&self.flash, &effective)?;
        let step = Step::start(format!("Erasing the {} slot", self.slot.area()));
        let which = self.common.which;
        which.require(&effective)?;
        slots::put(&flash, &effective, (which, self.slot), &[])?;
        step.done();
        if self.common.json {
            let object = json!({
                "flash": self.flash.display().to_string(),
                "slot": self.slot.area(),
                "bytes": 0,
            });
            report::say_json(&object)?;
        } else {
            let (slot, file) = (self.slot.area(), self.flash.display());
            report::say(format_args!("{slot} slot of {file}: erased"));
        }
        Ok(())
    }
}

fn open<'a>(path: &Path, effective: &'a configure::Effective) -> Result<FlashFile<'a>> {
    FlashFile::existing(path, effective)
        .map_err(|error| anyhow!("{error:#}; `{} provision FILE` makes one", program::name()))
}
