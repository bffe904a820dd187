// SPDX-License-Identifier: Apache-2.0
//! A non-secure application behind the secure image, both signed as one.

use super::compile::Types;
use super::signing;
use super::{Builder, SecureWorld, Which};
use crate::workspace::{package_name, read, write_if_changed};
use anyhow::{Context as _, Result, bail, ensure};
use configure::areas;
use sha2::{Digest as _, Sha256};
use signer::Payload;
use std::fs;
use std::path::{Path, PathBuf};

const ERASED: u8 = 0xFF;
/// The whole content of the primary slot.
const SLOT_FILE: &str = "image.slot.bin";

/// A binary of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Application {
    /// The package.
    pub package: &'static str,
    /// Its binary.
    pub binary: &'static str,
}

/// The application that `run` starts.
pub const DEMO: Application = Application {
    package: "demo",
    binary: "demo",
};

/// An image that the device can start.
pub struct Image {
    /// The linked application.
    pub nonsecure_elf: PathBuf,
    /// Both worlds, to be signed: what stands behind the header.
    pub payload: PathBuf,
    /// What is written to the primary slot: the signed image; two of them, each at its place; or for
    /// a boot loader that is the device's own the payload at its place.
    pub signed: PathBuf,
}

impl Builder<'_> {
    /// Links an application to the secure world and signs both.
    ///
    /// The products of the demonstration are in the folder of the build, those of another
    /// application in a folder below with its name.
    pub fn application(&self, world: &SecureWorld, application: Application) -> Result<Image> {
        let mut folder = self.configured.folder.clone();
        if application != DEMO {
            folder.push(application.binary);
        }
        self.package(world, application.package, application.binary, &folder)
    }

    /// Links the binary of a package to the secure world and signs both, into `folder`.
    pub fn package(
        &self,
        world: &SecureWorld,
        package: &str,
        binary: &str,
        folder: &Path,
    ) -> Result<Image> {
        let variables = [
            (
                "CASEMATE_NONSECURE_ORIGIN",
                format!("{:#x}", world.nonsecure_start),
            ),
            ("CASEMATE_VENEERS", world.veneers.display().to_string()),
            (
                "CASEMATE_BOARD",
                self.configured.effective.text("board.name").to_string(),
            ),
        ];
        let built = self.compile(package, &[binary], &variables, Types::Without)?;
        let [linked] = &built[..] else {
            bail!("one binary was asked for")
        };
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let nonsecure_elf = self.keep(linked, folder.join("nonsecure.elf"))?;
        self.image(world, folder, nonsecure_elf)
    }

    /// Builds a boot loader that is the device's own, which has one binary of the name of its package:
    /// `path` is the folder of the package, or the linked loader itself.
    pub fn boot_loader(&self, path: &Path) -> Result<PathBuf> {
        ensure!(
            !self.configured.effective.has_boot_rom(),
            "this configuration has a boot ROM: `--set boot.loader=none` is for a device with a \
             boot loader of its own"
        );
        if !path.is_dir() {
            read(path)?; // before anything is started
            return Ok(path.to_path_buf());
        }
        let package = package_name(path)?;
        let [loader] = &self.boot_loaders(&package, &[&package])?[..] else {
            bail!("one binary was asked for")
        };
        self.keep(loader, self.configured.folder.join("loader.elf"))
    }

    /// Builds binaries of a package with boot loaders.
    pub fn boot_loaders(&self, package: &str, binaries: &[&str]) -> Result<Vec<PathBuf>> {
        let board = self.configured.effective.text("board.name").to_string();
        self.compile(
            package,
            binaries,
            &[("CASEMATE_BOARD", board)],
            Types::Without,
        )
    }

    /// Signs a user's application, an ELF file or a binary, with the secure world. The products
    /// are in the folder `nonsecure` of the build.
    pub fn foreign_application(&self, world: &SecureWorld, file: &Path) -> Result<Image> {
        let folder = self.configured.folder.join("nonsecure");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        self.image(world, &folder, file.to_path_buf())
            .with_context(|| file.display().to_string())
    }

    /// Signs the application of a product in C, which has been built to `elf`.
    pub fn linked_application(&self, world: &SecureWorld, elf: &Path) -> Result<Image> {
        let nonsecure_elf = self.keep(elf, self.configured.folder.join("nonsecure.elf"))?;
        self.image(world, &self.configured.folder, nonsecure_elf)
    }

    /// Puts an application behind the secure image and signs both, into `folder`.
    fn image(&self, world: &SecureWorld, folder: &Path, nonsecure_elf: PathBuf) -> Result<Image> {
        let start = world.nonsecure_start;
        let nonsecure = Payload::from_file(&read(&nonsecure_elf)?, start)?;
        let effective = &self.configured.effective;
        if effective.has_two_images() {
            return self.two_images(world, folder, nonsecure_elf, &nonsecure);
        }
        let bytes = world.payload.clone().join(start, &nonsecure)?.bytes;
        let payload = folder.join("image.bin");
        write_if_changed(&payload, &bytes)?;
        let signed = if effective.has_boot_rom() {
            let signed = folder.join("image.signed.bin");
            self.sign_if_changed(&bytes, &signed, Which::Secure)?;
            signed
        } else {
            let slot = folder.join(SLOT_FILE);
            write_if_changed(&slot, &self.unsigned(&bytes)?)?;
            slot
        };
        Ok(Image {
            nonsecure_elf,
            payload,
            signed,
        })
    }

    /// Signs both worlds apart, and puts them into one slot file, each at its place.
    fn two_images(
        &self,
        world: &SecureWorld,
        folder: &Path,
        nonsecure_elf: PathBuf,
        nonsecure: &Payload,
    ) -> Result<Image> {
        // Nothing is kept of it: it checks that the application is linked to its place.
        world
            .payload
            .clone()
            .join(world.nonsecure_start, nonsecure)?;
        let effective = &self.configured.effective;
        let (payload, slot) = (folder.join("image.bin"), folder.join(SLOT_FILE));
        write_if_changed(&payload, &world.payload.bytes)?;
        let (start, _) = areas::named(effective, "primary");
        let mut content = Vec::new();
        for (image, name, bytes) in [
            (Which::Secure, "secure.signed.bin", &world.payload.bytes),
            (Which::Nonsecure, "nonsecure.signed.bin", &nonsecure.bytes),
        ] {
            let signed = folder.join(name);
            self.sign_if_changed(bytes, &signed, image)?;
            let (offset, _) = image.slot(effective, "primary");
            content.resize(usize::try_from(offset - start)?, ERASED);
            content.extend(read(&signed)?);
        }
        write_if_changed(&slot, &content)?;
        Ok(Image {
            nonsecure_elf,
            payload,
            signed: slot,
        })
    }

    /// A slot whose image is signed by nobody: what stands before the payload is the loader's.
    fn unsigned(&self, payload: &[u8]) -> Result<Vec<u8>> {
        let effective = &self.configured.effective;
        let mut slot = vec![ERASED; effective.number("boot.header_bytes").try_into()?];
        slot.extend(payload);
        let room_bytes = areas::running_image(effective).1;
        ensure!(
            slot.len() as u64 <= room_bytes,
            "the image has {} bytes with the room before it, and `flash.areas.primary` has \
             {room_bytes} without its last sector",
            slot.len()
        );
        Ok(slot)
    }

    /// A signature takes a moment and differs each time, so it is made for new content only.
    fn sign_if_changed(&self, payload: &[u8], signed: &Path, image: Which) -> Result<()> {
        let effective = &self.configured.effective;
        let content = Sha256::new()
            .chain_update(effective.to_toml())
            .chain_update(payload);
        let digest = hex::encode(content.finalize());
        let signed_content = signed.with_extension("sha256");
        if signed.exists() && fs::read(&signed_content).is_ok_and(|old| old == digest.as_bytes()) {
            return Ok(());
        }
        let image = signer::sign(
            payload,
            &signing::key(effective)?,
            &signing::options_of(effective, image)?,
        )?;
        write_if_changed(signed, &image)?;
        write_if_changed(&signed_content, digest.as_bytes()).map(|_| ())
    }
}
