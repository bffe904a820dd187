// SPDX-License-Identifier: Apache-2.0
//! A non-secure application behind the secure image, both signed as one.

use super::compile::Types;
use super::signing;
use super::{Builder, SecureWorld};
use crate::workspace::{read, write_if_changed};
use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};
use signer::Payload;
use std::fs;
use std::path::{Path, PathBuf};

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
    /// The signed image, to be written to a slot.
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
        let bytes = world.payload.clone().join(start, &nonsecure)?.bytes;
        let (payload, signed) = (folder.join("image.bin"), folder.join("image.signed.bin"));
        write_if_changed(&payload, &bytes)?;
        self.sign_if_changed(&bytes, &signed)?;
        Ok(Image {
            nonsecure_elf,
            payload,
            signed,
        })
    }

    /// A signature takes a moment and differs each time, so it is made for new content only.
    fn sign_if_changed(&self, payload: &[u8], signed: &Path) -> Result<()> {
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
            &signing::options(effective)?,
        )?;
        write_if_changed(signed, &image)?;
        write_if_changed(&signed_content, digest.as_bytes()).map(|_| ())
    }
}
